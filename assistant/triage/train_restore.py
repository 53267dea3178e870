"""Reads the networks of `weights/` back into torch, so that they can be trained further."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answerability.layers import read_weights
from assistant.triage.train_heads import MiniLM, TriageNetwork

if TYPE_CHECKING:
    from pathlib import Path


def restore(path: Path, frozen: int) -> TriageNetwork:
    """The network of a file, of whose layers the lowest `frozen` stay as they are."""
    labels = read_weights(path, ["label.bias"])["label.bias"]
    network = TriageNetwork(MiniLM(frozen), len(labels))
    network.load_state_dict(read_weights(path, network.state_dict()))
    return network
