"""Slips as people make them: keys hit beside, letters dropped, doubled or swapped, spelling by ear.

The kinds and their shares follow the error analyses of Damerau (1964: four in five slips are one
letter added, dropped, changed or swapped) and of spelling by sound (Mitton 1987).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.understanding.closeness import neighbours

if TYPE_CHECKING:
    import random

_BY_EAR = (
    ("ph", "f"), ("ie", "ei"), ("ei", "ie"), ("ea", "ee"), ("ae", "e"), ("oe", "e"), ("y", "i"),
    ("i", "e"), ("e", "a"), ("a", "e"), ("o", "a"), ("e", "i"), ("c", "s"), ("s", "c"), ("c", "k"),
    ("x", "cs"), ("ch", "k"), ("rh", "r"), ("th", "t"), ("gh", "g"), ("qu", "kw"), ("tion", "sion"),
    ("ance", "ence"), ("able", "ible"), ("our", "or"), ("ll", "l"), ("ss", "s"), ("tt", "t"),
    ("rr", "r"), ("mm", "m"), ("nn", "n"), ("cc", "c"), ("pp", "p"), ("ff", "f"),
)  # fmt: skip


def misspell(word: str, chance: random.Random) -> str:
    """A lower-cased word with one slip, or with two in one case of five."""
    slipped = word
    for _ in range(2 if chance.random() < 0.2 and len(word) > 6 else 1):
        slipped = _slip(slipped, chance)
    return slipped if slipped != word else _slip(word, chance)


def _slip(word: str, chance: random.Random) -> str:
    kind = chance.choices(
        ("drop", "swap", "double", "beside", "add", "ear"), weights=(25, 20, 8, 14, 8, 25)
    )[0]
    position = chance.randrange(1, len(word)) if chance.random() < 0.95 else 0
    letter = word[position]
    if kind == "drop":
        return word[:position] + word[position + 1 :]
    if kind == "swap" and position + 1 < len(word):
        return word[:position] + word[position + 1] + letter + word[position + 2 :]
    if kind == "double":
        return word[:position] + letter + word[position:]
    if kind in {"beside", "add"}:
        near = chance.choice(neighbours().get(letter, letter))
        return word[:position] + near + word[position + (kind == "beside") :]
    return _spell_by_ear(word, chance)


def _spell_by_ear(word: str, chance: random.Random) -> str:
    places = [(match.start(), old, new) for old, new in _BY_EAR for match in re.finditer(old, word)]
    if not places:
        return word[:-1]
    start, old, new = chance.choice(places)
    return word[:start] + new + word[start + len(old) :]
