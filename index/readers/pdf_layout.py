"""Words on a page → lines in the order in which people read them.

Columns are found by the strip of white between them: where it is crossed by few lines, these
(titles, wide tables) cut the page into bands, and in each band the left column comes before the
right one (after the XY cut; Nagy & Seth 1984).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING, Any

from index.readers.inline import raise_digits

if TYPE_CHECKING:
    from collections.abc import Sequence

_GUTTER_SIZES = 0.8
"""Least width of the white between two columns, in sizes of type."""
_SMALL = 0.9
"""Share of the usual size of type below which a number is raised or lowered."""
_MAX_CROSSING = 0.35
_LEAST_LINES = 3
_MARGIN = 0.12
"""Share of a page's height at either end where running heads and page numbers stand."""
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page|side|sida|seite|p\.?)?\s*\d{1,4}(?:\s*(?:/|of|af|av|von)\s*\d{1,4})?\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page in points, from its top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in one column, or a whole table (`rows`).

    Attributes:
        size: size of most of its type, in points.
        bold: whether all of it is bold.
        page: from 1.
        height: of the page that it stands on.
        column: number of the column that it stands in, on its page.
        right: right edge of that column.
        left: left edge of that column.
    """

    text: str
    box: Box
    size: float
    bold: bool
    page: int
    rows: tuple[tuple[str, ...], ...] = ()
    height: float = 0.0
    column: int = 0
    left: float = 0.0
    right: float = 0.0


Word = dict[str, Any]
"""A word as pdfplumber gives it: text, x0, x1, top, bottom, size, fontname."""


def make_lines(
    words: Sequence[Word], tables: Sequence[Line], page: int, height: float
) -> list[Line]:
    """The lines and tables of a page in reading order, each with its column."""
    rows: list[list[Word] | Line] = [*_make_rows(words), *tables]
    columns: list[list[Line]] = []
    _split(rows, page, columns)
    ordered = []
    for number, column in enumerate(columns):
        left = min(line.box.x0 for line in column)
        right = max(line.box.x1 for line in column)
        ordered += [
            replace(line, column=number, left=left, right=right, height=height) for line in column
        ]
    return ordered


def _make_rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words by the height that they stand on; raised and small ones with their neighbours."""
    if not words:
        return []
    usual = median(word["size"] for word in words)
    small = [word for word in words if word["size"] < _SMALL * usual]
    rows: list[list[Word]] = []
    for word in sorted(
        (word for word in words if word["size"] >= _SMALL * usual),
        key=lambda word: (word["bottom"], word["x0"]),
    ):
        if rows and abs(word["bottom"] - rows[-1][0]["bottom"]) <= 0.3 * word["size"]:
            rows[-1].append(word)
        else:
            rows.append([word])
    loose: list[list[Word]] = []
    for word in small:
        home = _home_of(word, rows)
        (home if home is not None else _own_row(word, loose)).append(word)
    return [sorted(row, key=lambda word: word["x0"]) for row in (*rows, *loose)]


def _home_of(word: Word, rows: list[list[Word]]) -> list[Word] | None:
    """The row in which a raised number or a drawn bullet stands right beside another word."""
    middle = (word["top"] + word["bottom"]) / 2
    for row in rows:
        for other in row:
            beside = min(abs(word["x0"] - other["x1"]), abs(other["x0"] - word["x1"]))
            if other["top"] <= middle <= other["bottom"] and beside <= 2 * other["size"]:
                return row
    return None


def _own_row(word: Word, rows: list[list[Word]]) -> list[Word]:
    """The row of small type that a word belongs to, made where there is none yet."""
    for row in rows:
        if abs(row[0]["bottom"] - word["bottom"]) <= 0.3 * word["size"]:
            return row
    rows.append([])
    return rows[-1]


def _make_line(words: list[Word], page: int) -> Line:
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[round(float(word["size"]), 1)] += len(word["text"])
    size = sizes.most_common(1)[0][0]
    text = ""
    for index, word in enumerate(words):
        gap = word["x0"] - words[index - 1]["x1"] if index else 0.0
        said = word["text"]
        if index and word["size"] < _SMALL * size and re.fullmatch(r"[\d,–-]+", said):
            said = raise_digits(said)
        text += (" " if gap > 0.12 * size else "") + said
    bold = all(_BOLD.search(word["fontname"]) for word in words)
    return Line(text, _box_of(words), size, bold, page)


def _box_of(row: list[Word] | Line) -> Box:
    if isinstance(row, Line):
        return row.box
    return Box(
        min(word["x0"] for word in row), min(word["top"] for word in row),
        max(word["x1"] for word in row), max(word["bottom"] for word in row),
    )  # fmt: skip


def _split(rows: list[list[Word] | Line], page: int, columns: list[list[Line]]) -> None:
    """Appends the columns of a part of a page in reading order."""
    rows = sorted(rows, key=lambda row: (round(_box_of(row).top), _box_of(row).x0))
    gutter = _find_gutter(rows)
    if gutter is None:
        if rows:
            lines = [row if isinstance(row, Line) else _make_line(row, page) for row in rows]
            columns.append(lines)
        return
    left: list[list[Word] | Line] = []
    right: list[list[Word] | Line] = []

    def close_band() -> None:
        _split(left[:], page, columns)
        _split(right[:], page, columns)
        left.clear()
        right.clear()

    for row in rows:
        parts = _cut(row, gutter)
        if parts is None:
            close_band()
            columns.append([row if isinstance(row, Line) else _make_line(row, page)])
            continue
        left += parts[0]
        right += parts[1]
    close_band()


def _cut(
    row: list[Word] | Line, gutter: float
) -> tuple[list[list[Word] | Line], list[list[Word] | Line]] | None:
    """What of a row stands on each side of a gutter; None for a row that runs across it."""
    box = _box_of(row)
    if box.x1 <= gutter:
        return [row], []
    if box.x0 >= gutter:
        return [], [row]
    if isinstance(row, Line) or not _is_clear(row, gutter):
        return None
    before = [word for word in row if word["x1"] <= gutter]
    return [before], [[word for word in row if word["x0"] >= gutter]]


def _is_clear(row: list[Word], x: float) -> bool:
    """Whether a row has a gap at `x`, wider than one between two words."""
    before = max((word["x1"] for word in row if word["x0"] < x), default=x)
    after = min((word["x0"] for word in row if word["x1"] > x), default=x)
    return bool(after - before >= _GUTTER_SIZES * max(word["size"] for word in row))


def _find_gutter(rows: list[list[Word] | Line]) -> float | None:
    """The middle of the white between two columns, None where there is one column."""
    if len(rows) < _LEAST_LINES:
        return None
    boxes = [_box_of(row) for row in rows]
    low, high = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
    best: tuple[float, float, float] | None = None
    for step in range(41):
        x = low + (high - low) * (0.2 + 0.6 * step / 40)
        parts = [_cut(row, x) for row in rows]
        crossing = sum(part is None for part in parts)
        left = [row for part in parts if part for row in part[0]]
        right = [row for part in parts if part for row in part[1]]
        if (
            min(len(left), len(right)) >= _LEAST_LINES
            and crossing <= _MAX_CROSSING * len(rows)
            and _are_columns(left, right, high - low)
        ):
            key = (float(crossing), abs(x - (low + high) / 2), x)
            best = min(best, key) if best else key
    return best[2] if best else None


def _are_columns(
    left: list[list[Word] | Line], right: list[list[Word] | Line], width: float
) -> bool:
    """Whether both sides hold text, and not bullets beside their items or cells of a table."""
    sides = ([_box_of(row) for row in side] for side in (left, right))
    return min(median(box.x1 - box.x0 for box in side) for side in sides) >= 0.2 * width


def drop_running_lines(pages: list[list[Line]]) -> list[list[Line]]:
    """Leaves out heads and feet that come again on other pages, and page numbers."""
    counts: Counter[str] = Counter()
    for lines in pages:
        counts.update({_masked(line.text) for line in lines if _in_margin(line)})
    often = max(2, 0.3 * len(pages))

    def runs(line: Line) -> bool:
        if not _in_margin(line) or line.rows:
            return False
        return bool(_PAGE_NUMBER.match(line.text)) or counts[_masked(line.text)] >= often

    return [[line for line in lines if not runs(line)] for lines in pages]


def _in_margin(line: Line) -> bool:
    return line.box.bottom < _MARGIN * line.height or line.box.top > (1 - _MARGIN) * line.height


def _masked(text: str) -> str:
    """A line as it would be on another page: its numbers do not count."""
    return re.sub(r"\d+", "#", text.casefold()).strip()
