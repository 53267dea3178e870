"""Lines that name an article's author and dates, in English, Danish, Swedish and Norwegian."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.readers.dates import parse_date
from index.readers.inline import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAX_CHARACTERS = 220
_MAX_CREDENTIALS = 120

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
_SENTENCE_END = re.compile(r"[!?]$|(?<!\w\.\w)(?<!\w\.\w\w)\.$")
_SAID_APART = re.compile(r"\s*[,;()]\s*|\s+[—–|·•-]\s+|(?<=[a-zà-ÿ]{3})\.(?:\s+|$)")
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
    """What is said of an article; None where it is not.

    Attributes:
        publisher: never read from a line, since "Published by" begins sentences as well.
    """

    author: str | None = None
    published: str | None = None
    modified: str | None = None
    credentials: str | None = None
    publisher: str | None = None


def read_byline(line: str) -> Byline | None:
    """What `By Dr. X — Surgeon` or `Author: X · Date: June 2026` says; None for any other line."""
    text = tidy(line)
    if not text or len(text) > _MAX_CHARACTERS:
        return None
    said = Byline()
    reviewed = None
    parts = [part for part in _PARTS.split(text) if part]
    for number, part in enumerate(parts):
        if match := _BY.match(part):
            if read_name(match["value"]) is None or _SENTENCE_END.search(part):
                return None
            said = _name(said, match["value"])
            said = replace(said, published=said.published or parse_date(part))
        elif match := _FIELD.match(part):
            said = _take(match, said)
            undated = match["modified"] and match["colon"] and _is_day(match["value"])
            reviewed = reviewed or match["reviewer"] or undated
        elif number == 0 and any(map(_is_date, parts[1:])) and read_name(part):
            said = _name(said, part)
        elif said == Byline() and not _is_date(part):
            return None
        elif _is_date(part):
            said = replace(said, published=said.published or parse_date(part))
    return said if reviewed or said != Byline() else None


def _name(said: Byline, value: str) -> Byline:
    """Adds an author, where none was named before, with what is said of him."""
    if said.author is not None:
        return said
    return replace(said, author=read_name(value), credentials=read_credentials(value))


def _take(match: re.Match[str], said: Byline) -> Byline:
    """Adds what one `key: value` says."""
    value = match["value"]
    named = match["author"] and (
        match["colon"] or match["author"].lower().endswith(("by", "af", "av"))
    )
    if named:
        return _name(said, value)
    found = parse_date(value) if len(value) <= 60 else None
    if match["modified"]:
        return replace(said, modified=said.modified or found)
    if match["date"]:
        return replace(said, published=said.published or found)
    return said


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


def read_credentials(value: str) -> str | None:
    """`Dr. Bahir Hadi — Consultant Surgeon, PhD` → `Consultant Surgeon, PhD`.

    None where nothing is said of the one person who is named, or where several are.
    """
    name, text = read_name(value), tidy(value)
    if name is None or not text.startswith(name):
        return None
    kept: list[str] = []
    for part in _SAID_APART.split(text.removeprefix(name)):
        if any(sign.isdigit() for sign in part) or _FIELD.match(part):
            break
        kept += [part.strip(" :()")]
    said = ", ".join(filter(None, kept))
    return said if said and len(said) <= _MAX_CREDENTIALS and said[0].isalpha() else None


def first_credentials(named: Iterable[object], author: str | None) -> str | None:
    """What the first of some texts that names an author says of him beside the name."""
    texts = (tidy(value) for value in named if isinstance(value, str))
    return next(filter(None, (read_credentials(t) for t in texts if read_name(t) == author)), None)


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
