"""Whether a citation that was kept still says what its article says today."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.records import Article, Sentence

Standing = Literal["stands", "moved", "changed", "gone"]
"""The quote stands where it stood; elsewhere in the article; nowhere in it; the article is gone."""


def quote_checksum(quote: str) -> str:
    """A short name for the exact words of a quote; 12 hex digits."""
    return hashlib.sha256(quote.encode("utf-8", "replace")).hexdigest()[:12]


def check_citation(article: Article | None, quote: str, start: int) -> Standing:
    """What has become of a quote.

    Args:
        article: the article that was cited, as it is today; None where it is not there any more.
        quote: the words that were cited.
        start: where they stood in the article's canonical text.
    """
    if article is None:
        return "gone"
    if article.text[start : start + len(quote)] == quote:
        return "stands"
    return "moved" if quote in article.text else "changed"


def find_quote(article: Article, checksum: str, sentences: Iterable[Sentence]) -> tuple[int, int]:
    """Where the words of a checksum stand in an article now; (0, 0) where they do not."""
    places = ((one.start, one.end) for one in sentences)
    found = ((a, b) for a, b in places if quote_checksum(article.text[a:b]) == checksum)
    return next(found, (0, 0))
