"""Whether quotes support a sentence, judged by words, numbers and negation alone.

Meant for extractive answers, where a sentence is its quote, part of it, or several joined. It reads
no meaning: a faithful paraphrase in other words counts as unsupported, so that a figure made with
it errs on the strict side.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_COVERED: Final = 0.9
"""Share of a sentence's words that the quotes must hold; leaves room for a lead such as "Yes,"."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_NEGATIONS = frozenset(
    {"no", "not", "never", "none", "neither", "nor", "without", "cannot"}
    | {"ikke", "ingen", "inte", "inga"}
)


def split_words(text: str) -> list[str]:
    """The lower-cased words and numbers of a text, in order."""
    return _WORD.findall(text.casefold().replace("’", "'"))


def supports_by_words(sentence: str, quotes: Sequence[str]) -> bool:
    """Whether the quotes hold nine in ten words of the sentence, its numbers and its negations.

    Args:
        sentence: a sentence of the answer, without markers.
        quotes: the cited sentences.
    """
    words, held = split_words(sentence), {word for quote in quotes for word in split_words(quote)}
    if not words or not held:
        return False
    numbers = {word for word in words if word[0].isdigit()}
    share = sum(word in held for word in words) / len(words)
    return share >= LEAST_COVERED and numbers <= held and _negates(words) == _negates(held)


def _negates(words: Sequence[str] | set[str]) -> bool:
    return any(word in _NEGATIONS or word.endswith("n't") for word in words)
