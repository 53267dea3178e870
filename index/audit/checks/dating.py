"""Who wrote an article, when, and whether it is due for review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.audit.findings import Basis, Hit
from index.audit.wordings import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.entry import Entry

_MONTHS_A_YEAR = 12


def find_missing_author(entry: Entry, _: Basis) -> Iterator[Hit]:
    """Articles without an author."""
    if not entry.article.author:
        yield Hit.on_article(word("no-author"))


def find_missing_date(entry: Entry, _: Basis) -> Iterator[Hit]:
    """Articles without any date."""
    if not (entry.article.published or entry.article.modified):
        yield Hit.on_article(word("no-date"))


def find_review_due(entry: Entry, basis: Basis) -> Iterator[Hit]:
    """Articles whose last date lies longer ago than the clinic allows."""
    last = max(filter(None, (entry.article.published, entry.article.modified)), default=None)
    if last is None:
        return
    year, month = (int(part) for part in f"{last}-12".split("-")[:2])
    age = (basis.today.year - year) * _MONTHS_A_YEAR + basis.today.month - month
    if age > basis.review_months:
        yield Hit.on_article(word("old", date=last, months=age, limit=basis.review_months))
