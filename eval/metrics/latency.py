"""Percentiles of durations."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Latency:
    """How long something took, over its runs, in milliseconds."""

    count: int
    p50_ms: float
    p95_ms: float
    max_ms: float


def find_percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie, interpolated linearly between ranks.

    Method 7 of Hyndman and Fan (1996), the one that numpy uses.

    Raises:
        ValueError: no values, or a share outside 0 to 1.
    """
    if not values or not 0 <= share <= 1:
        raise ValueError(f"{len(values)} values and a share of {share}; needed: values, 0 to 1")
    ordered = sorted(values)
    position = share * (len(ordered) - 1)
    below = floor(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


def summarise_latency(durations_ms: Sequence[float]) -> Latency | None:
    """Median, 95th percentile and maximum; None where nothing was timed."""
    if not durations_ms:
        return None
    return Latency(
        count=len(durations_ms),
        p50_ms=find_percentile(durations_ms, 0.5),
        p95_ms=find_percentile(durations_ms, 0.95),
        max_ms=max(durations_ms),
    )
