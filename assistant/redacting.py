"""What leaves an answering process or is kept by it: the same, without personal data.

Whoever sends a conversation to a chat model, writes it to a log or stores it calls this first.
Answering itself reads what was typed: triage must, and the articles' own authors are looked up by
name. Nothing here is kept between calls.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.privacy import redact

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.conversation import Conversation


def redact_conversation(conversation: Conversation) -> Conversation:
    """A conversation whose question and turns, of both sides, name nobody.

    The assistant's turns count too: a client sends them, and they may repeat what a person wrote.
    """
    return replace(
        conversation,
        question=redact(conversation.question).text,
        history=tuple(
            replace(turn, content=redact(turn.content).text) for turn in conversation.history
        ),
    )


def redact_answer(answer: Answer) -> Answer:
    """An answer fit to be kept: what repeats the question is redacted, quotes stay as they are.

    An answer's text consists of the library's sentences, so it is redacted only where it has none:
    abstentions and small talk may repeat words of the question. So may notices.
    """
    return replace(
        answer,
        question=redact(answer.question).text,
        standalone_question=redact(answer.standalone_question).text,
        text=answer.text if answer.sentences else redact(answer.text).text,
        notice=redact(answer.notice).text if answer.notice else answer.notice,
    )
