"""Reads the networks of `weights/` back into torch, so that they can be trained further."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from assistant.triage.train_heads import MiniLM, TriageNetwork

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def restore(path: Path, frozen: int) -> TriageNetwork:
    """The network of a file, of whose layers the lowest `frozen` stay as they are.

    Its weights are whole numbers of eight bits times their scale: what was lost in rounding stays
    lost, and is less than a hundredth of a weight's range.
    """
    values = _read_values(path)
    network = TriageNetwork(MiniLM(frozen), len(values["label.bias"]))
    wanted = network.state_dict()
    network.load_state_dict(
        {name: torch.from_numpy(values[name.removeprefix("body.")]) for name in wanted}
    )
    return network


def _read_values(path: Path) -> dict[str, NDArray[np.float32]]:
    """Every weight of a file by its name in torch, without `body.` before it."""
    graph = onnx.load(path).graph
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    values = {name.removeprefix("body."): np.array(value) for name, value in held.items()}
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.input[1] in held:
            stem = node.input[1].removesuffix("_quantized")
            whole = held[node.input[1]].astype(np.float32) - held[f"{stem}_zero_point"]
            module = node.name.removeprefix("/body").rpartition("/")[0].strip("/").replace("/", ".")
            values[f"{module}.weight"] = np.ascontiguousarray((whole * held[f"{stem}_scale"]).T)
    return values
