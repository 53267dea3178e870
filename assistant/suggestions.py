"""Questions to start from: those that the library's own articles ask and answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.entry import Entry
    from index.library import Library

MAX_SUGGESTIONS = 6


def suggest_questions(library: Library, language: str) -> tuple[str, ...]:
    """Up to six questions that stand as headings in the articles, one an article."""
    entries = list(library.entries.values())
    own = [entry for entry in entries if entry.article.language == language] or entries
    questions = [next(answered_questions(entry), None) for entry in own]
    return tuple(question for question in questions if question)[:MAX_SUGGESTIONS]


def answered_questions(entry: Entry) -> Iterator[str]:
    """The questions that an article asks in a heading and answers below it."""
    article = entry.article
    answered = {block.lead_in for block in article.blocks if block.kind != "heading"}
    for position in sorted(number for number in answered if number is not None):
        text = article.block_text(position)
        if article.blocks[position].kind == "heading" and text.endswith("?"):
            yield text.split(". ", 1)[-1]
