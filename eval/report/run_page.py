"""A run as a page: figures first, then plots, then every case, failures first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from eval.metrics.catalogue import METRICS
from eval.report.plots import plot_bars, plot_durations, plot_reliability, plot_risk
from eval.report.rendering import render
from eval.results import STAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.metrics.catalogue import Metric
    from eval.results import CaseResult
    from eval.run_folder import Run

PASSAGE_CHARACTERS: Final = 300
"""How much of a passage found is shown, so that 2,000 cases open at once."""

SLICES_PLOTTED: Final = 30


def make_page(run: Run) -> str:
    """The run's page, self-contained."""
    summary = run.summary
    metrics = summary["metrics"]
    measured = [m for m in METRICS if metrics.get(m.name, {}).get("state") == "measured"]
    missing = [m for m in METRICS if metrics.get(m.name, {}).get("state") == "not measured"]
    cases = sorted(run.results, key=lambda result: result.right)
    durations = [t["answer"] for t in run.times["cases"].values() if "answer" in t]
    return render(
        "run.html.jinja",
        manifest=run.manifest,
        manifest_json=json.dumps(run.manifest, ensure_ascii=False, indent=2),
        summary=summary,
        measured=_group_metrics(measured, metrics),
        missing=[(metric, metrics[metric.name]["reason"]) for metric in missing],
        stages=[(stage, summary["blame"][stage]) for stage in STAGES if summary["blame"][stage]],
        slices=summary["slices"],
        latencies=run.times["stages"],
        plots={
            "risk": plot_risk(summary["curves"]["risk"]),
            "reliability": plot_reliability(summary["curves"]["reliability"]),
            "durations": plot_durations(durations),
            "slices": plot_bars(_pick_slices(summary["slices"])),
        },
        cases=[_describe_case(result) for result in cases],
    )


def _group_metrics(
    measured: Sequence[Metric], metrics: dict[str, Any]
) -> list[tuple[str, list[tuple[Metric, dict[str, Any]]]]]:
    """Group → its metrics with their figures, in the catalogue's order."""
    groups: dict[str, list[tuple[Metric, dict[str, Any]]]] = {}
    for metric in measured:
        groups.setdefault(metric.group, []).append((metric, metrics[metric.name]))
    return list(groups.items())


def _pick_slices(slices: dict[str, dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """The largest slices with their share of right cases, worst first."""
    rows = [(name, measures["right_cases"]) for name, measures in slices.items()]
    largest = sorted(rows, key=lambda row: -row[1]["cases"])[:SLICES_PLOTTED]
    return sorted(largest, key=lambda row: (row[1]["value"], row[0]))


def _describe_case(result: CaseResult) -> dict[str, Any]:
    """What the page shows of a case; passages only where something went wrong."""
    facts = result.facts
    case, answer = facts["case"], facts.get("answer")
    text = case.get("question") or case.get("message", "")
    retrieved = [] if result.right else _shorten(facts.get("retrieved", ()))
    return {
        "id": result.id,
        "kind": result.kind,
        "right": result.right,
        "text": text,
        "history": case.get("history", ()),
        "expected": case.get("expected") or case.get("urgency") or "redacted",
        "rewrite": case.get("rewrite"),
        "answer": answer,
        "outcome": _outcome(result),
        "gold": facts.get("gold", ()),
        "retrieved": retrieved,
        "leaks": facts.get("leaks", ()),
        "lost": facts.get("lost", ()),
        "redacted": facts.get("text"),
        "blame": result.blame,
        "error": result.error,
        "slices": result.slices,
        "scores": sorted(result.scores.items()),
        "not_measured": sorted(result.not_measured.items()),
        "search": f"{result.id} {text} {' '.join(result.slices)}".casefold(),
    }


def _outcome(result: CaseResult) -> str:
    if result.error:
        return f"failed: {result.error}"
    answer = result.facts.get("answer")
    if answer:
        return str(answer["kind"])
    return str(result.facts.get("urgency") or ("redacted" if result.right else "leaked or lost"))


def _shorten(passages: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**passage, "text": passage["text"][:PASSAGE_CHARACTERS]} for passage in passages]
