"""A figure with its interval, or the reason why there is none; and their JSON form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eval.statistics.intervals import Interval, estimate_mean, find_least_difference

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure, its 95 % interval, and the smallest difference that its cases could detect."""

    interval: Interval
    least_detectable: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values."""
        interval = self.interval
        return {
            "state": "measured",
            "value": interval.value,
            "low": interval.low,
            "high": interval.high,
            "cases": interval.count,
            "interval": interval.method,
            "least_detectable": self.least_detectable,
        }


@dataclass(frozen=True, slots=True)
class NotMeasured:
    """No figure, and why."""

    reason: str

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values."""
        return {"state": "not measured", "reason": self.reason}


Measure = Measured | NotMeasured


def measure_mean(values: Sequence[float], groups: Sequence[str], reason: str) -> Measure:
    """The mean of the values, or `reason` where there are none.

    Args:
        values: a score a case.
        groups: what each case belongs to; cases of one group are not independent.
        reason: why there may be no values.
    """
    if not values:
        return NotMeasured(reason)
    return Measured(estimate_mean(values, groups), find_least_difference(values, groups))
