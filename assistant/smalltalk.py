"""Friendly, honest replies to what is no question about the articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.suggestions import suggest_questions
from prompts.replies import load_replies

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.asked import Asked
    from assistant.intents import Intent
    from index.library import Library

TOPICS_NAMED = 6
SUGGESTED = 3


def reply_to_smalltalk(intent: Intent, asked: Asked, library: Library, clinic: str) -> Answer:
    """A greeting for a greeting; who is speaking; what can be asked.

    Args:
        intent: one of `SMALLTALK`.
        asked: the message.
        library: whose articles can be asked.
        clinic: the clinic's name.
    """
    replies = load_replies(asked.language)
    key = f"smalltalk.{intent}"
    values = {"clinic": clinic, "topics": _name_topics(library)}
    wanted = {name: value for name, value in values.items() if f"{{{name}}}" in replies[key]}
    return asked.reply(
        "smalltalk",
        replies.fill(key, **wanted),
        follow_ups=suggest_questions(library, asked.language)[:SUGGESTED],
        confidence=1.0,
    )


def _name_topics(library: Library) -> str:
    titles = [entry.article.title for entry in library.entries.values()]
    step = max(1, len(titles) // TOPICS_NAMED)
    return "; ".join(title.split(":")[0] for title in titles[::step][:TOPICS_NAMED])
