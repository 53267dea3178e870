"""A question that leans on the conversation, rewritten so that it stands on its own.

Only what the question leans on is carried over: a question that is whole stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.understanding.ellipsis import complete
from assistant.understanding.history import Exchange, pair_turns
from assistant.understanding.leaning import drop_opening, find_slots
from assistant.understanding.ordinals import fill_ordinal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.conversation import Turn
    from assistant.understanding.ellipsis import Likeness


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question on its own.

    Attributes:
        text: the question as understood.
        topic: what the conversation is about, where that was carried over.
        leans: whether the question needed the history.
    """

    text: str
    topic: str | None
    leans: bool


def make_standalone(
    question: str, history: Sequence[Turn], likeness: Likeness | None = None
) -> Standalone:
    """Rewrites a question so that it can be understood without the turns before it.

    Args:
        question: as typed, spelling corrected.
        history: the turns before it, oldest first.
        likeness: how alike a phrase and others are, by meaning; used for ellipses only.
    """
    exchanges: list[Exchange] = []
    for asked, answer in pair_turns(history):
        understood = _rewrite(asked, exchanges, None)
        exchanges.append(Exchange(understood.text, answer))
    return _rewrite(question, exchanges, likeness)


def _rewrite(question: str, exchanges: Sequence[Exchange], likeness: Likeness | None) -> Standalone:
    if not exchanges:
        return Standalone(question.strip(), None, leans=False)
    last = exchanges[-1]
    topic = last.topic.text if last.topic else None
    asked = drop_opening(question)
    whole = fill_ordinal(asked, last) or complete(question.strip(), last, likeness)
    if whole:
        return Standalone(whole, topic, leans=True)
    filled = _fill_slots(asked, last)
    if filled != asked:
        return Standalone(filled, topic, leans=True)
    return Standalone(question.strip(), None, leans=False)


def _fill_slots(question: str, last: Exchange) -> str:
    if last.topic is None:
        return question
    for slot in reversed(find_slots(question)):
        said = last.topic.text + ("'s" if slot.possessive else "")
        question = question[: slot.start] + said + question[slot.end :]
    return question
