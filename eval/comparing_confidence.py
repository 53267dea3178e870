"""Paired differences of figures that belong to a run as a whole: AUROC, calibration, risk.

By a paired bootstrap over the common cases: both figures are computed on the same draws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from eval.confidence import FIGURES, choose, collect_judged, outcome_of
from eval.metrics.catalogue import BY_NAME
from eval.statistics.draws import bootstrap_difference, compute_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.confidence import Judged
    from eval.results import CaseResult
    from eval.statistics.draws import Figure

DRAWS: Final = 4000
"""So many that a clear difference stays clear once p is adjusted for the number of metrics."""


def compare_confidence(pairs: Sequence[tuple[CaseResult, CaseResult]]) -> list[dict[str, Any]]:
    """A row for each figure that both runs allow, as `comparing.compare_metric` gives them."""
    judged = [
        (first[0], second[0])
        for a, b in pairs
        if (first := collect_judged([a])) and (second := collect_judged([b]))
    ]
    rows = (_compare(name, figure, judged) for name, figure in FIGURES.items())
    return [row for row in rows if row is not None]


def _compare(
    name: str, figure: Figure, every: Sequence[tuple[Judged, Judged]]
) -> dict[str, Any] | None:
    chosen = {id(case) for case in choose(name, [a for a, _ in every])}
    pairs = [(a, b) for a, b in every if id(a) in chosen]
    first, second = (_columns(name, [pair[side] for pair in pairs]) for side in (0, 1))
    before, after = compute_figure(figure, *first), compute_figure(figure, *second)
    if before is None or after is None:
        return None
    groups = [a.group for a, _ in pairs]
    found = bootstrap_difference(figure, first, second, groups, DRAWS)
    low, high, p_value = found or (after - before, after - before, 1.0)
    return {
        "name": name,
        "better": BY_NAME[name].better,
        "unit": BY_NAME[name].unit,
        "cases": len(pairs),
        "first": before,
        "second": after,
        "difference": after - before,
        "low": low,
        "high": high,
        "p_value": p_value,
        "mcnemar": None,
        "effect": None,
        "least_detectable": None,
    }


def _columns(name: str, cases: Sequence[Judged]) -> tuple[list[float], list[bool]]:
    """Confidences and what they are held against."""
    return [case.confidence for case in cases], [outcome_of(name, case) for case in cases]
