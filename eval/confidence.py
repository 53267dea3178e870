"""What a run says about the assistant's confidence: ranking, calibration, risk and coverage.

The label is whether the library answers the question (`expected` is answer, not abstain): that is
what the confidence claims to be the probability of.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from eval.measures import Measured, NotMeasured
from eval.metrics.abstention import AbstentionTable, count_abstentions, risk_area, trace_risk
from eval.metrics.calibration import auroc, bin_reliability, brier, calibration_error
from eval.statistics.draws import Figure, bootstrap_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.measures import Measure
    from eval.results import CaseResult

NEAR_MISS: Final = "near-miss"
OFF_TOPIC: Final = "off-topic"
ONLY_TAGGED: Final = {"auroc_near_miss": NEAR_MISS, "auroc_off_topic": OFF_TOPIC}


@dataclass(frozen=True, slots=True)
class Judged:
    """A question that should be answered or declined, and what came.

    Attributes:
        confidence: the assistant's; 0 to 1.
        answerable: whether the library answers it.
        answered: whether it was answered.
        right: whether the answer, or declining, was right.
        tags: the case's, spelt with hyphens.
        group: what the case belongs to.
    """

    confidence: float
    answerable: bool
    answered: bool
    right: bool
    tags: frozenset[str]
    group: str


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
                group=result.group,
            )
        )
    return judged


def measure_confidence(judged: Sequence[Judged]) -> dict[str, Measure]:
    """AUROC (all, near misses, off topic), calibration error, Brier score, risk–coverage area."""
    return {name: _measure(name, figure, judged) for name, figure in FIGURES.items()}


def choose(name: str, judged: Sequence[Judged]) -> list[Judged]:
    """The cases that a figure is about: for some, unanswerable questions of one kind only.

    None for risk without an answerable question: then every answer is wrong, whatever the
    confidence.
    """
    if name == "risk_area" and not any(case.answerable for case in judged):
        return []
    tag = ONLY_TAGGED.get(name)
    return [case for case in judged if tag is None or case.answerable or tag in case.tags]


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


def _measure(name: str, figure: Figure, judged: Sequence[Judged]) -> Measure:
    cases = choose(name, judged)
    interval = bootstrap_figure(
        figure,
        [case.confidence for case in cases],
        [outcome_of(name, case) for case in cases],
        [case.group for case in cases],
    )
    return Measured(interval) if interval else NotMeasured(_explain(name))


def _explain(name: str) -> str:
    if name == "risk_area":
        return "the data set holds no answerable question"
    if not name.startswith("auroc"):
        return "the data set holds no question to be answered or declined"
    tag = ONLY_TAGGED.get(name)
    kind = f"unanswerable questions tagged {tag}" if tag else "unanswerable questions"
    return f"needed are answerable questions and {kind}"


def _would_be_right(case: Judged) -> bool:
    """Whether answering is right; what a declined question's answer would be counts as wrong."""
    return case.answered and case.right


FIGURES: Final[dict[str, Figure]] = {
    "auroc": auroc,
    "auroc_near_miss": auroc,
    "auroc_off_topic": auroc,
    "calibration_error": calibration_error,
    "brier": brier,
    "risk_area": risk_area,
}
"""Figures of a run as a whole, by metric."""


def outcome_of(name: str, case: Judged) -> bool:
    """What a figure holds the confidence against: answerable, or for risk answered rightly."""
    return _would_be_right(case) if name == "risk_area" else case.answerable
