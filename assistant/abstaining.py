"""Answers that say what the articles do not, what they say nearby, and whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answerability import AnswerType
from assistant.citing import cite
from assistant.suggestions import choose_questions
from prompts.replies import load_replies

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.asked import Asked
    from assistant.concerns import Concern
    from assistant.intents import Intent
    from assistant.provenance import Provenance
    from assistant.ranking import Ranking
    from index.library import Library

RELATED = 2
CHOICES = 3
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

_OF_AN_ARTICLE = frozenset(
    {"no_author", "no_date", "no_publisher", "no_review", "no_references_list"}
)
"""What is said to lack of an article by its title."""


def abstain(
    asked: Asked, ranking: Ranking, library: Library, judgement: Concern | None = None
) -> Answer:
    """Says that the articles do not answer, with the nearest reading beside it.

    Who asks on ("tell me more") is not told the same again, but what the library does answer.

    Args:
        asked: the question.
        ranking: what was found for it.
        library: for questions to go on with.
        judgement: what is asked for where only a doctor can judge it of a person.
    """
    replies = load_replies(asked.language)
    near = [c for c in ranking.candidates if c.similarity >= NEAR][:RELATED]
    key = f"abstain.{_KEYS.get(ranking.expected, 'plain') if near else 'plain'}"
    first, again = (
        f"{replies[way]} {replies['abstain.ask']}"
        for way in (f"judgement.{judgement}" if judgement else key, "abstain.no_more")
    )
    repeats = asked.leans and asked.conversation.last_said in {first, again}
    return asked.reply(
        "abstain",
        again if repeats else first,
        related=tuple(cite(c.entry, c.sentence) for c in near),
        notice=replies["abstain.english_only"] if is_foreign(asked, library) else None,
        confidence=round(ranking.probability, 4),
        follow_ups=choose_questions(ranking, library) if repeats else (),
    )


def is_foreign(asked: Asked, library: Library) -> bool:
    """Whether the articles are English and the question is not, which the search seldom bridges."""
    return asked.language not in library.languages and "en" in library.languages


def abstain_about_article(asked: Asked, found: Provenance) -> Answer:
    """Says what the articles' own data lack."""
    replies = load_replies(asked.language)
    key = f"abstain.{found.missing}"
    titles = [entry.article.title for entry in found.entries]
    if found.missing in _OF_AN_ARTICLE:
        text = " ".join(replies.fill(key, title=title) for title in titles)
    else:
        text = replies[key]
    near = tuple(cite(piece.entry, piece.sentence) for piece in found.near)
    return asked.reply("abstain", text, related=near)


def decline(asked: Asked) -> Answer:
    """Says that the articles do not answer a message that only tells the program what to do."""
    replies = load_replies(asked.language)
    return asked.reply("abstain", f"{replies['abstain.plain']} {replies['abstain.ask']}")


def ask_back(asked: Asked, ranking: Ranking, library: Library) -> Answer:
    """One clarifying question with choices from the library."""
    text = load_replies(asked.language)["abstain.vague"]
    return asked.reply("abstain", text, choices=choose_questions(ranking, library))


def ask_which_article(asked: Asked, intent: Intent, ranking: Ranking, library: Library) -> Answer:
    """Asks back which article is meant by "who wrote this?", with the nearest to choose from."""
    replies = load_replies(asked.language)
    nearest = dict.fromkeys(candidate.entry.article.id for candidate in ranking.candidates)
    ids = [*nearest, *library.entries]
    titles = [library.entries[article_id].article.title for article_id in ids]
    choices = [replies.fill(f"which.{intent}", title=t) for t in dict.fromkeys(titles)]
    return asked.reply("abstain", replies["which.article"], choices=tuple(choices[:CHOICES]))
