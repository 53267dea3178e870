"""Whether every quote is what stands in its article at the offsets given with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Quote:
    """Words said to stand at `start` to `end` of an article's canonical text."""

    article_id: str
    text: str
    start: int
    end: int


def is_exact(quote: Quote, texts: Mapping[str, str]) -> bool:
    """Whether the quote is the slice that it names; an unknown article or empty quote is not."""
    text = texts.get(quote.article_id)
    return text is not None and bool(quote.text) and text[quote.start : quote.end] == quote.text


def score_exactness(quotes: Iterable[Quote], texts: Mapping[str, str]) -> float | None:
    """Share of the quotes that are exact; None where nothing is quoted."""
    checked = [is_exact(quote, texts) for quote in quotes]
    return sum(checked) / len(checked) if checked else None
