"""The closed classes of English that the checker reads, from `words.toml`."""

from __future__ import annotations

import itertools
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by class, all lower case.

    Attributes:
        classes: negators, hedges and so on.
        populations: who is spoken of.
        units: each unit's spellings → its name.
        numbers: number words → their value.
        opposites: each word → the words on the other side of a scale that it stands on.
        likes: each word → the words on its own side.
    """

    classes: Mapping[str, frozenset[str]]
    populations: Mapping[str, frozenset[str]]
    units: Mapping[str, str]
    numbers: Mapping[str, float]
    opposites: Mapping[str, frozenset[str]]
    likes: Mapping[str, frozenset[str]]


@cache
def load_lexicon() -> Lexicon:
    """The lexicon of this package, read once."""
    file = resources.files("assistant.support") / "words.toml"
    record = tomllib.loads(file.read_text(encoding="utf-8"))
    scales = [[_compared(side.split()) for side in sides] for sides in record["opposites"].values()]
    return Lexicon(
        classes=_split(record["classes"]),
        populations=_split(record["populations"]),
        units={word: unit for unit, text in record["units"].items() for word in text.split()},
        numbers={word: float(value) for word, value in record["numbers"].items()},
        opposites=_opposites(scales),
        likes=_likes(scales),
    )


def _split(table: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {name: frozenset(text.split()) for name, text in table.items()}


def _compared(words: list[str]) -> list[str]:
    """Words with their comparative and superlative: "small" stands for "smaller" too."""
    stems = {word: word[:-1] + "i" if word.endswith("y") else word.rstrip("e") for word in words}
    ends = ("er", "est")
    return [*words, *(stems[word] + end for word in words for end in ends if len(word) > 2)]


def _opposites(scales: Iterable[list[list[str]]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for sides in scales:
        for one, other in itertools.permutations(sides, 2):
            for word in one:
                found.setdefault(word, set()).update(other)
    return {word: frozenset(others) for word, others in found.items()}


def _likes(scales: Iterable[list[list[str]]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for side in itertools.chain.from_iterable(scales):
        for word in side:
            found.setdefault(word, set()).update(side)
    return {word: frozenset(others) for word, others in found.items()}
