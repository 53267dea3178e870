"""British and American spellings of one word: rules that a vocabulary confirms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Each pair is tried both ways; a variant counts only where a vocabulary holds it.
_PAIRS = (
    ("oe", "e"),
    ("ae", "e"),
    ("our", "or"),
    ("ise", "ize"),
    ("isi", "izi"),
    ("isa", "iza"),
    ("yse", "yze"),
    ("ysi", "yzi"),
    ("tre", "ter"),
    ("bre", "ber"),
    ("ogue", "og"),
    ("ence", "ense"),
    ("ll", "l"),
    ("gramme", "gram"),
    ("ph", "f"),
    ("fib", "fibr"),
    ("cooky", "cookie"),
    ("yogh", "yog"),
    ("tumour", "tumor"),
)
_MIN_LETTERS = 5
PREFERENCE = 3
"""A spelling is preferred where it stands in the library more than so many times as often."""


def find_variant(word: str, counts: Mapping[str, int]) -> str | None:
    """The spelling of a lower-cased word that a library prefers, or None where that is its own.

    Args:
        word: as typed, lower-cased.
        counts: the library's words, with how often they stand there.
    """
    if len(word) < _MIN_LETTERS:
        return None
    least = PREFERENCE * counts.get(word, 0)
    variants = (variant for variant in spell_variants(word) if variant in counts)
    return next((variant for variant in variants if counts[variant] > least), None)


def spell_variants(word: str) -> Iterator[str]:
    """Other spellings by one rule, then by two."""
    once = list(dict.fromkeys(_apply_rules(word)))
    yield from once
    for variant in once:
        yield from _apply_rules(variant)


def _apply_rules(word: str) -> Iterator[str]:
    for british, american in _PAIRS:
        for old, new in ((british, american), (american, british)):
            for match in re.finditer(old, word):
                if _fits(word, match.start(), old, new):
                    yield word[: match.start()] + new + word[match.end() :]


def _fits(word: str, start: int, old: str, new: str) -> bool:
    """Rules on one letter are kept from words where they are sure to be wrong."""
    end = start + len(old)
    if old == "l":
        return start > 2 and end < len(word) and word[start - 1] != "l" and word[end] != "l"
    if old == "e":
        return end < len(word) and word[start - 1 : start] not in {"a", "o", "e"}
    return bool(new) and not (old == "f" and start > 2)
