"""Whether a confidence ranks well and means what it says.

AUROC by ranks: Hanley and McNeil 1982. Expected calibration error over equally wide bins: Naeini,
Cooper and Hauskrecht 2015; Guo et al. 2017 (arXiv 1706.04599). Brier score: Brier 1950.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def score_auroc(confidences: Sequence[float], positive: Sequence[bool]) -> float | None:
    """Probability that a positive case has the higher confidence than a negative one, ties half.

    None where there are no positive or no negative cases: not measurable.
    """
    ordered = sorted(zip(confidences, positive, strict=True))
    positives = sum(is_positive for _, is_positive in ordered)
    negatives = len(ordered) - positives
    if not positives or not negatives:
        return None
    wins, below = 0.0, 0
    for _, group in groupby(ordered, key=lambda case: case[0]):
        outcomes = [is_positive for _, is_positive in group]
        tied_negatives = outcomes.count(False)
        wins += outcomes.count(True) * (below + tied_negatives / 2)
        below += tied_negatives
    return wins / (positives * negatives)


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """The cases whose confidence lies in [low, high), the last bin's upper end included.

    Attributes:
        mean_confidence: mean confidence of the cases; None in an empty bin.
        share_positive: share of them that are positive; None in an empty bin.
    """

    low: float
    high: float
    count: int
    mean_confidence: float | None
    share_positive: float | None


def bin_reliability(
    confidences: Sequence[float], positive: Sequence[bool], bins: int = 10
) -> list[ReliabilityBin]:
    """The reliability diagram's bins, equally wide over 0 to 1."""
    members: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, is_positive in zip(confidences, positive, strict=True):
        members[min(int(confidence * bins), bins - 1)].append((confidence, is_positive))
    return [_summarise(number, group, bins) for number, group in enumerate(members)]


def _summarise(number: int, group: list[tuple[float, bool]], bins: int) -> ReliabilityBin:
    count = len(group)
    return ReliabilityBin(
        low=number / bins,
        high=(number + 1) / bins,
        count=count,
        mean_confidence=sum(confidence for confidence, _ in group) / count if count else None,
        share_positive=sum(is_positive for _, is_positive in group) / count if count else None,
    )


def measure_calibration_error(
    confidences: Sequence[float], positive: Sequence[bool], bins: int = 10
) -> float | None:
    """Expected calibration error: mean gap between confidence and share, weighted by cases."""
    if not confidences:
        return None
    gaps = (
        group.count * abs(group.mean_confidence - group.share_positive)
        for group in bin_reliability(confidences, positive, bins)
        if group.mean_confidence is not None and group.share_positive is not None
    )
    return sum(gaps) / len(confidences)


def measure_brier(confidences: Sequence[float], positive: Sequence[bool]) -> float | None:
    """Mean squared distance between confidence and outcome; 0 is best."""
    if not confidences:
        return None
    return sum((c - p) ** 2 for c, p in zip(confidences, positive, strict=True)) / len(confidences)
