"""Summaries and comparisons as lines for a terminal. Pure."""

from __future__ import annotations

from typing import Any

from eval.metrics.catalogue import BY_NAME
from eval.report.rendering import show_probability
from eval.summary import NO_CASE


def show_summary(summary: dict[str, Any]) -> str:
    """The measured metrics with their intervals, why a judge gave none, and what is to blame."""
    lines = [f"{summary['cases']} cases, {summary['errors']} failed"]
    for name, measure in summary["metrics"].items():
        if measure["state"] == "measured":
            interval = f"[{measure['low']:.3f}, {measure['high']:.3f}]"
            figures = f"{measure['value']:7.3f}  {interval:<18} {measure['cases']:>5} cases"
            lines.append(f"{BY_NAME[name].title:<32}{figures}")
        elif BY_NAME[name].group == "judge" and measure["reason"] != NO_CASE:
            lines.append(f"{BY_NAME[name].title:<32}not measured: {measure['reason']}")
    lines += [f"Failed: {count} × {error}" for error, count in summary["error_types"].items()]
    blamed = ", ".join(f"{stage} {count}" for stage, count in summary["blame"].items() if count)
    return "\n".join([*lines, f"Blamed for wrong cases: {blamed or 'nothing'}"])


def show_comparison(comparison: dict[str, Any]) -> str:
    """The differences with their intervals, and the cases that flipped."""
    lines = [f"{comparison['cases']} cases in both runs"]
    if not comparison["same_dataset"]:
        lines.append("The data sets differ; only the cases that both runs hold are compared.")
    for name, row in comparison["metrics"].items():
        figures = f"{row['first']:7.3f} → {row['second']:6.3f}  {row['difference']:+.3f}"
        interval = f"[{row['low']:+.3f}, {row['high']:+.3f}]"
        lines.append(
            f"{BY_NAME[name].title:<32}{figures}  {interval:<18} p "
            f"{show_probability(row['p_value'])} (adjusted {show_probability(row['p_adjusted'])})  "
            f"{row['verdict']}"
        )
    for stage, counts in comparison["blame"].items():
        if counts["first"] or counts["second"]:
            lines.append(f"Blamed on {stage}: {counts['first']} → {counts['second']}")
    lines += [
        f"{row['id']} is now {row['now']} ({row['blame']['stage'] if row['blame'] else 'wrong'})"
        for row in comparison["flipped"]
    ]
    return "\n".join(lines)
