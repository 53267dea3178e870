"""Results → summary: every metric with its interval or its reason, slices, blame. Pure."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

from eval.confidence import collect_judged, count_table, describe_curves, measure_confidence
from eval.measures import measure_mean
from eval.metrics.catalogue import METRICS
from eval.metrics.latency import summarise_latency
from eval.results import STAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.estimating import Prices
    from eval.measures import Measure
    from eval.results import CaseResult

Quoted = tuple[str, int, int]
SLICED: Final = ("right", "right_answer", "right_abstention", "gold_cited", "ndcg@10")
"""Metrics shown for each slice."""

NO_CASE: Final = "the data set holds no case for it"
PAYERS: Final = ("", "judge_")
"""What goes before the names of tokens: those of answers, and those of their judge."""


def summarise(results: Sequence[CaseResult], prices: Prices | None = None) -> dict[str, Any]:
    """The summary of a run, JSON-ready and without times."""
    judged = collect_judged(results)
    measures = {**measure_scores(results), **measure_confidence(judged)}
    return {
        "schema": 1,
        "cases": len(results),
        "kinds": dict(sorted(Counter(result.kind for result in results).items())),
        "errors": sum(result.error is not None for result in results),
        "error_types": dict(sorted(Counter(r.error for r in results if r.error).items())),
        "metrics": {
            metric.name: measures[metric.name].to_dict()
            for metric in METRICS
            if metric.name in measures
        },
        "cost": measure_cost(results, prices),
        "abstention": asdict(count_table(judged)),
        "blame": count_blame(results),
        "slices": measure_slices(results),
        "curves": describe_curves(judged),
    }


def measure_scores(results: Sequence[CaseResult]) -> dict[str, Measure]:
    """The mean of every score that cases carry, over the cases that carry it."""
    measures: dict[str, Measure] = {}
    for metric in METRICS:
        scored = [r for r in results if metric.name in r.scores]
        measures[metric.name] = measure_mean(
            [r.scores[metric.name] for r in scored],
            [r.group for r in scored],
            _find_reason(results, metric.name),
        )
    return measures


def _find_reason(results: Sequence[CaseResult], name: str) -> str:
    reasons = Counter(r.not_measured[name] for r in results if name in r.not_measured)
    return reasons.most_common(1)[0][0] if reasons else NO_CASE


def measure_cost(results: Sequence[CaseResult], prices: Prices | None) -> dict[str, Any]:
    """Tokens of the whole run, a judge's too, and their price; not those of counterfactuals."""
    sent, written = count_tokens(results)
    if not sent:
        return {"state": "not measured", "reason": "no chat model told of tokens"}
    return {
        "state": "measured",
        "input_tokens": sent,
        "output_tokens": written,
        "cost": prices.cost(sent, written) if prices else None,
    }


def count_tokens(results: Sequence[CaseResult]) -> tuple[float, float]:
    """Tokens sent to chat models and written by them, to word answers and to judge them."""
    sent, written = (
        sum(result.scores.get(f"{whose}{name}", 0.0) for result in results for whose in PAYERS)
        for name in ("input_tokens", "output_tokens")
    )
    return sent, written


def measure_slices(results: Sequence[CaseResult]) -> dict[str, dict[str, Any]]:
    """Slice → share of right cases and the sliced metrics that were measured in it."""
    slices: dict[str, dict[str, Any]] = {}
    for name in sorted({name for result in results for name in result.slices}):
        members = [result for result in results if name in result.slices]
        own = [replace(r, scores={**r.scores, "right_cases": float(r.right)}) for r in members]
        slices[name] = {}
        for metric in ("right_cases", *SLICED):
            scored = [r for r in own if metric in r.scores]
            if scored:
                values, groups = [r.scores[metric] for r in scored], [r.group for r in scored]
                slices[name][metric] = measure_mean(values, groups, "").to_dict()
    return slices


def count_blame(results: Sequence[CaseResult]) -> dict[str, int]:
    """Stage → wrong cases put down to it, every stage named."""
    counts = Counter(result.blame.stage for result in results if result.blame)
    return {stage: counts[stage] for stage in STAGES}


def score_variants(results: Sequence[CaseResult]) -> list[CaseResult]:
    """The results; in groups that ask for the same in several ways, with `same_citation`.

    It is 1 for a case whose answer cites the sentence that most of its group's answers cite.
    """
    groups: dict[tuple[str, str], list[CaseResult]] = {}
    for result in results:
        if (gold := result.facts.get("gold")) and result.kind == "question":
            groups.setdefault((result.group, json.dumps(gold)), []).append(result)
    shared: dict[str, Quoted | None] = {
        result.id: _find_most_cited(members)
        for members in groups.values()
        for result in members
        if len(members) > 1
    }
    return [
        _with_score(result, "same_citation", shared[result.id] in _cited(result))
        if result.id in shared
        else result
        for result in results
    ]


def _find_most_cited(members: Sequence[CaseResult]) -> Quoted | None:
    counts = Counter(quote for member in members for quote in set(_cited(member)))
    return min(counts, key=lambda quote: (-counts[quote], quote)) if counts else None


def _with_score(result: CaseResult, name: str, value: float) -> CaseResult:
    return replace(result, scores={**result.scores, name: float(value)})


def _cited(result: CaseResult) -> list[Quoted]:
    """Where an answer's quotes stand, in order."""
    sources = result.facts["answer"]["sources"]
    return [(source["article_id"], source["start"], source["end"]) for source in sources]


def summarise_times(results: Sequence[CaseResult]) -> dict[str, dict[str, Any]]:
    """Stage → count, median, 95th percentile and maximum in milliseconds."""
    stages = sorted({stage for result in results for stage in result.latency_ms})
    latencies = {
        stage: summarise_latency([r.latency_ms[stage] for r in results if stage in r.latency_ms])
        for stage in stages
    }
    return {stage: asdict(latency) for stage, latency in latencies.items() if latency}
