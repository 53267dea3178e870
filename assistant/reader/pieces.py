"""Questions and passages → MiniLM's word pieces, side by side, and where each sentence stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.answerability.pieces import load_tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

QUESTION_PIECES = 48
"""More of a question is not read."""

TALK_PIECES = 128
"""More of a question with the turns before it is not read."""

PASSAGE_PIECES = 250
"""More of a passage is not read."""

BEGINS, ENDS = 101, 102
"""MiniLM's special pieces [CLS] and [SEP]."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What is read at once.

    Attributes:
        text: title, headings and the passage's own words, as they are embedded.
        sentences: where each sentence begins and ends in it.
    """

    text: str
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Pieces:
    """Questions and passages in pairs, filled up to the same length `n`.

    Attributes:
        ids: `(pairs, n) int64`, pieces of MiniLM's vocabulary.
        side: `(pairs, n) int64`, 0 in the question, 1 in the passage.
        present: `(pairs, n) float32`, 0 where a row is filled up.
        row: `(sentences,) int64`, the pair of each sentence.
        within: `(sentences, n) float32`, 1 at the pieces of a sentence; nowhere where it stands
            beyond what is read.
    """

    ids: NDArray[np.int64]
    side: NDArray[np.int64]
    present: NDArray[np.float32]
    row: NDArray[np.int64]
    within: NDArray[np.float32]


def lay_out(pairs: Sequence[tuple[str, Passage]], most: int = QUESTION_PIECES) -> Pieces:
    """Cuts questions and passages into pieces; at least one pair, with at least one sentence.

    Args:
        pairs: to be read.
        most: how many pieces of a question are read.
    """
    tokenizer = load_tokenizer()
    asked = {
        question: tokenizer.encode(question, add_special_tokens=False).ids[:most]
        for question, _ in pairs
    }
    encodings = [tokenizer.encode(p.text, add_special_tokens=False) for _, p in pairs]
    length = max(
        len(asked[question]) + min(len(encoding.ids), PASSAGE_PIECES) + 3
        for (question, _), encoding in zip(pairs, encodings, strict=True)
    )
    ids = np.zeros((len(pairs), length), dtype=np.int64)
    side = np.zeros_like(ids)
    present = np.zeros(ids.shape, dtype=np.float32)
    rows: list[int] = []
    within: list[NDArray[np.float32]] = []
    for row, ((question, passage), encoding) in enumerate(zip(pairs, encodings, strict=True)):
        first = len(asked[question]) + 2
        pieces = [BEGINS, *asked[question], ENDS, *encoding.ids[:PASSAGE_PIECES], ENDS]
        ids[row, : len(pieces)] = pieces
        side[row, first : len(pieces)] = 1
        present[row, : len(pieces)] = 1
        offsets = np.array(encoding.offsets[:PASSAGE_PIECES]).reshape(-1, 2)
        for start, end in passage.sentences:
            inside = (offsets[:, 1] > start) & (offsets[:, 0] < end)
            own = np.zeros(length, dtype=np.float32)
            own[first : first + len(inside)] = inside
            within.append(own)
            rows.append(row)
    return Pieces(ids, side, present, np.array(rows, dtype=np.int64), np.stack(within))
