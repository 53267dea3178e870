"""A sweep as a page: leaderboard and Pareto front."""

from __future__ import annotations

from typing import Any

from eval.metrics.catalogue import BY_NAME
from eval.report.plots import plot_front
from eval.report.rendering import render


def make_page(sweep: dict[str, Any]) -> str:
    """The sweep's page, self-contained but for links to its runs' reports beside it."""
    placed = [
        row for row in sweep["rows"] if row["p50_ms"] and row["measure"]["state"] == "measured"
    ]
    points = [
        (row["name"], row["p50_ms"], row["measure"]["value"], row["on_front"]) for row in placed
    ]
    return render(
        "sweep.html.jinja",
        dataset=sweep["dataset"],
        metric=BY_NAME[sweep["metric"]],
        rows=sweep["rows"],
        front=plot_front(points),
    )
