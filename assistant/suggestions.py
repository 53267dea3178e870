"""Questions that the library answers: to start from, to go on with, and to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.function_words import content_stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assistant.answer import Answer
    from assistant.conversation import Conversation
    from assistant.knowledge import Knowledge
    from assistant.ranking import Ranking
    from index.entry import Entry
    from index.library import Library

MAX_SUGGESTIONS = 6
MAX_FOLLOW_UPS = 3


def suggest_questions(library: Library, language: str) -> tuple[str, ...]:
    """Up to six questions that stand as headings in the articles, one an article."""
    entries = list(library.entries.values())
    own = [entry for entry in entries if entry.article.language == language] or entries
    questions = [next(standing_questions(entry), None) for entry in own]
    return tuple(question for question in questions if question)[:MAX_SUGGESTIONS]


def suggest_follow_ups(
    answer: Answer, conversation: Conversation, ranking: Ranking, knowledge: Knowledge
) -> tuple[str, ...]:
    """Questions that the cited articles, then the nearest ones, answer and nobody has asked yet."""
    ids = dict.fromkeys(
        [source.article_id for source in answer.sources]
        + [candidate.entry.article.id for candidate in ranking.candidates[:10]]
    )
    asked = [conversation.question, answer.standalone_question]
    asked += [turn.content for turn in conversation.history if turn.role == "user"]
    known = {frozenset(content_stems(text)) for text in asked}
    shown = {source.section[-1] for source in answer.sources if source.section}
    return _pick_new((knowledge.library.entries[key] for key in ids), known, shown, MAX_FOLLOW_UPS)


def choose_questions(ranking: Ranking, library: Library) -> tuple[str, ...]:
    """Questions of the nearest articles to choose from."""
    nearest = dict.fromkeys(candidate.entry.article.id for candidate in ranking.candidates)
    entries = (library.entries[key] for key in [*nearest, *library.entries])
    return _pick_new(entries, set(), set(), MAX_FOLLOW_UPS)


def answered_questions(entry: Entry) -> Iterator[str]:
    """The questions that an article asks in a heading and answers below it."""
    article = entry.article
    answered = {block.lead_in for block in article.blocks if block.kind != "heading"}
    for position in sorted(number for number in answered if number is not None):
        text = article.block_text(position)
        if article.blocks[position].kind == "heading" and text.endswith("?"):
            yield without_number(text)


def standing_questions(entry: Entry) -> Iterator[str]:
    """Those of an article's questions that name its subject: "How good is the test?" does not."""
    subject = set(content_stems(entry.article.title))
    for question in answered_questions(entry):
        if subject & set(content_stems(question)):
            yield question


def without_number(heading: str) -> str:
    """A heading without the number that it may begin with."""
    number, _, rest = heading.partition(". ")
    return rest if number.isdigit() and rest else heading


def _pick_new(
    entries: Iterable[Entry], known: set[frozenset[str]], shown: set[str], limit: int
) -> tuple[str, ...]:
    picked: dict[str, None] = {}
    hidden = {without_number(heading) for heading in shown}
    for entry in entries:
        for question in standing_questions(entry):
            if question not in hidden and frozenset(content_stems(question)) not in known:
                picked.setdefault(question)
            if len(picked) == limit:
                return tuple(picked)
    return tuple(picked)
