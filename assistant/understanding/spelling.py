"""Puts misspelt words right, towards the library's words first and then towards common ones.

Left alone are words that are right somewhere (in the library, in English, Danish or Swedish), names
in capitals, words with digits, and whatever no word comes close enough to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.understanding.closeness import Weights, describe, load_weights, sound, weigh
from assistant.understanding.known_words import UNKNOWN, known_words
from assistant.understanding.variants import find_variant
from assistant.understanding.words import bases

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
COMMON = 600
"""General words rarer than this, in centibels, are known but nothing is corrected to them."""
SUSPECT = 570
"""A general word rarer than this may still be a slip for a far commoner one."""
FAR_COMMONER = 170
EVERYDAY = 330
"""A word commoner than this, in centibels, is also meant where one more letter was left out than
slips do: "shud"."""
CLIPPED = range(4, 7)
"""Letters of a word that may be such a short form."""
LEAST_HEARD = 6
"""Letters from which on an unknown word is read as the library's word that sounds the same, however
many letters lie between ("diarea"). Of 2,213 rare words that are right as they stand one is
changed so."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One word as typed and as it is read."""

    typed: str
    word: str


class Speller:
    """Reads misspelt words as what was most likely meant.

    Args:
        counts: the library's words, lower-cased, with how often they stand there.
        kept: further words that are right, such as those of a glossary.
    """

    def __init__(self, counts: Mapping[str, int], kept: frozenset[str] = frozenset()) -> None:
        self.counts = counts
        self._kept = kept
        self._own: dict[int, list[str]] = {}
        for word in sorted(counts):
            if len(word) >= 4 and word.isalpha():
                self._own.setdefault(len(word), []).append(word)
        self._heard = {sound(w): w for w in self.counts if len(w) > LEAST_HEARD and w.isalpha()}

    def correct(self, text: str) -> tuple[str, tuple[Correction, ...]]:
        """The text with its slips put right, and what was changed."""
        changes: list[Correction] = []

        def replace(match: re.Match[str]) -> str:
            typed = match.group()
            word = self._read(typed, opens=_opens_sentence(text, match.start()))
            if word is None:
                return typed
            word = _with_case(typed, word)
            changes.append(Correction(typed, word))
            return word

        return _WORD.sub(replace, text), tuple(changes)

    def is_known(self, word: str) -> bool:
        """Whether a lower-cased word is right as it stands."""
        return (
            word in self.counts
            or word in self._kept
            or self._holds_plural(word)
            or any(word in known_words(language) for language in ("en", "da", "sv"))
            or any(base in self.counts for base in bases(word)[1:])
        )

    def _holds_plural(self, word: str) -> bool:
        """Whether the library speaks of several: "prebiotic" is no slip where it has "prebiotics".

        "stres" and "thi" are slips, whatever an s makes of them.
        """
        return len(word) >= 5 and not word.endswith("s") and f"{word}s" in self.counts

    def count(self, word: str) -> int:
        """How often the library holds a lower-cased word."""
        return self.counts.get(word, 0)

    def is_variant(self, word: str, read: str) -> bool:
        """Whether two words differ as British and American spelling do."""
        return find_variant(word, self.counts) == read

    def suggest(self, word: str, weights: Weights | None = None) -> str | None:
        """The word that a lower-cased slip stands for, or None where it is left alone."""
        variant = find_variant(word, self.counts)
        if variant is not None:
            return variant
        suspect = self._is_suspect(word)
        if self.is_known(word) and not suspect:
            return None
        weights = weights or load_weights()
        best, score = None, (weights.leave_known if suspect else weights.leave)
        for candidate, distance in self.find_candidates(word):
            rarity = known_words("en").get(candidate, UNKNOWN)
            count = self.counts.get(candidate, 0)
            if suspect and rarity > known_words("en").get(word, UNKNOWN) - FAR_COMMONER:
                continue
            value = weigh(describe(word, candidate, distance, rarity, count), weights)
            if value > score:
                best, score = candidate, value
        if best is None and not suspect and len(word) >= LEAST_HEARD:
            best = self._heard.get(sound(word))
        return (find_variant(best, self.counts) or best) if best else None

    def _read(self, typed: str, *, opens: bool) -> str | None:
        """What a word as typed stands for, or None where it stays."""
        word = typed.casefold()
        if len(word) < 3 or not word.isalpha() or (typed.isupper() and len(typed) < 6):
            return None
        suggestion = self.suggest(word)
        if suggestion is None or opens or typed.islower():
            return suggestion
        # A capital inside a sentence marks a name: only the library's own words may replace it.
        return suggestion if suggestion in self.counts else None

    def _is_suspect(self, word: str) -> bool:
        """A rare general word, known neither to the library nor to a neighbouring language."""
        return (
            known_words("en").get(word, 0) > SUSPECT
            and word not in self.counts
            and word not in self._kept
            and not any(base in self.counts for base in bases(word))
            and not self._holds_plural(word)
            and not any(word in known_words(language) for language in ("da", "sv"))
        )

    def find_candidates(self, word: str) -> list[tuple[str, int]]:
        """Words within reach and their distances."""
        most = 1 if len(word) <= 5 else 2
        lengths = range(len(word) - most, len(word) + most + 1)
        near: list[str] = [own for length in lengths for own in self._own.get(length, ())]
        general = common_words()
        starts = {word[0], word[1]}
        near += [
            other
            for length in lengths
            for start in starts
            for other in general.get((start, length), ())
            if other not in self.counts
        ]
        found = process.extract(
            word, near, scorer=OSA.distance, score_cutoff=most, limit=None, processor=None
        )
        fuller = _find_fuller(word, most + 1)
        return [(match, int(distance)) for match, distance, _ in found] + fuller


@cache
def common_words() -> Mapping[tuple[str, int], tuple[str, ...]]:
    """First letter and length → the English words common enough to be meant."""
    grouped: dict[tuple[str, int], list[str]] = {}
    for word, rarity in known_words("en").items():
        if rarity <= COMMON and word.isalpha():
            grouped.setdefault((word[0], len(word)), []).append(word)
    return {key: tuple(words) for key, words in grouped.items()}


def _find_fuller(word: str, missing: int) -> list[tuple[str, int]]:
    """The everyday words from which `missing` letters were left out, with their distance."""
    if len(word) not in CLIPPED:
        return []
    longer = common_words().get((word[0], len(word) + missing), ())
    english = known_words("en")
    return [
        (other, missing)
        for other in longer
        if english[other] <= EVERYDAY and OSA.distance(word, other) == missing
    ]


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\"'(“‘-–")
    return not before or before[-1] in ".?!:\n"


def _with_case(typed: str, word: str) -> str:
    return word.capitalize() if typed[0].isupper() else word
