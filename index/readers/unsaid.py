"""What an article's own bylines leave unsaid of its author, dates and publisher, as a byline.

Front matter, WordPress's fields and the head of a page say it where no reader of the text looks.
Written right behind the title it can be quoted and cited as all the rest can.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.readers.bylines import Byline, read_byline
from index.readers.dates import write_date

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Wording:
    """The words of a byline in one language."""

    by: str
    conjunction: str
    updated: str
    published_by: str


_WORDINGS = {
    "en": _Wording("By", "and", "Updated", "Published by"),
    "da": _Wording("Af", "og", "Opdateret", "Udgivet af"),
    "sv": _Wording("Av", "och", "Uppdaterad", "Publicerad av"),
}


def find_said(line: str, facts: Byline, language: str) -> frozenset[str]:
    """Names of the facts that a line says: `author`, `credentials`, `published` and so on.

    Args:
        line: of the text.
        facts: what is known of the article.
        language: of the line; its dates are known by their words where their place does not tell.
    """
    read, words = read_byline(line) or Byline(), _fold(line)
    changed = _is_within(facts.published, read.modified)
    said = {
        "author": facts.author == read.author or _holds(words, facts.author),
        "credentials": _holds(words, facts.credentials),
        "published": _is_within(facts.published, read.published)
        or (not changed and _holds_date(words, facts.published, language)),
        "modified": _is_within(facts.modified, read.modified)
        or _holds_date(words, facts.modified, language),
        "publisher": _holds(words, facts.publisher),
    }
    return frozenset(name for name, is_said in said.items() if is_said and getattr(facts, name))


def write_byline(facts: Byline, lines: Sequence[str], language: str) -> str:
    """What none of an article's own bylines says, as people write it; empty where all is said.

    A name is written again where only what its bearer is was left unsaid.
    """
    said = frozenset[str]().union(*(find_said(line, facts, language) for line in lines))
    wording = _WORDINGS.get(language, _WORDINGS["en"])
    parts: list[str] = []
    if facts.author and not {"author", *(["credentials"] if facts.credentials else [])} <= said:
        parts.append(_write_author(facts.author, facts.credentials, wording))
    if facts.published and "published" not in said:
        parts.append(write_date(facts.published, language))
    if facts.modified and facts.modified != facts.published and "modified" not in said:
        parts.append(f"{wording.updated} {write_date(facts.modified, language)}")
    if facts.publisher and "publisher" not in said:
        parts.append(f"{wording.published_by} {facts.publisher}")
    return " · ".join(parts)


def _write_author(author: str, credentials: str | None, wording: _Wording) -> str:
    """`By Anna Berg and Bo Lund, dietitians`; what already reads as a byline stays as it is."""
    names = author.split(" and ")
    whole = all(len(name.split()) > 1 for name in names)  # "Heart and Lung Trust" is one name
    people = f" {wording.conjunction} ".join(names) if whole else author
    lead = "" if read_byline(author) else f"{wording.by} "
    return lead + ", ".join(filter(None, (people, credentials)))


def _holds(words: str, fact: str | None) -> bool:
    """Whether folded words hold those of a fact, one behind the other."""
    return fact is not None and _fold(fact) in words


def _holds_date(words: str, iso_date: str | None, language: str) -> bool:
    return iso_date is not None and _holds(words, write_date(iso_date, language))


def _is_within(iso_date: str | None, read: str | None) -> bool:
    """Whether a date that was read is this one, or a day of this month."""
    return iso_date is not None and read is not None and read.startswith(iso_date)


def _fold(text: str) -> str:
    """Words in lower case between single spaces, with one at either end."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
