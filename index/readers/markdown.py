"""Markdown with YAML front matter → `Article`."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import yaml
from markdown_it import MarkdownIt

from index.readers.builder import build_article
from index.readers.bylines import is_name, read_credentials, read_name
from index.readers.dates import parse_date
from index.readers.html import read_fragment
from index.readers.identity import host_name
from index.readers.inline import mark, tidy
from index.readers.language import language_of_path, normalise_code
from index.readers.metadata import Metadata

if TYPE_CHECKING:
    from index.records import Article

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FOOTNOTE = re.compile(r"^\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n(?:[ ]{2,}|\t).*)*)", re.MULTILINE)
_FOOTNOTE_MARK = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_FENCE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)[ \t]*$", re.MULTILINE | re.DOTALL)


def read_markdown(text: str, *, source: str, name: str, url: str | None) -> Article:
    """The article of a Markdown file.

    Raises:
        NotAnArticle: there is no text in it.
    """
    front, body = split_front_matter(text)
    book = read_fragment(render(body))
    address = _first(front, "url", "canonical", "canonical_url", "link", "permalink") or url
    address = address if address and address.startswith(("http://", "https://")) else url
    metadata = Metadata(
        source=source,
        name=name,
        format="markdown",
        title=_first(front, "title", "headline", "titel"),
        url=address,
        publisher=_first(front, "publisher", "site", "site_name", "organisation", "organization")
        or host_name(address),
        author=_people(front),
        credentials=_credentials(front),
        published=_date(
            front, "published", "date", "publish_date", "pubdate", "created", "dato", "datum"
        ),
        modified=_date(front, "modified", "updated", "lastmod", "last_modified", "reviewed"),
        language=normalise_code(_first(front, "language", "lang", "locale"))
        or language_of_path(address),
        flags=tuple(book.flags),
    )
    return build_article(book.drafts, metadata)


def render(body: str) -> str:
    """HTML of a Markdown text, footnotes as reference markers and a list of references."""
    notes = {match[1]: match[2] for match in _FOOTNOTE.finditer(body)}
    if notes:
        body = _with_footnotes(_FOOTNOTE.sub("", body), notes)
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return str(parser.render(body))


def _with_footnotes(body: str, notes: dict[str, str]) -> str:
    """Numbers footnotes: by their own number, else in the order in which the text calls them."""
    called = list(dict.fromkeys(m[1] for m in _FOOTNOTE_MARK.finditer(body) if m[1] in notes))
    names = called + [name for name in notes if name not in called]
    own = all(name.isdigit() and len(name) <= 3 for name in names)
    numbers = {name: int(name) if own else index for index, name in enumerate(names, 1)}
    marked = _FOOTNOTE_MARK.sub(
        lambda match: mark(str(numbers[match[1]])) if match[1] in numbers else match[0], body
    )
    entries = sorted((number, " ".join(notes[name].split())) for name, number in numbers.items())
    listed = "\n".join(f"{number}. {text}" for number, text in entries)
    return f"{marked}\n\n## References\n\n{listed}\n"


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Front matter and body; front matter that is no YAML is read line by line."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, text
    try:
        front = yaml.safe_load(match[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        pairs = (line.split(":", 1) for line in match[1].splitlines() if ":" in line)
        front = {key.strip(): value.strip().strip("\"'") for key, value in pairs}
    fields = front if isinstance(front, dict) else {}
    return {str(key).lower(): value for key, value in fields.items()}, text[match.end() :]


def _first(front: dict[str, Any], *keys: str) -> str | None:
    values = (front.get(key) for key in keys)
    return next((tidy(str(v)) for v in values if isinstance(v, str | int) and tidy(str(v))), None)


def _date(front: dict[str, Any], *keys: str) -> str | None:
    """YAML turns whole dates into dates of its own; months and years stay text and numbers."""
    for key in keys:
        value = front.get(key)
        if isinstance(value, datetime | date):
            return value.isoformat()[:10]
        if value is not None and (found := parse_date(str(value))):
            return found
    return None


def _people(front: dict[str, Any]) -> str | None:
    """Author or authors: a text, a list of texts, or records with a name.

    `Dr. X, Consultant Surgeon` is one person with a post; of it the name is kept.
    """
    return " and ".join(read_name(name) or name for name in _named(front)) or None


def _credentials(front: dict[str, Any]) -> str | None:
    """What is said of the one author beside the name."""
    named = _named(front)
    return read_credentials(named[0]) if len(named) == 1 else None


def _named(front: dict[str, Any]) -> list[str]:
    value = front.get("author") or front.get("authors") or front.get("forfatter")
    people = value if isinstance(value, list) else [value]
    names = [person.get("name") if isinstance(person, dict) else person for person in people]
    return [tidy(name) for name in names if isinstance(name, str) and is_name(tidy(name))]
