"""Lines in reading order → drafts: headings, list items, paragraphs over columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.readers.drafts import Draftbook
from index.readers.inline import Piece

if TYPE_CHECKING:
    from index.readers.pdf_layout import Line

_HEADING_SIZE = 1.12
"""Size of a heading's type to that of the text, at least."""
_LONGEST_HEADING = 150
_BULLET = re.compile(r"^[•◦▪‣·●○■–—\uf0b7*-]\s+(?=\S)")
_NUMBERED = re.compile(r"^(?:\[\d{1,3}\]|\d{1,3}[.)])\s+(?=\S)")
_ENDS = re.compile(r"[.!?:…][\"”’)\]⁰¹²³⁴-⁹\d]*$")
_HYPHEN = re.compile(r"(\w+)[-\u2010]$")


def write_drafts(pages: list[list[Line]]) -> Draftbook:
    """The drafts of a document."""
    lines = [line for page in pages for line in page]
    writer = _Writer(_body_size(lines), _heading_sizes(lines), _words(lines))
    for line in lines:
        writer.add(line)
    writer.end()
    return writer.book


def _body_size(lines: list[Line]) -> float:
    """The size in which most of the text is set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _heading_sizes(lines: list[Line]) -> list[float]:
    """Sizes of type larger than the text's, largest first."""
    body = _body_size(lines)
    return sorted({line.size for line in lines if line.size >= _HEADING_SIZE * body}, reverse=True)


def _words(lines: list[Line]) -> Counter[str]:
    """How often each word stands within a line, by which broken words are mended."""
    inner = (word for line in lines for word in line.text.split()[:-1])
    return Counter(word.strip(".,;:()[]\"'“”").casefold() for word in inner)


@dataclass(slots=True)
class _Writer:
    """Puts lines together; those of the block that is still open wait in `waiting`."""

    body: float
    sizes: list[float]
    known: Counter[str]
    book: Draftbook = field(default_factory=Draftbook)
    waiting: list[Line] = field(default_factory=list)
    kind: str = "paragraph"
    group: int | None = None

    def add(self, line: Line) -> None:
        """Adds a line to the block before it, or begins a new one."""
        if line.rows:
            self.end()
            self._write_table(line)
            return
        kind = self._kind_of(line)
        if not (self.waiting and self._continues(line, kind)):
            self.end()
            self.kind = kind
        self.waiting.append(line)

    def _kind_of(self, line: Line) -> str:
        if _BULLET.match(line.text):
            return "bullet"
        if len(line.text) <= _LONGEST_HEADING and line.size >= _HEADING_SIZE * self.body:
            return "heading"
        if _NUMBERED.match(line.text) and not line.bold:
            return "numbered"
        short = len(line.text) <= _LONGEST_HEADING and not line.text.endswith((".", ",", ";"))
        return "heading" if line.bold and short else "paragraph"

    def _continues(self, line: Line, kind: str) -> bool:
        """Whether a line goes on with the block before it."""
        last = self.waiting[-1]
        same_place = (last.page, last.column) == (line.page, line.column)
        gap = line.box.top - last.box.bottom
        near = same_place and -0.5 * line.size < gap < 0.8 * line.size
        if self.kind == "heading" or kind == "heading":
            alike = self.kind == kind and (last.size, last.bold) == (line.size, line.bold)
            return alike and near
        if kind in {"bullet", "numbered"}:
            return False
        unfinished = not _ENDS.search(last.text)
        if not same_place:
            return unfinished and (line.text[:1].islower() or last.text.endswith("-"))
        if not near:
            return False
        if self.kind in {"bullet", "numbered"}:
            return line.box.x0 > self.waiting[0].box.x0 + 0.3 * line.size or unfinished
        indented = line.box.x0 - line.left > 0.8 * line.size and last.box.x0 - last.left < 2
        ended_early = not unfinished and last.box.x1 < last.right - 0.25 * (last.right - last.left)
        return not (indented and not unfinished) and not ended_early

    def end(self) -> None:
        """Writes the block that is open."""
        lines, self.waiting = self.waiting, []
        if not lines:
            return
        self.book.page = lines[0].page
        text = self._join(lines)
        if self.kind == "heading":
            self.group = None
            self.book.heading(self._level(lines[0]), [Piece(text)])
        elif self.kind in {"bullet", "numbered"}:
            if self.group is None:
                self.group = self.book.new_group()
            number = re.match(r"\[?(\d{1,3})", text)
            bare = _BULLET.sub("", _NUMBERED.sub("", text))
            self.book.list_item(
                [Piece(bare)], self.group, number=int(number[1]) if number else None
            )
        else:
            self.group = None
            self.book.paragraph([Piece(text)])

    def _level(self, line: Line) -> int:
        """1 for the largest type, one more for each smaller size, bold text last."""
        if line.size in self.sizes:
            return min(6, 1 + self.sizes.index(line.size))
        return min(6, 2 + len(self.sizes))

    def _join(self, lines: list[Line]) -> str:
        """The text of some lines, words that were broken at their ends put together."""
        text = lines[0].text
        for line in lines[1:]:
            broken = _HYPHEN.search(text)
            if broken is None or not line.text[:1].islower():
                text += f" {line.text}"
                continue
            rest = re.match(r"\w*", line.text)
            whole = f"{broken[1]}{rest[0] if rest else ''}".casefold()
            hyphened = f"{broken[1]}-{rest[0] if rest else ''}".casefold()
            keeps = self.known[hyphened] > self.known[whole]
            text = (text if keeps else text[:-1]) + line.text
        return text.replace("\u00ad", "")

    def _write_table(self, line: Line) -> None:
        self.book.page = line.page
        self.group = None
        group = self.book.new_group()
        header, *rows = line.rows
        for row in rows:
            self.book.table_row([[Piece(cell)] for cell in row], header, group)
