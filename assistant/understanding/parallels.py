"""Which phrase of the last question a new phrase stands beside: "women" beside "men"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant.understanding.words import PREPOSITIONS

if TYPE_CHECKING:
    from assistant.understanding.phrases import Phrase

Likeness = Callable[[str, Sequence[str]], Sequence[float]]
"""How alike a phrase and each of others are: cosines of their embeddings."""

PEOPLE = ("people", "children", "women")
SAME_KIND = 0.42
"""Cosine from which on two phrases name things of one kind (men and women: .72)."""
NEAR = 0.21
"""Cosine from which on the nearest phrase is taken where something must be replaced."""


def choose_parallel(
    new: str,
    preposition: str,
    frame: str,
    phrases: Sequence[Phrase],
    likeness: Likeness | None,
) -> Phrase | None:
    """The phrase of `frame` whose place `new` takes, or None where it is to be added.

    Args:
        new: the phrase asked about anew, without its preposition.
        preposition: of the new phrase; empty for none.
        frame: the last question.
        phrases: its noun phrases.
        likeness: by meaning; without it, prepositions and order decide.
    """
    if not phrases:
        return None
    same_kind = [p for p in phrases if p.words[-1] == new.casefold().split()[-1]]
    if same_kind:
        return same_kind[0]  # "the DASH diet" beside "the Mediterranean diet"
    beside = [p for p in phrases if preposition and _preposition_of(p, frame) == preposition]
    if likeness is None:
        first = None if preposition else phrases[0]
        return beside[-1] if beside else first
    values = likeness(new, [*(phrase.key for phrase in phrases), *PEOPLE])
    value, best = max(zip(values, phrases, strict=False), key=lambda pair: pair[0])
    people = max(values[len(phrases) :])
    if max(value, people) >= SAME_KIND:
        # "for kids": whom it is for is added where no people are named; it replaces no thing.
        return best if value >= SAME_KIND else None
    if beside:
        return beside[-1]
    fits = not preposition or _preposition_of(best, frame)
    return best if fits and value >= NEAR else None


def names_people(phrase: str, likeness: Likeness) -> bool:
    """Whether a phrase names people: "kids", "my daughter"."""
    return max(likeness(phrase, PEOPLE)) >= SAME_KIND


def _preposition_of(phrase: Phrase, frame: str) -> str:
    before = frame[: phrase.start].rstrip().rsplit(" ", 1)[-1].casefold()
    return before if before in PREPOSITIONS else ""
