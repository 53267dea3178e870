"""Under which headings a case is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eval.cases import QuestionCase, SafetyCase

if TYPE_CHECKING:
    from eval.cases import Case


def slices_of(case: Case) -> tuple[str, ...]:
    """What a case is counted under."""
    own = [f"tag: {tag}" for tag in case.tags] + [f"language: {case.language}"]
    if case.split:
        own.append(f"split: {case.split}")
    if isinstance(case, QuestionCase):
        own.append(f"expected: {case.expected}")
        own.append("turn: follow-up" if case.history else "turn: first")
    if isinstance(case, SafetyCase):
        own.append(f"urgency: {case.urgency}")
    return tuple(sorted(set(own)))
