"""Whether two runs over the same cases differ.

Permutation test by flipping signs: Fisher 1935; Good 2005. McNemar's exact test: McNemar 1947.
Paired bootstrap: Efron and Tibshirani 1993.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb, sqrt
from typing import TYPE_CHECKING

from eval.statistics.intervals import (
    SEED,
    Z_POWER_80_PERCENT,
    Z_TWO_SIDED_5_PERCENT,
    Interval,
    bootstrap_interval,
    gather_groups,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOLERANCE = 1e-12


@dataclass(frozen=True, slots=True)
class PairedTest:
    """The difference of two runs, second less first.

    Attributes:
        difference: mean difference with its bootstrap interval.
        p_value: two-sided, by permutation.
        effect: mean difference in standard deviations of the differences; None where all are equal.
        least_detectable: smallest difference that this many cases would likely show.
    """

    difference: Interval
    p_value: float
    effect: float | None
    least_detectable: float | None

    @property
    def is_significant(self) -> bool:
        """Whether the difference is unlikely to be chance, at the 5 % level."""
        return self.p_value < 0.05


def compare_paired(
    first: Sequence[float], second: Sequence[float], groups: Sequence[str] | None = None
) -> PairedTest:
    """Compares two runs' scores of the same cases, in the same order.

    Args:
        first: a score a case.
        second: the other run's.
        groups: what each case belongs to; signs are tossed and draws made by group.

    Raises:
        ValueError: no cases, or lists of different length.
    """
    differences = [after - before for before, after in zip(first, second, strict=True)]
    members = gather_groups(differences, groups)
    means = [sum(group) / len(group) for group in members]
    spread = _deviation(means)
    z = Z_TWO_SIDED_5_PERCENT + Z_POWER_80_PERCENT
    difference = bootstrap_interval(differences, groups)
    return PairedTest(
        difference=difference,
        p_value=permute_signs([sum(group) for group in members]),
        effect=difference.value / spread if spread else None,
        least_detectable=z * spread / sqrt(len(means)) if spread else None,
    )


def _deviation(values: Sequence[float]) -> float:
    if len(values) < 2:
        return 0.0
    mean = sum(values) / len(values)
    return sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))


def permute_signs(differences: Sequence[float], seed: int = SEED, draws: int = 10_000) -> float:
    """Two-sided p-value of the mean difference when each case's sign is a coin toss.

    Exact (every sign pattern) for up to 12 cases that differ, else by `draws` seeded tosses, with
    the observed pattern counted as one of them (Phipson and Smyth 2010).
    """
    import numpy as np

    changed = np.asarray([value for value in differences if value], dtype=np.float64)  # (c,)
    count = len(changed)
    if not count:
        return 1.0
    observed = abs(float(changed.sum())) - _TOLERANCE
    if count <= 12:
        bits = (np.arange(2**count)[:, None] >> np.arange(count)) & 1  # (2**c, c)
        return float((np.abs((2 * bits - 1) @ changed) >= observed).mean())
    tosses = np.random.default_rng(seed).integers(0, 2, size=(draws, count), dtype=np.int8)
    extreme = int((np.abs((2.0 * tosses - 1) @ changed) >= observed).sum())
    return (extreme + 1) / (draws + 1)


def score_mcnemar(first: Sequence[bool], second: Sequence[bool]) -> float:
    """McNemar's exact two-sided p-value of pass and fail over the same cases."""
    gained = sum(after and not before for before, after in zip(first, second, strict=True))
    lost = sum(before and not after for before, after in zip(first, second, strict=True))
    flipped = gained + lost
    tail = sum(comb(flipped, k) for k in range(min(gained, lost) + 1)) / 2**flipped
    return float(min(1.0, 2 * tail))
