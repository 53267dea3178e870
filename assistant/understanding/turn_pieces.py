"""A question and the turns before it as word pieces of MiniLM, and where each content word stands.

The newest exchange follows the question, older ones follow it, so that what matters most stands
at the same places however long a conversation is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from assistant.answerability.pieces import load_tokenizer
from assistant.understanding.words import FUNCTION_WORDS, tokenize
from index.keyword import stem_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.understanding.words import Token

BEGINS, ENDS = 101, 102
"""MiniLM's special pieces [CLS] and [SEP]."""

MOST_PIECES = 64
"""More of a conversation is not read. The network was trained on 96: with 64 it tells words of long
talks better (F1 .445 for .417), in half the time."""

QUESTION_PIECES = 32
ASKED_PIECES, ANSWERED_PIECES = (28, 20), (40, 16)
"""What is read of the newest question and answer, then of each older one."""


@dataclass(frozen=True, slots=True)
class TurnPieces:
    """What the network reads.

    Attributes:
        ids: `(n,) int64`, pieces of MiniLM's vocabulary.
        side: `(n,) int64`, 0 in the question, 1 in the turns.
        roots: stems of the turns' content words that the question does not hold, one a word.
        places: the first piece of each of them.
    """

    ids: NDArray[np.int64]
    side: NDArray[np.int64]
    roots: tuple[str, ...]
    places: tuple[int, ...]


def lay_out(question: str, exchanges: Sequence[tuple[str, str]]) -> TurnPieces:
    """Cuts a question and the exchanges before it, oldest first, into pieces."""
    asked = stems_of(question)
    ids = [BEGINS, *_cut(question, QUESTION_PIECES)[0], ENDS]
    first = len(ids)
    roots: list[str] = []
    places: list[int] = []
    for age, exchange in enumerate(reversed(exchanges)):
        for text, limits in zip(exchange, (ASKED_PIECES, ANSWERED_PIECES), strict=True):
            own, offsets = _cut(text, limits[min(age, 1)])
            if not own or len(ids) + len(own) >= MOST_PIECES:
                continue
            starts = [start for start, _ in offsets]
            for word in tokenize(text):
                root = root_of(word)
                if root and root not in asked and word.start in starts:
                    roots.append(root)
                    places.append(len(ids) + starts.index(word.start))
            ids += [*own, ENDS]
    side = np.ones(len(ids), dtype=np.int64)
    side[:first] = 0
    return TurnPieces(np.array(ids), side, tuple(roots), tuple(places))


def _cut(text: str, limit: int) -> tuple[list[int], list[tuple[int, int]]]:
    encoding = load_tokenizer().encode(text, add_special_tokens=False)
    return encoding.ids[:limit], encoding.offsets[:limit]


def root_of(word: Token) -> str:
    """The stem of a content word; empty for a function word or a mark."""
    own = word.lower.removesuffix("'s")
    return _stem(own) if word.is_word and own not in FUNCTION_WORDS else ""


def stems_of(text: str) -> frozenset[str]:
    """The stems of a text's content words."""
    return frozenset(root_of(token) for token in tokenize(text)) - {""}


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    return "-".join(stem_words(word)) or word
