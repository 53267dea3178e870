"""What a run says about the assistant's confidence: ranking, calibration, risk and coverage.

The label is whether the library answers the question (`expected` is answer, not abstain): that is
what the confidence claims to be the probability of.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from eval.measures import Measured, NotMeasured
from eval.metrics.abstention import (
    AbstentionTable,
    count_abstentions,
    measure_risk_area,
    trace_risk,
)
from eval.metrics.calibration import (
    bin_reliability,
    measure_brier,
    measure_calibration_error,
    score_auroc,
)
from eval.statistics.intervals import bootstrap_statistic

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eval.measures import Measure
    from eval.results import CaseResult

NEAR_MISS: Final = "near-miss"
OFF_TOPIC: Final = "off-topic"


@dataclass(frozen=True, slots=True)
class Judged:
    """A question that should be answered or declined, and what came.

    Attributes:
        confidence: the assistant's; 0 to 1.
        answerable: whether the library answers it.
        answered: whether it was answered.
        right: whether the answer, or declining, was right.
        tags: the case's, spelt with hyphens.
    """

    confidence: float
    answerable: bool
    answered: bool
    right: bool
    tags: frozenset[str]


def collect_judged(results: Sequence[CaseResult]) -> list[Judged]:
    """The questions that should be answered or declined; those that failed are left out."""
    judged = []
    for result in results:
        case = result.facts.get("case", {})
        if case.get("expected") not in {"answer", "abstain"} or "confidence" not in result.scores:
            continue
        judged.append(
            Judged(
                confidence=result.scores["confidence"],
                answerable=case["expected"] == "answer",
                answered=result.facts["answer"]["kind"] == "answer",
                right=result.right,
                tags=frozenset(tag.replace("_", "-") for tag in case.get("tags", ())),
            )
        )
    return judged


def measure_confidence(judged: Sequence[Judged]) -> dict[str, Measure]:
    """AUROC (all, near misses, off topic), calibration error, Brier score, risk–coverage area."""
    near = [case for case in judged if case.answerable or NEAR_MISS in case.tags]
    far = [case for case in judged if case.answerable or OFF_TOPIC in case.tags]
    one_kind = "needed are answerable and unanswerable questions"
    none = "the data set holds no question to be answered or declined"
    return {
        "auroc": _measure(judged, _auroc, one_kind),
        "auroc_near_miss": _measure(near, _auroc, f"{one_kind}, the latter tagged {NEAR_MISS}"),
        "auroc_off_topic": _measure(far, _auroc, f"{one_kind}, the latter tagged {OFF_TOPIC}"),
        "calibration_error": _measure(judged, _calibration_error, none),
        "brier": _measure(judged, _brier, none),
        "risk_area": _measure(judged, _risk_area, none),
    }


def count_table(judged: Sequence[Judged]) -> AbstentionTable:
    """Right and wrong answers, over-refusals, right abstentions, unsupported answers."""
    return count_abstentions([(case.answerable, case.answered, case.right) for case in judged])


def describe_curves(judged: Sequence[Judged]) -> dict[str, list[dict[str, Any]]]:
    """Points of the risk–coverage curve and bins of the reliability diagram, JSON-ready."""
    confidences = [case.confidence for case in judged]
    curve = trace_risk(confidences, [_would_be_right(case) for case in judged])
    bins = bin_reliability(confidences, [case.answerable for case in judged])
    return {
        "risk": [asdict(point) for point in curve],
        "reliability": [asdict(group) for group in bins],
    }


def _measure(
    judged: Sequence[Judged], statistic: Callable[[Sequence[Judged]], float | None], reason: str
) -> Measure:
    interval = bootstrap_statistic(judged, statistic)
    return Measured(interval) if interval else NotMeasured(reason)


def _would_be_right(case: Judged) -> bool:
    """Whether answering is right; what a declined question's answer would be counts as wrong."""
    return case.answered and case.right


def _auroc(judged: Sequence[Judged]) -> float | None:
    return score_auroc([c.confidence for c in judged], [c.answerable for c in judged])


def _calibration_error(judged: Sequence[Judged]) -> float | None:
    return measure_calibration_error([c.confidence for c in judged], [c.answerable for c in judged])


def _brier(judged: Sequence[Judged]) -> float | None:
    return measure_brier([c.confidence for c in judged], [c.answerable for c in judged])


def _risk_area(judged: Sequence[Judged]) -> float | None:
    return measure_risk_area([c.confidence for c in judged], [_would_be_right(c) for c in judged])
