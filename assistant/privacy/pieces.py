"""A message as the tagger reads it: MiniLM's word pieces, and what the eye sees of each.

MiniLM's vocabulary knows small letters alone; capitals, digits, the ends of lines, and how much
the letters of a word look like a name are given beside its pieces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.answerability.pieces import load_tokenizer
from assistant.privacy.name_likeness import score_name_likeness

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNKNOWN = 100
"""MiniLM's special piece [UNK]."""

FEATURES = 16
"""How many numbers are given beside a piece; the last is kept free."""

LONGEST_GAP = 12
"""`flatten` leaves no longer one."""

_LONGEST = 12
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces `ids` `(n,)`, what is `seen` of each `(n, FEATURES)`, and their places in the text."""

    ids: NDArray[np.int64]
    seen: NDArray[np.float32]
    places: tuple[tuple[int, int], ...]


def lay_out(text: str) -> Pieces:
    """Cuts a message into pieces."""
    encoding = load_tokenizer().encode(text, add_special_tokens=False)
    ids = np.asarray(encoding.ids, dtype=np.int64)
    seen = np.zeros((len(ids), FEATURES), dtype=np.float32)
    words = {
        at: (word.start(), row)
        for word in _WORD.finditer(text)
        for row in [_see_word(text, *word.span())]
        for at in range(*word.span())
    }
    small = text == text.lower()
    for piece, (start, _) in enumerate(encoding.offsets):
        begins, row = words.get(start) or (start, _see_mark(text, start))
        seen[piece] = row
        seen[piece, 11:14] = begins < start, small, ids[piece] == UNKNOWN
    return Pieces(ids, seen, tuple(encoding.offsets))


def _see_word(text: str, start: int, end: int) -> NDArray[np.float32]:
    word = text[start:end]
    row = _see_mark(text, start)
    has_digit = any(character.isdigit() for character in word)
    row[0:6] = (
        1,
        word[0].isupper(),
        len(word) > 1 and word.isupper(),
        has_digit,
        word.isdigit(),
        min(len(word), _LONGEST) / _LONGEST,
    )
    row[9] = end == len(text) or text[end] == "\n"
    row[10] = end < len(text) and text[end] == " "
    if not has_digit:
        row[14] = np.clip(score_name_likeness(word.lower()) / 6, -1.5, 1.5)
    return row


def _see_mark(text: str, start: int) -> NDArray[np.float32]:
    row = np.zeros(FEATURES, dtype=np.float32)
    before = text[max(0, start - LONGEST_GAP) : start].rstrip(" ")
    row[6] = not before or before[-1] == "\n"
    row[7] = bool(before) and before[-1] in ".!?"
    row[8] = start > 0 and text[start - 1] == " "
    return row
