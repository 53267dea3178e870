"""What a reader must know beside an answer: medicines, pregnancy, children, operations, selling."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prompts.replies import load_replies

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from assistant.answer import Answer
    from assistant.concerns import Concern

_NOTICED: tuple[Concern, ...] = ("pregnancy", "children", "medicine", "operation")
_MOST = 2
# An answer may name a medicine though the question named none. What it quotes is an article's
# prose, where these words say so.
_SAYS_MEDICINE = re.compile(
    r"\b(medicin|medication|drug|antidepress|ssri|warfarin|antibiotic|tablet|prescri|dose|dosis"
    r"|dosering|laxativ|supplement|kosttilskud|kosttillskott|läkemedel|lægemid)",
    re.IGNORECASE,
)


def notice_for(answer: Answer, language: str, concerns: AbstractSet[Concern]) -> str | None:
    """The notices that fit a question and its answer, in one text; None where none does.

    Args:
        answer: as it will be given.
        language: the reader's.
        concerns: what the question touches.
    """
    replies = load_replies(language)
    touched = set(concerns)
    if _SAYS_MEDICINE.search(answer.text):
        touched.add("medicine")
    keys = [str(name) for name in _NOTICED if name in touched][:_MOST]
    if any(source.commercial for source in answer.sources):
        keys.append("commercial")
    if language != "en" and any(source.language == "en" for source in answer.sources):
        keys.append("english_only")
    return " ".join(replies[f"notice.{key}"] for key in keys) or None
