"""Hands on to the records what was asked and answered, where the clinic keeps it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from assistant.triage.language import detect_language
from index.errors import GutbrainError

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.api.bodies import AskBody
    from assistant.records import Records

logger = logging.getLogger(__name__)


def remember(records: Records, ask: AskBody, answer: Answer, channel: str) -> None:
    """Keeps a question without an answer, and the conversation; each only if it is switched on.

    A failure to keep it is logged and keeps nobody from the answer.
    """
    try:
        keeping = records.keeping
        if not (keeping.unanswered or keeping.conversations):
            return
        told = {"language": detect_language(ask.question), "channel": channel}
        if answer.kind == "abstain" and not answer.choices:
            records.add_unanswered(ask.question, **told)
        history = [(message.role, message.content) for message in ask.history]
        exchange = [("user", ask.question), ("assistant", answer.text)]
        records.add_exchange(history, exchange, **told)
    except GutbrainError as error:
        logger.warning("What was asked could not be kept: %s", error)
