"""Whether a confidence ranks well and means what it says.

AUROC by ranks: Hanley and McNeil 1982. Expected calibration error over equally wide bins: Naeini,
Cooper and Hauskrecht 2015; Guo et al. 2017 (arXiv 1706.04599). Brier score: Brier 1950.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


BINS: Final = 10


def auroc(
    confidences: NDArray[np.float64], positive: NDArray[np.float64], counts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Probability that a positive case has the higher confidence than a negative one, ties half.

    A `Figure` of each draw: NaN where it holds no positive or no negative case.
    """
    import numpy as np

    order = np.argsort(confidences, kind="stable")
    _, starts = np.unique(confidences[order], return_index=True)
    weights = counts[:, order]
    positives = np.add.reduceat(weights * positive[order], starts, axis=1)  # (d, levels)
    negatives = np.add.reduceat(weights * (1 - positive[order]), starts, axis=1)
    below = np.cumsum(negatives, axis=1) - negatives / 2
    pairs = positives.sum(axis=1) * negatives.sum(axis=1)
    share: NDArray[np.float64] = (positives * below).sum(axis=1) / np.where(pairs, pairs, np.nan)
    return share


def calibration_error(
    confidences: NDArray[np.float64], positive: NDArray[np.float64], counts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Expected calibration error: mean gap between confidence and share, weighted by cases.

    A `Figure` of each draw, over `BINS` equally wide bins.
    """
    import numpy as np

    own_bin = np.minimum((confidences * BINS).astype(int), BINS - 1)
    members = np.eye(BINS)[own_bin]  # (n, bins)
    gaps = np.abs((counts * (confidences - positive)) @ members)  # (d, bins)
    error: NDArray[np.float64] = gaps.sum(axis=1) / counts.sum(axis=1)
    return error


def brier(
    confidences: NDArray[np.float64], positive: NDArray[np.float64], counts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Mean squared distance between confidence and outcome; 0 is best. A `Figure` of each draw."""
    score: NDArray[np.float64] = (counts @ (confidences - positive) ** 2) / counts.sum(axis=1)
    return score


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
    confidences: Sequence[float], positive: Sequence[bool], bins: int = BINS
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
