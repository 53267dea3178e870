"""Intervals around a figure, and the smallest difference that its data set could detect.

Percentile bootstrap: Efron 1979. Wilson's interval for rates: Wilson 1927, recommended for small
samples by Brown, Cai and DasGupta 2001; the bootstrap has no width at 0 and at 100 %. Least
detectable difference: Miller 2024, "Adding error bars to evals" (arXiv 2411.00640), section 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

SEED: Final = 20250101
DRAWS: Final = 2000
Z_TWO_SIDED_5_PERCENT: Final = 1.959963984540054
Z_POWER_80_PERCENT: Final = 0.8416212335729143
ASSUMED_CORRELATION: Final = 0.5
"""Correlation of two versions' scores over the same cases, where only one version was run."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % interval.

    Attributes:
        count: cases that it rests on.
        method: how the interval was made.
    """

    value: float
    low: float
    high: float
    count: int
    method: str


def wilson_interval(hits: int, count: int) -> Interval:
    """A rate with Wilson's 95 % interval.

    Raises:
        ValueError: no cases, or more hits than cases.
    """
    if count < 1 or not 0 <= hits <= count:
        raise ValueError(f"{hits} hits of {count} cases; needed: at least 1 case, 0 to all hits")
    rate, z_squared = hits / count, Z_TWO_SIDED_5_PERCENT**2
    scale = 1 + z_squared / count
    centre = (rate + z_squared / (2 * count)) / scale
    spread = rate * (1 - rate) / count + z_squared / (4 * count**2)
    half = Z_TWO_SIDED_5_PERCENT * sqrt(spread) / scale
    low = 0.0 if hits == 0 else max(0.0, centre - half)
    high = 1.0 if hits == count else min(1.0, centre + half)
    return Interval(rate, low, high, count, "wilson")


def bootstrap_interval(values: Sequence[float], seed: int = SEED, draws: int = DRAWS) -> Interval:
    """The mean with its 95 % percentile bootstrap interval over the cases.

    Raises:
        ValueError: no values.
    """
    import numpy as np

    if not values:
        raise ValueError("no values to average; needed: at least 1")
    scores = np.asarray(values, dtype=np.float64)  # (n,)
    picks = np.random.default_rng(seed).integers(0, len(scores), size=(draws, len(scores)))
    low, high = np.percentile(scores[picks].mean(axis=1), [2.5, 97.5])
    return Interval(float(scores.mean()), float(low), float(high), len(scores), "bootstrap")


def estimate_mean(values: Sequence[float], seed: int = SEED) -> Interval:
    """The mean with its interval: Wilson's where every value is 0 or 1, else the bootstrap's."""
    if values and all(value in (0, 1) for value in values):
        return wilson_interval(round(sum(values)), len(values))
    return bootstrap_interval(values, seed)


def find_least_difference(values: Sequence[float]) -> float | None:
    """The smallest true difference that a paired comparison on these cases would likely show.

    With 80 % power at the 5 % level, for two versions whose scores correlate by
    `ASSUMED_CORRELATION`. A rate is shrunk towards one half by two cases each way (Agresti and
    Coull 1998), so that a perfect score does not promise to detect anything. None below 2 cases.
    """
    count = len(values)
    if count < 2:
        return None
    mean = sum(values) / count
    if all(value in (0, 1) for value in values):
        shrunk = (sum(values) + 2) / (count + 4)
        variance = shrunk * (1 - shrunk)
    else:
        variance = sum((value - mean) ** 2 for value in values) / (count - 1)
    z = Z_TWO_SIDED_5_PERCENT + Z_POWER_80_PERCENT
    return min(1.0, z * sqrt(2 * (1 - ASSUMED_CORRELATION) * variance / count))
