"""What a reader must know beside an answer: medicines, pregnancy, children, operations, selling."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from assistant.boundaries import tells_intake
from assistant.concerns import JUDGEMENTS, is_about_somebody
from assistant.intake import tells_how_taken
from assistant.triage.records import Language
from prompts.replies import load_replies

if TYPE_CHECKING:
    from collections.abc import Collection

    from assistant.answer import Answer
    from assistant.concerns import Concern

_NOTICED: tuple[Concern, ...] = ("pregnancy", "children", "medicine", "operation")
_MOST = 2


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
    if any(map(tells_how_taken, _lines(answer))):
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


def notice_for_products(answer: Answer, language: str, *, linked: bool) -> str | None:
    """What must stand beside products, in one text; None where nothing must.

    Args:
        answer: that names them.
        language: the reader's.
        linked: whether articles link to them, to be bought.
    """
    told = load_replies(language)["notice.products"] if linked else None
    return " ".join(filter(None, (told, notice_for(answer, language, set())))) or None


def tells_judgement(answer: Answer) -> bool:
    """Whether an answer says that what is asked for is a doctor's to judge, in any language."""
    told = answer.notice or ""
    replies = map(load_replies, get_args(Language))
    return any(said[f"judgement.{name}"] in told for said in replies for name in JUDGEMENTS)


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
