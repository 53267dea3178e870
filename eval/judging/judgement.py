"""What is judged, what comes of it, and what a judge has to be."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer before a judge.

    Attributes:
        question: as it was understood.
        text: the answer without markers.
        quotes: what it cites.
        facts: what must be said; empty where the case says nothing of it.
    """

    question: str
    text: str
    quotes: tuple[str, ...]
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge said to one question, asked several times.

    Attributes:
        score: mean grade, 0 to 1; None where it was not measured.
        spread: highest less lowest grade; 0 for a judge that does not change its mind.
        reason: why there is no score.
    """

    score: float | None
    spread: float = 0.0
    reason: str = ""


class Judge(Protocol):
    """Something that grades answers and may fail to."""

    @property
    def metrics(self) -> tuple[str, ...]:
        """The names that it may give scores for, as the catalogue has them."""
        ...

    @property
    def compared(self) -> str:
        """The one of them that is held against the labels."""
        ...

    def describe(self) -> dict[str, Any]:
        """What a manifest says of it."""
        ...

    def judge_answer(self, judged: Judged) -> dict[str, Judgement]:
        """Metric → judgement, of those metrics that the case allows."""
        ...


class NoGrade(Exception):
    """A reply that holds no grade; its text is the reason that a report shows."""


def repeat(measure: Callable[[], float], times: int) -> Judgement:
    """The mean and the spread of a grade that is asked for several times.

    A judge that fails once, whatever it raises, or gives no number leaves the score unmeasured.
    """
    grades = []
    for _ in range(times):
        try:
            grade = measure()
        except NoGrade as reason:
            return Judgement(None, reason=str(reason))
        except Exception as error:  # noqa: BLE001 (whatever a provider raises: not measured)
            return Judgement(None, reason=f"the judge failed: {type(error).__name__}")
        if not math.isfinite(grade):
            return Judgement(None, reason="the judge gave no number")
        grades.append(grade)
    return Judgement(sum(grades) / len(grades), max(grades) - min(grades))
