"""Two runs over the same cases → what differs, how surely, and which cases flipped. Pure.

p-values are also given adjusted for the number of metrics looked at (Holm 1979).
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from eval.comparing_confidence import compare_confidence
from eval.errors import RunError
from eval.metrics.catalogue import METRICS
from eval.results import STAGES
from eval.statistics.paired import compare_paired, score_mcnemar
from eval.summary import count_blame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.metrics.catalogue import Metric
    from eval.results import CaseResult
    from eval.run_folder import Run

Pair = tuple["CaseResult", "CaseResult"]


def compare_runs(first: Run, second: Run) -> dict[str, Any]:
    """The differences of the second run from the first, JSON-ready.

    Raises:
        RunError: the runs share no case.
    """
    pairs = pair_cases(first.results, second.results)
    if not pairs:
        raise RunError("The two runs share no case: compare runs of the same data set.")
    rows = [row for metric in METRICS if (row := compare_metric(metric, pairs))]
    rows += compare_confidence(pairs)
    adjusted = adjust_p_values([row["p_value"] for row in rows])
    return {
        "schema": 1,
        "first": first.manifest["fingerprint"],
        "second": second.manifest["fingerprint"],
        "same_dataset": first.manifest["dataset"]["sha256"] == second.manifest["dataset"]["sha256"],
        "cases": len(pairs),
        "only_first": len(first.results) - len(pairs),
        "only_second": len(second.results) - len(pairs),
        "metrics": {
            row["name"]: {**row, "p_adjusted": p, "verdict": _judge(row, p)}
            for row, p in zip(rows, adjusted, strict=True)
        },
        "blame": _compare_blame(pairs),
        "flipped": find_flipped(pairs),
    }


def pair_cases(first: Sequence[CaseResult], second: Sequence[CaseResult]) -> list[Pair]:
    """The results of the cases that both runs hold, by the first one's order."""
    others = {result.id: result for result in second}
    return [(result, others[result.id]) for result in first if result.id in others]


def compare_metric(metric: Metric, pairs: Sequence[Pair]) -> dict[str, Any] | None:
    """The paired difference of a metric; None where no case carries it in both runs."""
    name = metric.name
    scored = [(a, b) for a, b in pairs if name in a.scores and name in b.scores]
    if not scored:
        return None
    before, after = [a.scores[name] for a, _ in scored], [b.scores[name] for _, b in scored]
    test = compare_paired(before, after, [a.group for a, _ in scored])
    is_rate = all(value in {0, 1} for value in (*before, *after))
    return {
        "name": name,
        "better": metric.better,
        "unit": metric.unit,
        "cases": len(scored),
        "first": sum(before) / len(before),
        "second": sum(after) / len(after),
        "difference": test.difference.value,
        "low": test.difference.low,
        "high": test.difference.high,
        "p_value": test.p_value,
        "mcnemar": score_mcnemar(list(map(bool, before)), list(map(bool, after)))
        if is_rate
        else None,
        "effect": test.effect,
        "least_detectable": test.least_detectable,
    }


def adjust_p_values(p_values: Sequence[float]) -> list[float]:
    """Holm's step-down adjustment (1979), in the order given."""
    order = sorted(range(len(p_values)), key=lambda index: p_values[index])
    adjusted, highest = [0.0] * len(p_values), 0.0
    for rank, index in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = highest
    return adjusted


def _judge(row: dict[str, Any], p_adjusted: float) -> str:
    if p_adjusted >= 0.05 or row["difference"] == 0:
        return "no difference shown"
    if row["better"] == "neither":
        return "different"
    return "better" if (row["difference"] > 0) == (row["better"] == "higher") else "worse"


def find_flipped(pairs: Sequence[Pair]) -> list[dict[str, Any]]:
    """The cases right in one run only, newly wrong ones first."""
    flipped = [
        {
            "id": a.id,
            "text": a.facts["case"].get("question") or a.facts["case"].get("message", ""),
            "now": "right" if b.right else "wrong",
            "blame": asdict(blame) if (blame := b.blame or a.blame) else None,
        }
        for a, b in pairs
        if a.right != b.right
    ]
    return sorted(flipped, key=lambda row: row["now"] != "wrong")


def _compare_blame(pairs: Sequence[Pair]) -> dict[str, dict[str, int]]:
    first, second = count_blame([a for a, _ in pairs]), count_blame([b for _, b in pairs])
    return {stage: {"first": first[stage], "second": second[stage]} for stage in STAGES}
