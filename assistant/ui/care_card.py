"""What a person in danger is told, set apart from everything else: what to do, and whom to call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.ui.answer_text import split_blocks

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.ui.answer_text import Run, TextBlock
    from assistant.ui.phones import PhoneBook


@dataclass(frozen=True, slots=True)
class CareCard:
    """Guidance as it is shown.

    Attributes:
        level: `urgent`, `emergency` or `crisis`.
        lead: what comes first, before the numbers.
        calls: the numbers to call now, each once, in the order of the text.
        rest: what else is to be done.
    """

    level: str
    lead: tuple[TextBlock, ...]
    calls: tuple[Run, ...]
    rest: tuple[TextBlock, ...]


def make_care_card(answer: Answer, phones: PhoneBook) -> CareCard | None:
    """The card of an answer that comes with guidance, else None."""
    if answer.urgency == "none":
        return None
    told, _ = split_guidance(answer)
    blocks = split_blocks(told, phones=phones)
    if not blocks:
        return None
    calls = {
        run.link: run
        for block in blocks
        for line in block.lines
        for run in line
        if run.kind == "phone"
    }
    # An urgent matter is first of all for one's own doctor, whose number nobody here knows.
    buttons = () if answer.urgency == "urgent" else tuple(calls.values())
    return CareCard(answer.urgency, blocks[:1], buttons, blocks[1:])


def split_guidance(answer: Answer) -> tuple[str, str]:
    """The guidance of an urgent answer, and what else its notice says.

    The guidance is the text itself where nothing else is answered; above an answer it is the first
    part of the notice, before the first empty line.
    """
    notice = answer.notice or ""
    if answer.kind == "guidance":
        return answer.text, notice
    told, _, other = notice.partition("\n\n")
    return told, other
