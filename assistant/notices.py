"""What a reader must know beside an answer: medicines, pregnancy, children, operations, selling."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prompts.replies import load_replies

if TYPE_CHECKING:
    from assistant.answer import Answer

_TOPICS = (
    ("pregnancy", re.compile(r"\b(pregnan|breast-?feed|gravid|amme|amma|amning)", re.IGNORECASE)),
    (
        "children",
        re.compile(
            r"\b(child|kids?\b|baby|babies|infant|toddler|teenage|børn|barn|spædbarn|spädbarn)",
            re.IGNORECASE,
        ),
    ),
    (
        "medicine",
        re.compile(
            r"\b(medicin|medication|drug|antidepress|ssri|warfarin|antibiotic|tablet|prescri|dose|dosis"
            r"|dosering|laxativ|supplement|kosttilskud|kosttillskott|läkemedel|lægemid)",
            re.IGNORECASE,
        ),
    ),
    (
        "operation",
        re.compile(
            r"\b(surg|operation|colonoscop|gastroscop|anaesthe|anesthe|sedat|koloskopi|gastroskopi)",
            re.IGNORECASE,
        ),
    ),
)


def notice_for(answer: Answer, language: str) -> str | None:
    """The notices that fit a question and its answer, in one text; None where none does."""
    replies = load_replies(language)
    text = f"{answer.standalone_question} {answer.text}"
    asked = [name for name, pattern in _TOPICS if pattern.search(answer.standalone_question)]
    said = [name for name, pattern in _TOPICS if pattern.search(text)]
    keys = [name for name in said if name in asked or name == "medicine"][:2]
    if any(source.commercial for source in answer.sources):
        keys.append("commercial")
    if language != "en" and any(source.language == "en" for source in answer.sources):
        keys.append("english_only")
    return " ".join(replies[f"notice.{key}"] for key in keys) or None
