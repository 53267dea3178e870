"""Friendly, honest replies to what is no question about the articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.suggestions import suggest_questions
from prompts.replies import load_replies

if TYPE_CHECKING:
    from assistant.conversation import Conversation
    from assistant.intents import Intent
    from assistant.knowledge import Knowledge
    from assistant.settings import Settings

TOPICS_NAMED = 6


def reply_to_smalltalk(
    intent: Intent,
    conversation: Conversation,
    knowledge: Knowledge,
    settings: Settings,
    language: str,
) -> Answer:
    """A greeting for a greeting; who is speaking; what can be asked."""
    replies = load_replies(language)
    key = f"smalltalk.{intent}"
    values = {"clinic": settings.clinic_name, "topics": _name_topics(knowledge)}
    wanted = {name: value for name, value in values.items() if f"{{{name}}}" in replies[key]}
    return Answer(
        question=conversation.question,
        standalone_question=conversation.question.strip(),
        kind="smalltalk",
        urgency="none",
        text=replies.fill(key, **wanted),
        follow_ups=suggest_questions(knowledge.library, language)[:3],
        confidence=1.0,
    )


def _name_topics(knowledge: Knowledge) -> str:
    titles = [entry.article.title for entry in knowledge.library.entries.values()]
    step = max(1, len(titles) // TOPICS_NAMED)
    return "; ".join(title.split(":")[0] for title in titles[::step][:TOPICS_NAMED])
