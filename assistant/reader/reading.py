"""The trained network, opened once: log odds that sentences answer a question."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.answerability.pieces import load_first_states
from assistant.reader.pieces import QUESTION_PIECES, TALK_PIECES, lay_out
from index.onnx_session import open_session

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.reader.pieces import Passage

WEIGHTS = Path(__file__).parent / "weights.onnx"
"""Six layers and the head in whole numbers of eight bits; MiniLM's own piece vectors are used."""

TALK_WEIGHTS = Path(__file__).parent / "talk_weights.onnx"
"""The same, trained on: it reads a question with the turns before it (`write_talk`)."""


class Reader:
    """Reads a passage for a question; made by `open_reader`."""

    def __init__(self, session: Any, most: int = QUESTION_PIECES) -> None:
        self._session, self._most = session, most

    def read(self, question: str, passage: Passage) -> NDArray[np.float64]:
        """Log odds that each sentence of a passage answers, `(sentences,)`.

        NaN for a sentence beyond what is read of the passage.
        """
        if not passage.sentences:
            return np.zeros(0)
        pieces = lay_out([(question, passage)], self._most)
        inputs = {
            "states": load_first_states(pieces.ids, pieces.side),
            "present": pieces.present,
            "row": pieces.row,
            "within": pieces.within,
        }
        (odds,) = self._session.run(["odds"], inputs)
        unread = ~pieces.within.any(axis=1)
        return np.where(unread, np.nan, np.asarray(odds, dtype=np.float64))


@cache
def open_reader(weights: Path = WEIGHTS) -> Reader:
    """The reader with the weights of this package, or others of the same network."""
    return Reader(open_session(weights))


@cache
def open_talk_reader(weights: Path = TALK_WEIGHTS) -> Reader:
    """The reader of questions with the turns before them, as `write_talk` writes them."""
    return Reader(open_session(weights), TALK_PIECES)
