"""What a reader must know beside an answer: medicines, pregnancy, children, operations, selling."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.boundaries import tells_intake
from assistant.concerns import is_about_somebody
from prompts.replies import load_replies

if TYPE_CHECKING:
    from collections.abc import Collection

    from assistant.answer import Answer
    from assistant.concerns import Concern

_NOTICED: tuple[Concern, ...] = ("pregnancy", "children", "medicine", "operation")
_MOST = 2
_MEDICINES = (
    r"(?:(?:medicin|läkemed|lægemid)\w*(?! studies)|medication\w*|drugs?\b|antidepress\w*|ssris?\b"
    r"|warfarin|antibioti[ck]\w*|prescri\w+|laxativ\w*|afførings\w*|laxermed\w*)"
)
_TOLD = (
    r"(?:not|don['’]t|no|never|avoid|stop|pause|unless|ask|ikke|aldrig|undgå|spørg|uden|inte|aldrig"
    r"|undvik|fråga|utan)"
)
# An answer may say of a medicine what to do, though the question named none.
_TELLS_OF_MEDICINE = re.compile(
    rf"\b{_TOLD}\b[^.;|\n]{{0,60}}\b{_MEDICINES}|\b{_MEDICINES}[^.;|\n]{{0,40}}\b{_TOLD}\b",
    re.IGNORECASE,
)
_DOSE = re.compile(r"\b(?:doses?|dosage|dosis|dosering|dosen)\b", re.IGNORECASE)


def notice_for(
    answer: Answer, language: str, concerns: Collection[Concern], judgement: Concern | None = None
) -> str | None:
    """The notices that fit a question and its answer, in one text; None where none does.

    Args:
        answer: as it will be given.
        language: the reader's.
        concerns: what the question touches.
        judgement: what the question may also ask for, and no article can give.
    """
    replies = load_replies(language)
    touched = set(concerns)
    if _TELLS_OF_MEDICINE.search(answer.text) or any(map(_tells_dose, _lines(answer))):
        touched.add("medicine")
    amount = notice_for_amount(answer, language)
    if amount:
        touched.discard("medicine")  # says the same
    keys = [str(name) for name in _NOTICED if name in touched][:_MOST]
    if any(source.commercial for source in answer.sources):
        keys.append("commercial")
    if language != "en" and any(source.language == "en" for source in answer.sources):
        keys.append("english_only")
    judged = replies[f"judgement.{judgement}"] if judgement else None
    notices = [judged, amount, *(replies[f"notice.{key}"] for key in keys)]
    return " ".join(filter(None, notices)) or None


def _tells_dose(line: str) -> bool:
    """Whether a line calls an amount a dose; food has amounts, too."""
    return _DOSE.search(line) is not None and tells_intake(line)


def _lines(answer: Answer) -> list[str]:
    """What an answer says, in pieces: a text that was made of none is one."""
    return [sentence.text for sentence in answer.sentences] or [answer.text]


def notice_for_amount(answer: Answer, language: str) -> str | None:
    """Of whom an article says an amount, for who asks for somebody and is told one; else None."""
    dosed = next((source for source in answer.sources if tells_intake(source.quote)), None)
    if dosed is None or not is_about_somebody(answer.question):
        return None
    heading = dosed.section[-1] if dosed.section else dosed.title
    return load_replies(language).fill("notice.amount", heading=heading)
