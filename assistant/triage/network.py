"""The networks that read: MiniLM's layers, trained on to tell danger, and two heads.

Two read a message alone. They were trained in different ways, and their opinions are averaged: at
the same false alarms they catch more together than either alone. They take the place of the
sentence embedding, so triage needs no embedder and asks for no other forward pass. A third reads
a message with the turns before it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.answerability.pieces import load_first_states, load_tokenizer
from index.onnx_session import open_session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.triage.records import FloatArray

FOLDER = Path(__file__).parent / "weights"


def name_weights(folder: Path = FOLDER) -> tuple[Path, ...]:
    """The files of both networks for single messages.

    They hold six layers and the heads in whole numbers of eight bits; MiniLM's own piece vectors
    are used.
    """
    return tuple(folder / f"network_{one}.onnx" for one in (1, 2))


MOST_PIECES = 96
"""More of one text is not read; long messages are read in windows, too."""

BEGINS, ENDS = 101, 102
"""MiniLM's special pieces [CLS] and [SEP]."""


class Network:
    """Reads with one or more trained networks whose opinions are averaged."""

    def __init__(self, sessions: Sequence[Any]) -> None:
        self._sessions = sessions

    def judge(self, texts: Sequence[str]) -> tuple[FloatArray, FloatArray]:
        """Mean log probabilities of levels `(n, 4)`, and of topics and kinds `(n, labels)`.

        Each text is read alone: among others its numbers would be rounded otherwise, and the same
        message could be judged in two ways.
        """
        laid_out = [lay_out([text])[0] for text in texts]
        rows = [self.judge_pieces(ids, np.zeros_like(ids)) for ids in laid_out]
        return np.stack([levels for levels, _ in rows]), np.stack([topics for _, topics in rows])

    def judge_pieces(
        self, ids: NDArray[np.int64], sides: NDArray[np.int64]
    ) -> tuple[FloatArray, FloatArray]:
        """The same for pieces and their sides, `(1, n)` each: `(4,)` and `(labels,)`."""
        states = load_first_states(ids, sides)
        given = {"states": states, "present": np.ones(ids.shape, dtype=np.float32)}
        found = [session.run(["levels", "topics"], given) for session in self._sessions]
        levels, topics = (
            np.mean([log_softmax(scores[place][0]) for scores in found], axis=0) for place in (0, 1)
        )
        return levels, topics


def log_softmax(scores: FloatArray) -> FloatArray:
    """Log probabilities from scores."""
    lowered: FloatArray = scores - scores.max()
    found: FloatArray = lowered - np.log(np.exp(lowered).sum())
    return found


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


def name_conversation_weights(folder: Path = FOLDER) -> Path:
    """The file of the network for conversations, written in the same way."""
    return folder / "conversation.onnx"


@cache
def open_network(folder: Path = FOLDER) -> Network:
    """The network with the weights of a folder, by default those of this package."""
    return Network([open_session(path) for path in name_weights(folder)])


@cache
def open_conversation_network(folder: Path = FOLDER) -> Network:
    """The network that reads a message with the turns before it; it goes by `judge_pieces`."""
    return Network([open_session(name_conversation_weights(folder))])
