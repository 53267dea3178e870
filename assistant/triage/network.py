"""The network that reads a message: MiniLM's layers, trained on to tell danger, and two heads.

It takes the place of the sentence embedding, so triage needs no embedder and asks for no other
forward pass.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.answerability.pieces import load_first_states, load_tokenizer
from assistant.onnx_session import open_session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.triage.records import FloatArray

WEIGHTS = Path(__file__).parent / "weights" / "network.onnx"
"""Six layers and the heads in whole numbers of eight bits; MiniLM's own piece vectors are used."""

MOST_PIECES = 96
"""More of one text is not read; long messages are read in windows, too."""

BEGINS, ENDS = 101, 102
"""MiniLM's special pieces [CLS] and [SEP]."""


class Network:
    """Reads texts; made by `open_network`."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def judge(self, texts: Sequence[str]) -> tuple[FloatArray, FloatArray]:
        """Scores of levels `(n, 4)` and of topics `(n, topics)`: the higher, the likelier.

        Each text is read alone: among others its numbers would be rounded otherwise, and the same
        message could be judged in two ways.
        """
        rows = [self._read(text) for text in texts]
        return np.stack([levels for levels, _ in rows]), np.stack([topics for _, topics in rows])

    def _read(self, text: str) -> tuple[FloatArray, FloatArray]:
        ids, present = lay_out([text])
        states = load_first_states(ids, np.zeros_like(ids))
        levels, topics = self._session.run(
            ["levels", "topics"], {"states": states, "present": present}
        )
        return levels[0], topics[0]


def lay_out(texts: Sequence[str]) -> tuple[NDArray[np.int64], FloatArray]:
    """Texts → pieces `(n, longest)`, filled up with 0, and where they are present."""
    encodings = load_tokenizer().encode_batch(
        [text or "." for text in texts], add_special_tokens=False
    )
    rows = [[BEGINS, *encoding.ids[:MOST_PIECES], ENDS] for encoding in encodings]
    ids = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    present = np.zeros(ids.shape, dtype=np.float32)
    for row, pieces in enumerate(rows):
        ids[row, : len(pieces)] = pieces
        present[row, : len(pieces)] = 1
    return ids, present


@cache
def open_network(weights: Path = WEIGHTS) -> Network:
    """The network with the weights of this package."""
    return Network(open_session(weights))
