"""The records that the index is made of.

An `Article` is its canonical text and what is known about spans of that text. Everything that is
ever quoted is a slice `article.text[start:end]`; offsets count Unicode code points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "list_item", "table_row", "byline", "reference"]
"""`byline` (author, date lines, and right behind the title what only the source's metadata say of
these) and `reference` (entries of the reference list) can be quoted when somebody asks who wrote an
article or what it cites; they are never part of a passage."""


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of an article's own reference list, numbered as the article numbers it."""

    number: int
    text: str
    pmid: str | None = None
    doi: str | None = None
    url: str | None = None
    check: str = "unchecked"
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class ReferenceMark:
    """Where a marker such as `[3, 4]` stood, right behind the words that it belongs to.

    The marker itself is not part of the canonical text.

    Attributes:
        offset: the place in the canonical text.
        numbers: the references that it names.
    """

    offset: int
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link on the words `text[start:end]`; commercial where it leads to a shop or a product."""

    start: int
    end: int
    url: str
    commercial: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or table row of an article.

    Attributes:
        kind: what the block is.
        start: offset of its first character in the canonical text.
        end: offset behind its last character.
        section: the headings above it, outermost first, the title left out. A heading's own text
            is not part of its section.
        level: a heading's level (1 is the title), 0 for every other block.
        lead_in: position in `Article.blocks` of the block that introduces this list or table
            ("Magnesium helps because it:"), or the question that this block answers.
        header: a table row's column names.
        group: number shared by the items of one list or the rows of one table.
        page: page in a paged source such as a PDF, from 1.
    """

    kind: BlockKind
    start: int
    end: int
    section: tuple[str, ...] = ()
    level: int = 0
    lead_in: int | None = None
    header: tuple[str, ...] = ()
    group: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read, whatever its format was.

    Attributes:
        id: stable over edits; made from the URL or the path.
        title: the article's title; also the first line of `text`.
        text: canonical text: blocks in reading order, separated by blank lines.
        credentials: what the page says of its one author beside the name, such as a profession.
        published: ISO 8601 date in the precision that the source gives: `2026-06` is a month.
        language: ISO 639-1 code.
        source: the path or URL that it was read from.
        format: the reader's name: wordpress, html, markdown, text …
        flags: what a reader wants known, e.g. `commercial`, `hidden-text`.
        translations: ids of the same article in other languages, as the source names them; not
            all of them need be in the library.
    """

    id: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    references: tuple[Reference, ...] = ()
    marks: tuple[ReferenceMark, ...] = ()
    links: tuple[Link, ...] = ()
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str = "en"
    source: str = ""
    format: str = ""
    flags: tuple[str, ...] = ()
    translations: tuple[str, ...] = ()
    credentials: str | None = None

    @property
    def commercial(self) -> bool:
        """Whether the article links to products that are for sale."""
        return "commercial" in self.flags

    def block_text(self, position: int) -> str:
        """The canonical text of the block at `position`."""
        block = self.blocks[position]
        return self.text[block.start : block.end]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit that is cited: a sentence, list item, table row, byline or reference entry.

    Attributes:
        number: position among the article's sentences, from 0.
        start: offset in the canonical text.
        end: offset behind its last character.
        block: position of its block in `Article.blocks`.
        references: numbers of the references whose markers stand in or right behind it.
    """

    number: int
    start: int
    end: int
    block: int
    references: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive blocks under one heading path that fit the embedding model's window.

    Attributes:
        number: position among the article's passages, from 0.
        start: offset in the canonical text.
        end: offset behind its last character.
        section: heading path.
        sentences: numbers of the first sentence and of the one behind the last.
        tokens: length of the embedded text in the embedding model's tokens.
    """

    number: int
    start: int
    end: int
    section: tuple[str, ...]
    sentences: tuple[int, int]
    tokens: int
