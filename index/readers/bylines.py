"""Lines that name an article's author and dates, in English, Danish, Swedish and Norwegian."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.readers.dates import parse_date
from index.readers.inline import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAX_CHARACTERS = 220

_AUTHOR_KEY = (
    r"author|authors|written by|text by|words by|skrevet av|skrevet af|skriven av|"
    r"forfatter|forfattere|författare|tekst|tekst af|text av|artikel af|artikel av"
)
_DATE_KEY = (
    r"date|published(?: on)?|publication date|posted(?: on)?|dato|datum|publiceret|publicerad|"
    r"publisert|udgivet|offentliggjort|utgiven"
)
_MODIFIED_KEY = (
    r"(?:page )?(?:last )?(?:medically )?(?:updated|modified|revised|reviewed|changed)(?: on)?|"
    r"(?:sidst |senest )?(?:opdateret|revideret)|(?:senast )?(?:uppdaterad|reviderad)|"
    r"(?:sist )?(?:oppdatert|revidert)"
)
_REVIEWER_KEY = (
    r"(?:medically )?(?:reviewed|checked) by|reviewer|editor|redaktør|redaktör|granskare|"
    r"fagligt gennemgået af|granskad av|faktagranskad av"
)
_FIELD = re.compile(
    rf"^(?:(?P<author>{_AUTHOR_KEY})|(?P<reviewer>{_REVIEWER_KEY})|(?P<modified>{_MODIFIED_KEY})|"
    rf"(?P<date>{_DATE_KEY}))\s*(?P<colon>:)?\s*(?P<value>.+)$",
    re.IGNORECASE,
)
_BY = re.compile(r"^(?:By|Af|Av|by)\s*:?\s+(?P<value>.+)$")
_PARTS = re.compile(
    r"\s*[·|•‧∙]\s*|\s{2,}|\s+—\s+(?=(?:Date|Published|Updated|Dato|Datum)\b)|"
    r"(?<=\w)\.\s+(?=(?:Published|Updated|Last|Reviewed)\b)"
)
_TITLED = (
    r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Mag|med|lic|dr|prof|professor|docent|overlæge|speciallæge|läkare|"
    r"överläkare|leg|cand|Professor|Docent|Overlæge|Speciallæge|Överläkare|Sygeplejerske)\.?\s+)*"
)
_NAME = re.compile(
    rf"^{_TITLED}[^\W\d_a-zà-ÿ][\w'’.-]*(?:\s+(?:(?:van|von|der|den|de|la|le|af|av|the|of|and|og|och|&)"
    r"\s+)*[^\W\d_a-zà-ÿ][\w'’.-]*)*(?:\s+(?:team|staff|group))?$"
)
_NOT_NAMES_WORDS = """
admin administrator webmaster editor redaktion redaktionen redaksjonen root user wordpress
wpadmin wp-admin superadmin author guest unknown anonymous none null nil n/a na
"""
_NOT_NAMES = frozenset(_NOT_NAMES_WORDS.split())


@dataclass(frozen=True, slots=True)
class Byline:
    """What a line says of an article; None where it does not."""

    author: str | None = None
    published: str | None = None
    modified: str | None = None


def read_byline(line: str) -> Byline | None:
    """What `By Dr. X — Surgeon` or `Author: X · Date: June 2026` says; None for any other line."""
    text = tidy(line)
    if not text or len(text) > _MAX_CHARACTERS:
        return None
    author = published = modified = reviewed = None
    parts = [part for part in _PARTS.split(text) if part]
    for number, part in enumerate(parts):
        if match := _BY.match(part):
            found = read_name(match["value"])
            if found is None or part.endswith((".", "!", "?")):
                return None
            author = author or found
            published = published or parse_date(part)
        elif match := _FIELD.match(part):
            author, published, modified = _take(match, author, published, modified)
            undated = match["modified"] and match["colon"] and _is_day(match["value"])
            reviewed = reviewed or match["reviewer"] or undated
        elif number == 0 and any(map(_is_date, parts[1:])) and read_name(part):
            author = read_name(part)
        elif not (author or published or modified) and not _is_date(part):
            return None
        elif _is_date(part):
            published = published or parse_date(part)
    found_any = author or published or modified or reviewed
    return Byline(author, published, modified) if found_any else None


def _take(
    match: re.Match[str], author: str | None, published: str | None, modified: str | None
) -> tuple[str | None, str | None, str | None]:
    """Adds what one `key: value` says."""
    value = match["value"]
    named = match["author"] and (
        match["colon"] or match["author"].lower().endswith(("by", "af", "av"))
    )
    if named:
        return author or read_name(value), published, modified
    found = parse_date(value) if len(value) <= 60 else None
    if match["modified"]:
        return author, published, modified or found
    if match["date"]:
        return author, published or found, modified
    return author, published, modified


def _is_date(part: str) -> bool:
    """Whether a part is a date and nothing but a date."""
    return len(part) <= 30 and parse_date(part) is not None and len(part.split()) <= 5


def _is_day(value: str) -> bool:
    """Whether words say a day without its year, as `Jul 2`."""
    words = value.split()
    return len(words) == 2 and sum(word.strip(".,").isdigit() for word in words) == 1


def read_name(value: str) -> str | None:
    """`Dr. Bahir Hadi, Consultant Surgeon` → `Dr. Bahir Hadi`; None where it is no name.

    Of several people joined by `and`, each one's name is kept.
    """
    text = re.split(r"\s+[—–|·•-]\s+|\s*[;(/]\s*|\s+(?:on|den|d\.)\s+(?=\d)", tidy(value))[0]
    people = re.split(r",?\s+(?:and|og|och|&)\s+", text)
    names = [part.split(",")[0] for part in people]
    if len(people) > 1 and not all(len(name.split()) > 1 for name in names):
        names = [text.split(",")[0]]
    names = [_trim_name(name) for name in names]
    joined = " and ".join(names)
    plausible = all(_NAME.match(name) for name in names) and len(joined) <= 120
    return joined if plausible and all(is_name(name) for name in names) else None


def _trim_name(name: str) -> str:
    """A name without the punctuation around it; the stop behind an initial is its own."""
    return name.strip(" :") if re.search(r"\b[A-Z]\.$", name) else name.strip(" .:")


def first_name(named: Iterable[object], site: str | None) -> str | None:
    """The first author that is a person's or a team's name and not the site's own.

    Posts behind the name (`, Clinical Psychologist`) are cut off.
    """
    for value in named:
        bare = tidy(value) if isinstance(value, str) else ""
        if bare and is_name(bare) and bare.casefold() != tidy(site or "").casefold():
            return read_name(bare) or bare
    return None


def is_name(name: str) -> bool:
    """Whether an account's display name can be a person's or a team's name."""
    bare = name.strip()
    return bool(
        bare
        and "@" not in bare
        and not bare.isdigit()
        and not bare.lower().startswith(("http:", "https:", "www."))
        and bare.lower() not in _NOT_NAMES
    )
