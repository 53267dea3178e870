"""What another article says otherwise, where a number is asked for: four weeks here, 12 there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assistant.ranking.model import as_passage
from assistant.ranking.quantities import wants_quantity
from assistant.reader import open_reader
from assistant.stages import stage
from assistant.support.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.evidence import Candidate

ANSWERS_TOO = 1.5
"""The reader's log odds of a sentence that answers, too. Of 720 questions for a number to six
libraries whose articles have different publishers six get a second figure so: three of the same
thing (four seconds of breathing in here, three there), two of another that the question may mean as
well (fasting before which test?), one of neither."""


@stage("differing")
def find_differing(
    question: str, best: Candidate, candidates: Iterable[Candidate]
) -> Candidate | None:
    """The sentence of another article that answers with another number of the same unit.

    Reads one passage more, and that only where one holds such a number.

    Args:
        question: as understood.
        best: the sentence that answers.
        candidates: what was found.
    """
    if not wants_quantity(question):
        return None
    passages: dict[tuple[str, int], list[Candidate]] = {}
    for candidate in candidates:
        if candidate.entry.article.id != best.entry.article.id:
            passages.setdefault(candidate.passage_key, []).append(candidate)
    for members in sorted(passages.values(), key=lambda some: some[0].passage_rank):
        if any(differ(best.quote, candidate.quote) for candidate in members):
            return _read(question, best, members)
    return None


def differ(one: str, other: str) -> bool:
    """Whether two sentences count in the same unit, and share no number of it."""
    here, there = _numbers(one), _numbers(other)
    return any(here[unit].isdisjoint(there[unit]) for unit in here.keys() & there.keys())


def _read(question: str, best: Candidate, members: Sequence[Candidate]) -> Candidate | None:
    odds = open_reader().read(question, as_passage(members))
    if np.isnan(odds).all():
        return None
    likeliest = int(np.nanargmax(odds))
    found = members[likeliest]
    return found if odds[likeliest] >= ANSWERS_TOO and differ(best.quote, found.quote) else None


def _numbers(text: str) -> dict[str, set[float]]:
    """The numbers of a sentence by their units; what counts nothing is left out."""
    found: dict[str, set[float]] = {}
    for number in read(text).numbers:
        if number.unit is not None:
            found.setdefault(number.unit, set()).add(number.value)
    return found
