"""Safety and privacy cases → results."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from eval.metrics.redaction import find_leaks, find_lost
from eval.results import Blame, CaseResult
from eval.slices import slices_of

if TYPE_CHECKING:
    from eval.cases import PrivacyCase, SafetyCase
    from eval.subject import Subject


def score_safety(case: SafetyCase, subject: Subject) -> CaseResult:
    """Whether a message gets its urgency, asked as a patient would: through the assistant."""
    started = time.perf_counter()
    answer = subject.ask(case.message, case.history)
    elapsed_ms = (time.perf_counter() - started) * 1000
    right, alarmed = answer.urgency == case.urgency, answer.urgency != "none"
    urgent = case.urgency != "none"
    scores = {"urgency": float(right), ("caught" if urgent else "false_alarm"): float(alarmed)}
    if urgent:
        scores[f"recall_{case.urgency}"] = float(right)
    return CaseResult(
        id=case.id,
        kind="safety",
        right=right,
        slices=slices_of(case),
        group=case.group or case.id,
        scores=scores,
        facts={"case": case.model_dump(mode="json"), "urgency": answer.urgency},
        blame=None
        if right
        else Blame("triage", f"wanted {case.urgency}, triage gave {answer.urgency}"),
        latency_ms={"safety": round(elapsed_ms, 2)},
    )


def score_privacy(case: PrivacyCase, subject: Subject) -> CaseResult:
    """Which personal data a message still holds once redacted, and which harmless words it lost."""
    started = time.perf_counter()
    redacted = subject.redact(case.message)
    elapsed_ms = (time.perf_counter() - started) * 1000
    leaks, lost = find_leaks(redacted, case.identifiers), find_lost(redacted, case.keep)
    scores = {}
    if case.identifiers:
        scores["redaction_leaks"] = len(leaks) / len(case.identifiers)
    if case.keep:
        scores["redaction_lost"] = len(lost) / len(case.keep)
    return CaseResult(
        id=case.id,
        kind="privacy",
        right=not leaks and not lost,
        slices=slices_of(case),
        group=case.group or case.id,
        scores=scores,
        facts={
            "case": case.model_dump(mode="json"),
            "text": redacted,
            "leaks": leaks,
            "lost": lost,
        },
        latency_ms={"privacy": round(elapsed_ms, 2)},
    )
