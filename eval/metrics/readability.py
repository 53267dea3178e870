"""How easily a text reads.

Flesch–Kincaid grade: Kincaid et al. 1975 (school years, for English). LIX: Björnsson 1968 (also for
the Nordic languages; below 30 very easy, 40 ordinary prose, above 60 very hard).
"""

from __future__ import annotations

import re
from typing import Final

LONG_WORD_LETTERS: Final = 6
"""LIX calls a word long that has more letters than this."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:]+(?=\s|$)|\n+")
_VOWELS = re.compile(r"[aeiouyæøåäöáéíóú]+")


def measure_flesch_kincaid(text: str) -> float | None:
    """Flesch–Kincaid grade level; None for a text without words."""
    words = _WORD.findall(text)
    if not words:
        return None
    syllables = sum(count_syllables(word) for word in words)
    return 0.39 * len(words) / count_sentences(text) + 11.8 * syllables / len(words) - 15.59


def measure_lix(text: str) -> float | None:
    """LIX: words a sentence plus the percentage of long words; None for a text without words."""
    words = _WORD.findall(text)
    if not words:
        return None
    long_words = sum(len(word) > LONG_WORD_LETTERS for word in words)
    return len(words) / count_sentences(text) + 100 * long_words / len(words)


def count_sentences(text: str) -> int:
    """Sentences by their closing marks and line ends, at least 1."""
    return max(1, sum(bool(_WORD.search(part)) for part in _SENTENCE_END.split(text)))


def count_syllables(word: str) -> int:
    """Syllables by groups of vowels, a silent final e left out (but not in -le), at least 1."""
    lowered = word.lower()
    count = len(_VOWELS.findall(lowered))
    if lowered.endswith("e") and not lowered.endswith(("le", "ee", "ye")) and count > 1:
        count -= 1
    return max(1, count)
