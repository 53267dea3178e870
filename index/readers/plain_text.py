"""Plain text with headings, bylines and a reference list → `Article`.

Plain text does not say what is a heading and how deep. What can be told is told by the shape of the
lines around: short, no full stop, text below; numbered ones stand below the unnumbered one before
them; below a question, other headings answer it until the next question or standard section.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.readers.arrange import is_question
from index.readers.builder import build_article
from index.readers.bylines import read_byline
from index.readers.drafts import Draftbook
from index.readers.identity import host_name
from index.readers.inline import Piece, tidy
from index.readers.language import language_of_path, normalise_code
from index.readers.leaving_out import leads_elsewhere, same_words
from index.readers.lines import NUMBERED, Line, read_lines
from index.readers.metadata import Metadata
from index.readers.references import is_reference_heading

if TYPE_CHECKING:
    from index.records import Article

_MAX_HEADING_CHARACTERS = 110
_MAX_HEADING_WORDS = 16
_HEAD_LINES = 12
_KEY = re.compile(
    r"^(?P<key>title|titel|publisher|udgiver|utgivare|utgiver|language|lang|sprog|språk|url|link|"
    r"source|kilde|källa|site|content from|indhold fra|innehåll från)\s*:?\s+(?P<value>\S.*)$",
    re.IGNORECASE,
)
_STANDARD = re.compile(
    r"^(?:abstract|summary|in short|key points|introduction|background|methods?|results|discussion|"
    r"conclusions?|note|disclaimer|faq|frequently asked questions|when to see a doctor|"
    r"resumé|resume|sammenfatning|kort fortalt|indledning|introduktion|baggrund|konklusion|"
    r"sammanfattning|inledning|bakgrund|slutsats|sammendrag|innledning|konklusjon)\b",
    re.IGNORECASE,
)
_DOMAIN = re.compile(
    r"\b([A-Za-zÆØÅÄÖæøåäö][\wÆØÅÄÖæøåäö-]+\.(?:dk|se|no|com|org|net|eu|co\.uk|de|health|clinic))\b"
)
_URL = re.compile(r"https?://[^\s<>\"]+")


@dataclass(slots=True)
class _Header:
    """What the lines above the text say of it."""

    fields: dict[str, str] = field(default_factory=dict)
    title: str | None = None


def read_plain_text(text: str, *, source: str, name: str, url: str | None) -> Article:
    """The article of a plain text.

    Raises:
        NotAnArticle: there is no text in it.
    """
    lines = read_lines(text)
    header = _Header()
    lines = _read_header(lines, header)
    book = Draftbook()
    _Collector(book).collect(lines)
    origin = header.fields.get("url") or header.fields.get("content from", "")
    address = origin if _URL.fullmatch(origin) else url
    path = origin if origin.startswith("/") else None
    headings = [draft.words for draft in book.drafts if draft.kind == "heading"]
    metadata = Metadata(
        source=source,
        name=name,
        format="text",
        title=header.title,
        url=address,
        publisher=header.fields.get("publisher") or _named_site(headings) or host_name(address),
        language=normalise_code(header.fields.get("language")) or language_of_path(address or path),
        declared_path=path,
        flags=tuple(book.flags),
    )
    return build_article(book.drafts, metadata)


def _named_site(headings: list[str]) -> str | None:
    """The site that a text's own headings name at least twice (`Treatment at Example.org`)."""
    named = Counter(domain for heading in headings for domain in set(_DOMAIN.findall(heading)))
    site, times = next(iter(named.most_common(1)), ("", 0))
    return site if times >= 2 else None


_KEYS = {
    "titel": "title", "udgiver": "publisher", "utgivare": "publisher", "utgiver": "publisher",
    "site": "publisher", "lang": "language", "sprog": "language", "språk": "language",
    "link": "url", "source": "content from", "kilde": "content from", "källa": "content from",
    "indhold fra": "content from", "innehåll från": "content from",
}  # fmt: skip


def _read_header(lines: list[Line], header: _Header) -> list[Line]:
    """Takes title and `key: value` lines from the top; bylines and everything else stay."""
    kept: list[Line] = []
    for index, line in enumerate(lines):
        key = _KEY.match(line.text) if index < _HEAD_LINES and line.kind == "text" else None
        bylines = index < _HEAD_LINES and read_byline(line.text) is not None
        if key and (":" in line.text[: len(key["key"]) + 1] or _is_place(key["value"])):
            word = key["key"].lower()
            header.fields.setdefault(_KEYS.get(word, word), tidy(key["value"]))
        elif (
            header.title is None
            and not kept
            and not bylines
            and _can_be_title(line, lines[index + 1 :])
        ):
            header.title = tidy(
                re.sub(r"^\s*(?:title|titel)\s*:\s*", "", line.text, flags=re.IGNORECASE)
            )
        elif header.title and index < _HEAD_LINES and same_words(line.text, header.title):
            continue
        else:
            kept.append(line)
    header.title = header.fields.get("title") or header.title
    return kept


def _is_place(value: str) -> bool:
    return value.startswith("/") or bool(_URL.fullmatch(value))


def _can_be_title(line: Line, below: list[Line]) -> bool:
    """Whether the first line is a title and not the text itself."""
    if line.kind == "heading":
        return True
    return (
        bool(below)
        and len(line.text) <= 160
        and not line.text.rstrip().endswith((".", ",", ";", ":"))
    )


@dataclass(slots=True)
class _Collector:
    """Turns logical lines into drafts."""

    book: Draftbook
    last_heading: str = ""
    last_level: int = 1
    plain_level: int = 2
    plain_heading: str = ""
    question_open: bool = False
    content_since: bool = True
    in_references: bool = False

    def collect(self, lines: list[Line]) -> None:
        """Adds all lines."""
        position = 0
        while position < len(lines):
            end = position + 1
            line = lines[position]
            if line.kind in {"bullet", "numbered"}:
                end = self._run_end(lines, position)
            if line.kind == "bullet" or end - position > 1:
                self._items(lines[position:end])
            elif self._is_heading(lines, position):
                self._heading(line)
            elif self.in_references and line.kind == "numbered":
                self._items([line])
            else:
                self._text(line)
            position = end

    def _run_end(self, lines: list[Line], start: int) -> int:
        """Behind the last of neighbouring items: bullets, or numbers that count up."""
        kind = lines[start].kind
        end = start + 1
        while end < len(lines) and lines[end].kind == kind:
            if kind == "numbered" and not self.in_references:
                before, number = lines[end - 1].number or 0, lines[end].number or 0
                if number != before + 1:
                    break
            end += 1
        return end

    def _items(self, items: list[Line]) -> None:
        group = self.book.new_group()
        for item in items:
            text = item.text
            if item.kind == "numbered" and not self.in_references:
                text = NUMBERED.sub("", text)
            self.book.list_item([Piece(text)], group, number=item.number)
        self.content_since = True

    def _text(self, line: Line) -> None:
        self.book.paragraph([Piece(line.text)])
        self.content_since = True

    def _is_heading(self, lines: list[Line], position: int) -> bool:
        """Whether a line is short, unfinished, and has something below it."""
        line = lines[position]
        text = line.text
        if line.kind == "heading" or (line.kind == "text" and self._points_on(lines, position)):
            return True
        below = lines[position + 1] if position + 1 < len(lines) else None
        bare = NUMBERED.sub("", text)
        shaped = (
            len(text) <= _MAX_HEADING_CHARACTERS
            and len(text.split()) <= _MAX_HEADING_WORDS
            and not re.search(r"[.,;:!…]$|\]$", text)
            and bool(re.match(r"[\"“”'«(]?[^\W_a-zæøåäöü]", bare))
            and not re.search(r"[.!?]\s+[A-ZÆØÅÄÖ]", bare)
            and "|" not in text
        )
        if not shaped or read_byline(text) or _URL.search(text):
            return False
        if below is None:
            return False
        if self.in_references and line.kind == "numbered":
            return False
        longer = len(below.text) > len(text) or below.kind != "text" or line.alone
        return longer or is_reference_heading(text) or self._heads(lines, position + 1)

    def _points_on(self, lines: list[Line], position: int) -> bool:
        """Whether a line announces other pages and no text comes behind it."""
        text = lines[position].text
        if text.endswith((".", ":")) or not leads_elsewhere(text):
            return False
        return all(len(lines[below].text) <= 80 for below in range(position + 1, len(lines)))

    def _heads(self, lines: list[Line], position: int) -> bool:
        """Whether the line below is itself a short one that something follows."""
        below = lines[position]
        return below.text.endswith((".", "?", ":", "!")) or (
            position + 1 < len(lines) and len(lines[position + 1].text) > len(below.text)
        )

    def _heading(self, line: Line) -> None:
        level = line.level or self._level(line)
        self.in_references = is_reference_heading(line.text)
        if line.kind != "numbered":
            self.plain_level, self.plain_heading = level, line.text
            if is_question(line.text):
                self.question_open = True
            elif level == 2:
                self.question_open = False
        self.last_heading, self.last_level = line.text, level
        self.content_since = False
        self.book.heading(level, [Piece(line.text)])

    def _level(self, line: Line) -> int:
        """How deep a heading stands, by what the headings before it are."""
        standard = bool(_STANDARD.match(line.text)) or is_reference_heading(line.text)
        if line.kind == "numbered":
            beneath = self.plain_heading and not _STANDARD.match(self.plain_heading)
            faq = re.match(r"(?:faq|frequently)", self.plain_heading, re.IGNORECASE)
            return self.plain_level + 1 if beneath or faq else 2
        if standard or not self.last_heading:
            return 2
        if not self.content_since:
            return min(6, self.last_level + 1)
        if re.match(
            r"(?:faq|frequently|ofte stillede|vanliga frågor)", self.plain_heading, re.IGNORECASE
        ):
            return 3
        if is_question(line.text):
            return 3 if self._in_faq() else 2
        return 3 if self.question_open else 2

    def _in_faq(self) -> bool:
        """Whether the last second-level heading opens a list of questions."""
        for draft in reversed(self.book.drafts):
            if draft.kind == "heading" and draft.level == 2:
                return bool(
                    re.match(
                        r"(?:faq|frequently|ofte stillede|vanliga frågor)",
                        draft.words,
                        re.IGNORECASE,
                    )
                )
        return False
