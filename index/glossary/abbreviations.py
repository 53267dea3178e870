"""Short forms that the articles define themselves, read both ways.

The pairs are found as in Schwartz and Hearst (2003), "A simple algorithm for identifying
abbreviation definitions in biomedical text": a long form with its short form in brackets behind it,
or the other way round, accepted where the short form's letters occur in the long form in order.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.keyword import stem_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BRACKETS = re.compile(r"\(([^()]{2,80})\)")
_SEPARATOR = re.compile(r"[;,]")
_CALLED = re.compile(r",? (?:or|called|short) (?P<short>[A-Z][\w-]*[A-Z]\w*)\b")
_SHORT_PLURAL = re.compile(r"(?<=[A-Z]{2})s\b")
_MAX_SHORT = 10


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Short form → long form, each as the articles write it most often."""

    pairs: tuple[tuple[str, str], ...]
    _stems: tuple[tuple[str, str], ...]

    @classmethod
    def of_texts(cls, texts: Iterable[str]) -> Abbreviations:
        """The pairs that the texts define; the commonest long form of each short one."""
        counts: Counter[tuple[str, str]] = Counter()
        for text in texts:
            counts.update(find_definitions(text))
        best: dict[str, str] = {}
        for (short, long), _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
            best.setdefault(_singular(short), long)
        pairs = tuple(sorted(best.items()))
        return cls(pairs, tuple((_stem(short), _stem(long)) for short, long in pairs))

    @property
    def shorts(self) -> frozenset[str]:
        """The short forms, lower-cased."""
        return frozenset(short.casefold() for short, _ in self.pairs)

    def expand(self, text: str) -> list[str]:
        """The other form of each short or long form in a text, those that it lacks."""
        stems = f" {' '.join(stem_words(_SHORT_PLURAL.sub('', text)))} "
        found: list[str] = []
        for (short, long), (short_stems, long_stems) in zip(self.pairs, self._stems, strict=True):
            if (short_stems in stems) != (long_stems in stems):
                found.append(long if short_stems in stems else short)
        return found


def find_definitions(text: str) -> Iterator[tuple[str, str]]:
    """Each short form that a text defines, with its long form."""
    for match in _BRACKETS.finditer(text):
        inside = _SEPARATOR.split(match.group(1))[0].strip()
        before = _clause_before(text, match.start())
        if _is_short_form(inside):
            long = match_long_form(inside, _last_words(before, inside))
            if long:
                yield inside, long
        else:
            last = before.split(" ")[-1]
            if _is_short_form(last):
                long = match_long_form(last, inside)
                if long and len(long) > 0.7 * len(inside):
                    yield last, long
    for match in _CALLED.finditer(text):
        before = _clause_before(text, match.start())
        long = match_long_form(match["short"], _last_words(before, match["short"]))
        if long:
            yield match["short"], long


def match_long_form(short: str, candidate: str) -> str | None:
    """The end of `candidate` that the short form stands for, or None (their figure 1)."""
    letters = [c.casefold() for c in _singular(short) if c.isalnum()]
    position = len(candidate) - 1
    for index in range(len(letters) - 1, -1, -1):
        while position >= 0 and (
            candidate[position].casefold() != letters[index]
            or (index == 0 and position > 0 and candidate[position - 1].isalnum())
        ):
            position -= 1
        if position < 0:
            return None
        position -= 1
    long = _without_capital(candidate[position + 1 :].strip())
    valid = len(long) > len(short) and short.casefold() not in long.casefold().split()
    return long if valid else None


def _clause_before(text: str, end: int) -> str:
    return re.split(r"[.;:!?\n|()]", text[max(0, end - 120) : end])[-1].strip()


def _last_words(before: str, short: str) -> str:
    """The words that may be the long form: min(n + 5, 2n) of them, n the short form's length."""
    count = min(len(short) + 5, 2 * len(short))
    return " ".join(before.split()[-count:])


def _is_short_form(word: str) -> bool:
    capitals = sum(c.isupper() for c in word)
    return (
        2 <= len(word) <= _MAX_SHORT
        and " " not in word
        and word[0].isalnum()
        and capitals >= 2
        and not any(c in "./@" for c in word)
    )


def _singular(short: str) -> str:
    return short[:-1] if short.endswith("s") and short[:-1].isupper() and len(short) > 2 else short


def _without_capital(long: str) -> str:
    """A long form without the capital of a sentence's or heading's first word."""
    first, _, rest = long.partition(" ")
    return (
        long[0].lower() + long[1:]
        if first[1:2].islower() and first[1:].islower() and rest.islower()
        else long
    )


def _stem(form: str) -> str:
    return f" {' '.join(stem_words(form))} "
