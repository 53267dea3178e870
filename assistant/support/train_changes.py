"""Sentences changed by rule so that they say something else, for the trainings of the checker."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.support.lexicon import load_lexicon

if TYPE_CHECKING:
    import random

_LONG_WORD = re.compile(r"[A-Za-z-]{5,}[,.]?")


def flip_not(sentence: str, chance: random.Random) -> str | None:
    """The sentence denied, or no longer."""
    del chance
    if re.search(r"\bnot\b", sentence):
        return re.sub(r"\s*\bnot\b", "", sentence, count=1)
    changed = re.sub(
        r"\b(is|are|was|were|can|may|should|does|do|will|has)\b", r"\1 not", sentence, count=1
    )
    return changed if changed != sentence else None


def flip_scale(sentence: str, chance: random.Random) -> str | None:
    """One word turned into its opposite."""
    opposites = load_lexicon().opposites
    words = sentence.split(" ")
    places = [i for i, word in enumerate(words) if word in opposites and len(word) > 3]
    if not places:
        return None
    place = chance.choice(places)
    words[place] = chance.choice(sorted(opposites[words[place]]))
    return " ".join(words)


def flip_number(sentence: str, chance: random.Random) -> str | None:
    """The first number made another."""
    if not re.search(r"\d", sentence):
        return None
    return re.sub(
        r"\d+", lambda m: str(int(m[0]) * chance.choice([2, 3, 10]) + 1), sentence, count=1
    )


def swap_word(sentence: str, other: str, chance: random.Random) -> str | None:
    """One word replaced by one of another sentence."""
    words = sentence.split(" ")
    places = [i for i, word in enumerate(words) if word.isalpha() and len(word) > 5]
    others = [word for word in other.split(" ") if word.isalpha() and len(word) > 5]
    if not places or not others:
        return None
    words[chance.choice(places)] = chance.choice(others)
    return " ".join(words)


def swap_roles(sentence: str, chance: random.Random) -> str | None:
    """Two words of the sentence in each other's place."""
    words = sentence.split(" ")
    likes = load_lexicon().likes
    places = [
        i
        for i, word in enumerate(words)
        if i and _LONG_WORD.fullmatch(word) and word.strip(",.").lower() not in likes
    ]
    if len(places) < 2:
        return None
    first, second = sorted(chance.sample(places, 2))
    one, other = (words[place].rstrip(",.") for place in (first, second))
    if second - first < 2 or one == other:
        return None
    words[first] = other + words[first][len(one) :]
    words[second] = one + words[second][len(other) :]
    return " ".join(words)


def shorten(sentence: str) -> str:
    """The sentence without what stands in brackets or behind its last comma."""
    return re.sub(r"\s*\([^)]*\)|,[^,]*$", "", sentence).rstrip(".") + "."
