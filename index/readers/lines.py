"""Lines of plain text → logical lines: wrapped paragraphs joined, each with what it looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

LineKind = Literal["text", "bullet", "numbered", "heading"]

BULLET = re.compile(r"^\s*[-*•◦▪‣·–—●]\s+(?=\S)")
NUMBERED = re.compile(r"^\s*(?:\[(?P<a>\d{1,3})\]|(?P<b>\d{1,3})[.)])\s+(?=\S)")
_UNDERLINE = re.compile(r"^\s*([=\-~_*])\1{2,}\s*$")
_WRAPPED_MAX_CHARACTERS = 110


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, item or heading on one line.

    Attributes:
        text: its words; an item's bullet is gone, a number is kept.
        kind: what it looks like on its own; `heading` only where it is underlined.
        number: the number that it starts with.
        level: level of an underlined heading.
        alone: whether blank lines stand before and behind it.
    """

    text: str
    kind: LineKind
    number: int | None = None
    level: int = 0
    alone: bool = False


def read_lines(text: str) -> list[Line]:
    """Logical lines of a text, hard-wrapped paragraphs put together."""
    wrapped = is_wrapped(text)
    lines: list[Line] = []
    for block in re.split(r"\n\s*\n", text):
        rows = [row for row in block.split("\n") if row.strip()]
        found = _read_block(rows, wrapped=wrapped)
        if len(found) == 1 and wrapped:
            found = [
                Line(found[0].text, found[0].kind, found[0].number, found[0].level, alone=True)
            ]
        lines += found
    return lines


def is_wrapped(text: str) -> bool:
    """Whether paragraphs run over lines: no long lines, and many that break mid-sentence."""
    rows = [row.rstrip() for row in text.split("\n") if row.strip()]
    if len(rows) < 4 or max(len(row) for row in rows) > _WRAPPED_MAX_CHARACTERS:
        return False
    running = sum(
        bool(re.search(r"[^\W\d_,]$|,$", row)) and bool(re.match(r"\s*[a-zæøåäöü(]", below))
        for row, below in pairwise(rows)
    )
    return running >= max(2, 0.15 * len(rows))


def _read_block(rows: list[str], *, wrapped: bool) -> list[Line]:
    """Lines of a block without blank lines."""
    lines: list[Line] = []
    for index, row in enumerate(rows):
        underline = _UNDERLINE.match(row)
        if underline:
            if lines and len(lines[-1].text) <= 150 and underline[1] in "=-~":
                level = 2 if underline[1] == "=" else 3
                lines[-1] = Line(lines[-1].text, "heading", lines[-1].number, level)
            continue
        continues = wrapped and index > 0 and _continues(rows[index - 1], row)
        if continues and lines and lines[-1].kind != "heading":
            last = lines[-1]
            lines[-1] = Line(f"{last.text} {row.strip()}", last.kind, last.number)
        else:
            lines.append(_read_row(row))
    return lines


def _continues(above: str, row: str) -> bool:
    """Whether a row of a wrapped text goes on with the row above it."""
    if BULLET.match(row) or NUMBERED.match(row):
        return False
    # A short row that ends like a heading, above a row that starts anew, is a line of its own.
    ends = len(above) < 50 and above.rstrip()[-1:].isalnum() and row.lstrip()[:1].isupper()
    return not ends


def _read_row(row: str) -> Line:
    if match := BULLET.match(row):
        return Line(row[match.end() :].strip(), "bullet")
    if match := NUMBERED.match(row):
        return Line(row.strip(), "numbered", int(match["a"] or match["b"]))
    return Line(row.strip(), "text")
