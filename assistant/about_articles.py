"""Questions about the articles: which are meant, and what their own data answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answerability import AnswerType
from assistant.offers import find_thing
from assistant.products import answer_about_products, find_makers
from assistant.provenance import (
    ABOUT_STUDIES,
    answer_about_article,
    answer_about_study,
    find_articles,
    find_main_publisher,
    names_subject,
    trace,
)
from assistant.recalling import recall_cited
from assistant.understanding import asks_for_study
from prompts.replies import load_replies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.deciding import Wish
    from assistant.intents import Intent
    from assistant.knowledge import Knowledge
    from assistant.meaning import Look
    from assistant.provenance import Provenance
    from index.entry import Entry
    from index.records import Sentence

ABOUT_PRODUCTS = frozenset({"article_products", "product_maker"})
"""Questions that may not be answered without a word on who sells."""


def look_up_data(wish: Wish, look: Look, knowledge: Knowledge) -> Provenance | None:
    """What the articles' own data say; None where it is not clear which article is meant.

    Args:
        wish: its intent one of `ABOUT_ARTICLES` and `ABOUT_STUDIES`.
        look: the question, looked up.
        knowledge: of the library.
    """
    asked, library = look.asked, knowledge.library
    replies = load_replies(asked.language)
    cited = recall_cited(asked.conversation.history, library)
    if wish.intent in ABOUT_STUDIES:
        return _look_up_study(wish.intent, look, knowledge, cited)
    if wish.intent in ABOUT_PRODUCTS:
        return _look_up_products(wish.intent, look, knowledge)
    if wish.person is not None and wish.intent == "article_author":
        return answer_about_article(wish.intent, wish.person.entries, replies, asked.language)
    entries = _find_meant(wish.intent, look, knowledge, cited)
    if not entries:
        return None
    counts = look.ranking.expected is AnswerType.AMOUNT
    return answer_about_article(wish.intent, entries, replies, asked.language, counts=counts)


def _look_up_study(
    intent: Intent, look: Look, knowledge: Knowledge, cited: Sequence[tuple[Entry, Sentence]]
) -> Provenance:
    asked, library = look.asked, knowledge.library
    if asked.understood.traces:
        replies = load_replies(asked.language)
        whose = not asks_for_study(asked.understood.typed)
        return trace(intent, cited, library, replies, asked.language, names_writer=whose)
    leaning = cited if asked.leans else ()
    return answer_about_study(
        intent,
        asked.text,
        look.ranking,
        cited=leaning,
        library=library,
        vector=look.vector,
        weights=knowledge.weights,
    )


def _look_up_products(intent: Intent, look: Look, knowledge: Knowledge) -> Provenance | None:
    asked, entries = look.asked, list(knowledge.library.entries.values())
    if intent == "product_maker":
        names = knowledge.register.find_site_words(asked.text)
        return find_makers(find_thing(asked.text, names), entries)
    named = find_articles(asked.text, look.ranking, knowledge.register)
    ids = {entry.article.id for entry in named}
    others = [entry for entry in entries if entry.article.id not in ids]
    return answer_about_products(asked.text, [*named, *others], load_replies(asked.language))


def _find_meant(
    intent: Intent, look: Look, knowledge: Knowledge, cited: Sequence[tuple[Entry, Sentence]]
) -> list[Entry]:
    """The articles that a question means, by their names or by what was spoken of."""
    asked, library = look.asked, knowledge.library
    entries = find_articles(asked.text, look.ranking, knowledge.register)
    if asked.cited and not names_subject(asked.text):
        return [library.entries[asked.cited[0]]]
    if cited and (asked.leans or (not entries and not names_subject(asked.text))):
        return list({entry.article.id: entry for entry, _ in cited}.values())
    if not entries and intent == "article_publisher" and not names_subject(asked.text):
        return find_main_publisher(library)  # "who is behind this website?"
    return entries
