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

    import numpy as np
    from numpy.typing import NDArray


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


def risk_area(
    confidences: NDArray[np.float64], right: NDArray[np.float64], counts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Area under the risk–coverage curve: the mean risk over all coverages; 0 is best.

    Within a group of equal confidences the wrong ones are spread evenly, so that the area does not
    hang on the order of the cases: of k cases after c others, of which w were wrong, with a share s
    of wrong ones, the risks (w + js) / (c + j) for j = 1 … k add up to ks + (w - sc) times the
    harmonic numbers' difference. A `Figure` of each draw.
    """
    import numpy as np

    order = np.argsort(-confidences, kind="stable")
    _, starts = np.unique(-confidences[order], return_index=True)
    weights = counts[:, order]
    sizes = np.add.reduceat(weights, starts, axis=1)  # (d, levels)
    wrong = np.add.reduceat(weights * (1 - right[order]), starts, axis=1)
    covered, missed = np.cumsum(sizes, axis=1), np.cumsum(wrong, axis=1)
    share = wrong / np.maximum(sizes, 1)
    harmonic = np.cumsum([0.0, *(1 / np.arange(1, int(covered.max()) + 1))])
    risen = harmonic[covered.astype(int)] - harmonic[(covered - sizes).astype(int)]
    risks = wrong + (missed - wrong - share * (covered - sizes)) * risen
    area: NDArray[np.float64] = risks.sum(axis=1) / covered[:, -1]
    return area
