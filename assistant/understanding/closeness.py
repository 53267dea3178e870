"""How likely one spelling is a slip for another: the features of a misspelling and its word.

A noisy channel (Kernighan, Church and Gale 1990) whose weights are fitted as a conditional logit by
`train_spelling.py` instead of being counted.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FEATURES = (
    "distance",
    "distance_per_letter",
    "first_letter_differs",
    "last_letter_differs",
    "same_sound",
    "same_letters",
    "same_consonants",
    "near_keys",
    "swap",
    "length_difference",
    "rarity",
    "in_library",
    "library_count",
    "short",
)
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"gh(?=[^aeiou]|$)"), ""),
    (re.compile(r"[cq]u?(?=[^eiyh])|ck|ch(?=[rl])|q"), "k"),
    (re.compile(r"c(?=[eiy])|z|x"), "s"),
    (re.compile(r"^(?:ps|sc(?=[ei]))"), "s"),
    (re.compile(r"h"), ""),
    (re.compile(r"ae|oe|ea|ee|ie|ei|i|y"), "e"),
    (re.compile(r"ou|oo|u"), "o"),
    (re.compile(r"a"), "e"),
    (re.compile(r"(.)\1+"), r"\1"),
)


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the features, and what a misspelling has to reach to be changed at all."""

    features: tuple[float, ...]
    leave: float
    leave_known: float


def describe(
    typed: str, word: str, distance: int, rarity_centibels: float, library_count: int
) -> tuple[float, ...]:
    """The features of a pair, in the order of `FEATURES`."""
    length = max(len(typed), len(word))
    return (
        float(distance),
        10.0 * distance / length,
        float(typed[0] != word[0]),
        float(typed[-1] != word[-1]),
        float(sound(typed) == sound(word)),
        float(sorted(typed) == sorted(word)),
        float(_consonants(typed) == _consonants(word)),
        float(distance > 0 and _near_keys(typed, word)),
        float(distance == 1 and len(typed) == len(word) and sorted(typed) == sorted(word)),
        float(abs(len(typed) - len(word))),
        rarity_centibels / 100,
        float(library_count > 0),
        min(library_count, 50) ** 0.5,
        float(len(typed) <= 4),
    )


def sound(word: str) -> str:
    """A word as it is roughly heard: letters that sound alike become one."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


def weigh(features: Sequence[float], weights: Weights) -> float:
    """The score of a pair; the higher the likelier."""
    return sum(w * x for w, x in zip(weights.features, features, strict=True))


@cache
def load_weights() -> Weights:
    """The fitted weights."""
    path = resources.files("assistant.understanding").joinpath("spelling.json")
    table = json.loads(path.read_text(encoding="utf-8"))
    return Weights(
        tuple(table["features"][name] for name in FEATURES), table["leave"], table["leave_known"]
    )


def _consonants(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouy]", "", word))


def _near_keys(typed: str, word: str) -> bool:
    """Whether the words differ in one letter only, typed on a neighbouring key."""
    if len(typed) != len(word):
        return False
    pairs = [(a, b) for a, b in zip(typed, word, strict=True) if a != b]
    return len(pairs) == 1 and pairs[0][1] in neighbours().get(pairs[0][0], "")


@cache
def neighbours() -> dict[str, str]:
    """Letter → the letters on the keys around it."""
    found: dict[str, str] = {}
    for y, row in enumerate(ROWS):
        for x, letter in enumerate(row):
            near = [
                other
                for dy in (-1, 0, 1)
                if 0 <= y + dy < len(ROWS)
                for i, other in enumerate(ROWS[y + dy])
                if abs(i - x) <= 1 and other != letter
            ]
            found[letter] = "".join(near)
    return found
