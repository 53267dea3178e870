"""Paired differences of figures that belong to a run as a whole: AUROC, calibration, risk.

By a paired bootstrap over the common cases (Efron and Tibshirani 1993): both figures are computed
on the same draw, and the p-value is twice the share of draws on the other side of no difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eval.confidence import STATISTICS, choose, collect_judged
from eval.metrics.catalogue import BY_NAME
from eval.statistics.intervals import SEED, STATISTIC_DRAWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.confidence import Judged, Statistic
    from eval.results import CaseResult


def compare_confidence(pairs: Sequence[tuple[CaseResult, CaseResult]]) -> list[dict[str, Any]]:
    """A row for each figure that both runs allow, as `comparing.compare_metric` gives them."""
    judged = [
        (first[0], second[0])
        for a, b in pairs
        if (first := collect_judged([a])) and (second := collect_judged([b]))
    ]
    rows = (_compare(name, statistic, judged) for name, statistic in STATISTICS.items())
    return [row for row in rows if row is not None]


def _compare(
    name: str, statistic: Statistic, every: Sequence[tuple[Judged, Judged]]
) -> dict[str, Any] | None:
    import numpy as np

    judged = [(a, b) for a, b in every if choose(name, [a])]
    before, after = statistic([a for a, _ in judged]), statistic([b for _, b in judged])
    if before is None or after is None:
        return None
    size = (STATISTIC_DRAWS, len(judged))
    picks = np.random.default_rng(SEED).integers(0, len(judged), size=size).tolist()
    drawn = [_difference(statistic, [judged[index] for index in pick]) for pick in picks]
    computed = [found for found in drawn if found is not None] or [after - before]
    low, high = np.percentile(computed, [2.5, 97.5])
    below = sum(found <= 0 for found in computed) + 1
    above = sum(found >= 0 for found in computed) + 1
    return {
        "name": name,
        "better": BY_NAME[name].better,
        "unit": BY_NAME[name].unit,
        "cases": len(judged),
        "first": before,
        "second": after,
        "difference": after - before,
        "low": float(low),
        "high": float(high),
        "p_value": min(1.0, 2 * min(below, above) / (len(computed) + 1)),
        "mcnemar": None,
        "effect": None,
        "least_detectable": None,
    }


def _difference(statistic: Statistic, judged: Sequence[tuple[Judged, Judged]]) -> float | None:
    before, after = statistic([a for a, _ in judged]), statistic([b for _, b in judged])
    return None if before is None or after is None else after - before
