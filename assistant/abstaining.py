"""Answers that say what the articles do not, what they say nearby, and whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.answerability import AnswerType
from assistant.citing import cite
from assistant.suggestions import choose_questions
from prompts.replies import load_replies

if TYPE_CHECKING:
    from assistant.conversation import Conversation
    from assistant.knowledge import Knowledge
    from assistant.provenance import Provenance
    from assistant.ranking import Ranking
    from assistant.understanding import Understood

RELATED = 2
NEAR = 0.35
"""Likeness from which on a sentence is worth reading beside an abstention."""

_KEYS = {
    AnswerType.AMOUNT: "amount",
    AnswerType.PRICE: "price",
    AnswerType.DURATION: "duration",
    AnswerType.PERSON: "person",
    AnswerType.DATE: "date",
    AnswerType.PLACE: "place",
    AnswerType.COMPARISON: "comparison",
    AnswerType.ADVICE: "advice",
}


def abstain(
    conversation: Conversation, understood: Understood, ranking: Ranking, language: str
) -> Answer:
    """Says that the articles do not answer, with the nearest reading beside it."""
    replies = load_replies(language)
    near = [c for c in ranking.candidates if c.similarity >= NEAR][:RELATED]
    key = _KEYS.get(ranking.expected, "plain") if near else "plain"
    return Answer(
        question=conversation.question,
        standalone_question=understood.standalone,
        kind="abstain",
        urgency="none",
        text=f"{replies[f'abstain.{key}']} {replies['abstain.ask']}",
        related=tuple(cite(c.entry, c.sentence) for c in near),
        confidence=round(ranking.probability, 4),
    )


def abstain_about_article(
    conversation: Conversation, understood: Understood, found: Provenance, language: str
) -> Answer:
    """Says what an article's own data lack."""
    replies = load_replies(language)
    key = f"abstain.{found.missing}"
    title = found.entry.article.title if found.entry else ""
    has_title = found.missing in {"no_author", "no_date", "no_publisher"}
    return Answer(
        question=conversation.question,
        standalone_question=understood.standalone,
        kind="abstain",
        urgency="none",
        text=replies.fill(key, title=title) if has_title else replies[key],
        confidence=0.1,
    )


def ask_back(
    conversation: Conversation,
    understood: Understood,
    ranking: Ranking,
    knowledge: Knowledge,
    language: str,
) -> Answer:
    """One clarifying question with choices from the library."""
    return Answer(
        question=conversation.question,
        standalone_question=understood.standalone,
        kind="abstain",
        urgency="none",
        text=load_replies(language)["abstain.vague"],
        choices=choose_questions(ranking, knowledge.library),
        confidence=round(min(ranking.probability, 0.2), 4),
    )
