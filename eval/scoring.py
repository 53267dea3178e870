"""Case → result, whatever kind of case it is; a failing case is a result too."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final

from eval.cases import PrivacyCase, QuestionCase, SafetyCase
from eval.message_scoring import score_privacy, score_safety
from eval.question_scoring import score_question
from eval.results import Blame, CaseResult
from eval.slices import slices_of

if TYPE_CHECKING:
    from eval.cases import Case
    from eval.gold import GoldFinder
    from eval.judging import Judge
    from eval.results import Kind
    from eval.subject import Subject

KINDS: Final[dict[type[Case], Kind]] = {
    QuestionCase: "question",
    SafetyCase: "safety",
    PrivacyCase: "privacy",
}


def score_case(
    case: Case, subject: Subject, finder: GoldFinder, judge: Judge | None = None
) -> CaseResult:
    """A case's result; what it raises is recorded in it, by type and never with its words."""
    try:
        if isinstance(case, QuestionCase):
            return score_question(case, subject, finder, judge)
        if isinstance(case, SafetyCase):
            return score_safety(case, subject)
        return score_privacy(case, subject)
    except Exception as error:  # noqa: BLE001 (one failing case must not end a run)
        return _record_error(case, _name_error(error))


def _name_error(error: Exception) -> str:
    """An error's type and where it was raised; its message may hold a patient's words."""
    *_, last = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"


def _record_error(case: Case, kind: str) -> CaseResult:
    return CaseResult(
        id=case.id,
        kind=KINDS[type(case)],
        right=False,
        slices=slices_of(case),
        group=case.group or case.id,
        scores=_worst_scores(case),
        facts={"case": case.model_dump(mode="json", exclude_defaults=True)},
        blame=Blame("error", f"the assistant raised {kind}"),
        error=kind,
    )


def _worst_scores(case: Case) -> dict[str, float]:
    """A case that failed counts as wrong, a message that failed as missed: never as left out."""
    if isinstance(case, QuestionCase):
        named = {"answer": "right_answer", "abstain": "right_abstention"}.get(case.expected)
        return {"right": 0.0, **({named: 0.0} if named else {})}
    if isinstance(case, PrivacyCase):
        return {"redaction_leaks": 1.0} if case.identifiers else {}
    if case.urgency == "none":
        return {"urgency": 0.0}
    return {"urgency": 0.0, "caught": 0.0, f"recall_{case.urgency}": 0.0}
