"""Runs of a grid → leaderboard and Pareto front. Pure.

The best of many looks better than it is (the winner's curse): its difference from the product as
it is is given with p-values adjusted for the number of combinations (Holm 1979), and it should be
run once more on cases that the sweep did not see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eval.comparing import adjust_p_values, compare_metric, pair_cases
from eval.metrics.catalogue import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.run_folder import Run
    from eval.sweep.grid import Variant


def make_leaderboard(runs: Sequence[tuple[Variant, str, Run]], metric: str) -> list[dict[str, Any]]:
    """Rows of a leaderboard, JSON-ready, best first; what was not measured comes last.

    Each has the combination's `name` and `values`, its run's `folder`, the metric's `measure` as in
    `summary.json`, the whole answer's `p50_ms` and `p95_ms`, the paired `difference` from the
    product as it is, as in a comparison (None for itself, and for figures of a whole run), and
    whether it is `on_front`: no other is at least as good and as fast, and better in one of them.

    Args:
        runs: each combination, its run's folder and its run; the product as it is comes first.
        metric: what they are ranked by.
    """
    base = runs[0][2]
    rows = [_make_row(variant, folder, run, base, metric) for variant, folder, run in runs]
    tested = [row for row in rows if row["difference"]]
    adjusted = adjust_p_values([row["difference"]["p_value"] for row in tested])
    for row, p in zip(tested, adjusted, strict=True):
        row["difference"]["p_adjusted"] = p
    sign = -1 if BY_NAME[metric].better == "lower" else 1
    for row in rows:
        row["on_front"] = _is_on_front(row, rows, sign)
    return sorted(rows, key=lambda row: _rank(row, sign))


def _make_row(variant: Variant, folder: str, run: Run, base: Run, metric: str) -> dict[str, Any]:
    times = run.times["stages"].get("answer", {})
    is_base = run is base
    pairs = [] if is_base else pair_cases(base.results, run.results)
    return {
        "name": variant.name,
        "values": dict(variant.values),
        "folder": folder,
        "measure": run.summary["metrics"][metric],
        "p50_ms": times.get("p50_ms"),
        "p95_ms": times.get("p95_ms"),
        "difference": compare_metric(BY_NAME[metric], pairs) if pairs else None,
        "on_front": False,
    }


def _rank(row: dict[str, Any], sign: int) -> tuple[float, float, str]:
    value = _value(row)
    return (
        float("inf") if value is None else -sign * value,
        row["p50_ms"] or float("inf"),
        row["name"],
    )


def _value(row: dict[str, Any]) -> float | None:
    measure = row["measure"]
    return float(measure["value"]) if measure["state"] == "measured" else None


def _is_on_front(row: dict[str, Any], rows: Sequence[dict[str, Any]], sign: int) -> bool:
    own = _place(row, sign)
    others = (_place(other, sign) for other in rows if other is not row)
    return own is not None and not any(
        other is not None and other != own and other[0] >= own[0] and other[1] <= own[1]
        for other in others
    )


def _place(row: dict[str, Any], sign: int) -> tuple[float, float] | None:
    """Quality, higher is better, and time, lower is better."""
    value = _value(row)
    return None if value is None or row["p50_ms"] is None else (sign * value, row["p50_ms"])
