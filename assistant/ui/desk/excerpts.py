"""Pieces of articles as the desk shows them: what a search found there, to read or to tick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.entry import Entry


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage or a sentence of an article: `text == article.text[start:end]`."""

    article_id: str
    title: str
    language: str
    start: int
    end: int
    text: str

    @classmethod
    def of(cls, entry: Entry, start: int, end: int) -> Excerpt:
        """What stands in an article between two offsets."""
        article = entry.article
        text = article.text[start:end]
        return cls(article.id, article.title, article.language, start, end, text)
