"""Answering when the library does and declining when it does not.

Declining is never scored as an empty answer: each case falls into one of the cells of
`AbstentionTable`. Risk–coverage curve: El-Yaniv and Wiener 2010, "On the foundations of noise-free
selective classification"; its area: Geifman, Uziel and El-Yaniv 2019.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class AbstentionTable:
    """Counts of cases by what was wanted and what came.

    Attributes:
        right_answers: answerable and answered rightly.
        wrong_answers: answerable and answered with something else.
        over_refusals: answerable and declined.
        right_abstentions: unanswerable and declined.
        unsupported_answers: unanswerable and answered all the same.
    """

    right_answers: int = 0
    wrong_answers: int = 0
    over_refusals: int = 0
    right_abstentions: int = 0
    unsupported_answers: int = 0

    @property
    def answerable(self) -> int:
        """Cases that the library answers."""
        return self.right_answers + self.wrong_answers + self.over_refusals

    @property
    def unanswerable(self) -> int:
        """Cases that the library does not answer."""
        return self.right_abstentions + self.unsupported_answers


def count_abstentions(cases: Sequence[tuple[bool, bool, bool]]) -> AbstentionTable:
    """The table of cases given as (answerable, answered, answered rightly)."""
    return AbstentionTable(
        right_answers=sum(a and given and right for a, given, right in cases),
        wrong_answers=sum(a and given and not right for a, given, right in cases),
        over_refusals=sum(a and not given for a, given, _ in cases),
        right_abstentions=sum(not a and not given for a, given, _ in cases),
        unsupported_answers=sum(not a and given for a, given, _ in cases),
    )


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """Answering only from `threshold` upwards answers `coverage` of the cases, `risk` wrongly."""

    threshold: float
    coverage: float
    risk: float


def trace_risk(confidences: Sequence[float], right: Sequence[bool]) -> list[RiskPoint]:
    """The risk–coverage curve, most confident first, one point for each distinct confidence."""
    ordered = sorted(zip(confidences, right, strict=True), key=lambda case: -case[0])
    points: list[RiskPoint] = []
    covered = wrong = 0
    for threshold, group in groupby(ordered, key=lambda case: case[0]):
        outcomes = [is_right for _, is_right in group]
        covered += len(outcomes)
        wrong += outcomes.count(False)
        points.append(RiskPoint(threshold, covered / len(ordered), wrong / covered))
    return points


def measure_risk_area(confidences: Sequence[float], right: Sequence[bool]) -> float | None:
    """Area under the risk–coverage curve: the mean risk over all coverages; 0 is best.

    Within a group of equal confidences the wrong ones are spread evenly, so that the area does not
    hang on the order of the cases. None where there is no case.
    """
    ordered = sorted(zip(confidences, right, strict=True), key=lambda case: -case[0])
    covered, wrong, total = 0, 0.0, 0.0
    for _, group in groupby(ordered, key=lambda case: case[0]):
        outcomes = [is_right for _, is_right in group]
        share_wrong = outcomes.count(False) / len(outcomes)
        for _ in outcomes:
            covered, wrong = covered + 1, wrong + share_wrong
            total += wrong / covered
    return total / covered if covered else None
