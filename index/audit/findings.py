"""The records of an audit: what a check looks at, what it finds, and where."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from index.lookups import Lookups

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from index.audit.wordings import Wording
    from index.entry import Entry
    from index.records import Article, Sentence

Severity = Literal["error", "warning", "note"]
"""error: readers are misled or a source cannot be found; warning: a person has to look; note: could
be better."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What articles are measured against.

    Attributes:
        review_months: age from which on an article is to be reviewed.
        today: the day that ages are counted to.
        lookups: what PubMed, Crossref and web servers said; empty: nobody was asked.
    """

    review_months: int = 36
    today: date = field(default_factory=date.today)
    lookups: Lookups = field(default_factory=Lookups)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an article: `quote == text[start:end]`; an empty quote means the whole article."""

    article_id: str
    title: str
    section: tuple[str, ...]
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in an article.

    Attributes:
        check: name of the check, as docs/audit.md lists it.
        reason: what is wrong, in one or two sentences.
        remedy: what to do.
        other: the second place, where two do not agree.
        reason_wording: the reason, to be said in another language.
        remedy_wording: the remedy, where it is not what the check always advises.
    """

    article_id: str
    check: str
    severity: Severity
    place: Place
    reason: str
    remedy: str
    other: Place | None = None
    reason_wording: Wording | None = None
    remedy_wording: Wording | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """What a check found, before it is put into words for a person.

    Attributes:
        start: offset in the article's text; 0 to 0 is the whole article.
        reason: what is wrong here.
        remedy: what to do here, where it is not what the check always advises.
    """

    start: int
    end: int
    reason: Wording
    remedy: Wording | None = None

    @classmethod
    def of(cls, sentence: Sentence, reason: Wording) -> Hit:
        """A hit on a whole sentence."""
        return cls(sentence.start, sentence.end, reason)

    @classmethod
    def on_article(cls, reason: Wording, remedy: Wording | None = None) -> Hit:
        """A hit on an article as a whole."""
        return cls(0, 0, reason, remedy)


@dataclass(frozen=True, slots=True)
class Check:
    """One question that is put to every article.

    Attributes:
        name: kebab-case, fixed once released.
        title: what it finds, for people.
        why: why it matters.
        remedy: what to do as a rule.
        find: the hits in one entry; None for what is found between articles.
    """

    name: str
    severity: Severity
    title: str
    why: str
    remedy: str
    find: Callable[[Entry, Basis], Iterator[Hit]] | None = None


def locate(article: Article, start: int, end: int) -> Place:
    """A span of an article with the headings above it."""
    section: tuple[str, ...] = ()
    if end > start:
        position = bisect_right([block.start for block in article.blocks], start) - 1
        section = article.blocks[max(position, 0)].section
    return Place(article.id, article.title, section, start, end, article.text[start:end])
