"""Rows of tables as they are said: in a table with its head, or alone, each cell with its name.

An answer's text holds a table as Markdown does (GitHub Flavored Markdown, section 4.10): a line of
names, a line of dashes, then a line for each row. Pure; knows nothing of articles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROW_MARK = "| "
_BETWEEN = re.compile(r"(?:(?<=\s)|^)\|(?=\s|$)")
_RULE = re.compile(r"\|(?: --- \|)+")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an answer's text: the names of its columns, and its rows cell by cell."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def split_cells(row: str) -> tuple[str, ...]:
    """The cells of a row as articles and answers hold it: "Oxide | 60%" or "| Oxide | 60% |"."""
    inner = row.strip().removeprefix(ROW_MARK).removesuffix(ROW_MARK[::-1])
    return tuple(cell.strip() for cell in _BETWEEN.split(inner))


def write_row(cells: Sequence[str]) -> str:
    """A row's line in a table."""
    return f"| {' | '.join(cells)} |"


def write_head(names: Sequence[str]) -> str:
    """The two lines above a table's rows."""
    return f"{write_row(names)}\n{write_row(['---'] * len(names))}"


def fill_row(row: Sequence[str], columns: int) -> list[str]:
    """A row with as many cells as there are columns; what is too much goes with the last."""
    kept, rest = row[: columns - 1], row[columns - 1 :]
    return [*kept, " ".join(rest), *[""] * (columns - len(kept) - 1)]


def find_tables(text: str) -> Iterator[str | Table]:
    """A text's lines, each table as one of them; its last row may have no end yet."""
    lines = text.split("\n")
    position = 0
    while position < len(lines):
        end = position + 2
        is_head = lines[position].startswith(ROW_MARK)
        if not is_head or not _RULE.fullmatch("".join(lines[position + 1 : end])):
            yield lines[position]
            position += 1
            continue
        while end < len(lines) and lines[end].startswith(ROW_MARK):
            end += 1
        rows = tuple(split_cells(line) for line in lines[position + 2 : end])
        yield Table(split_cells(lines[position]), rows)
        position = end


def say_row(names: Sequence[str], cells: Sequence[str]) -> str:
    """A row that is understood alone: "Form: Oxide; Elemental share: 60%".

    A first cell without a name is what the others are said of. Empty cells say nothing.
    """
    if not any(names):
        return say_plainly(names, cells)
    named = [
        _with_name(name, cell)
        for name, cell in zip_longest(names, cells, fillvalue="")
        if cell.strip()
    ]
    of_first = not names[0] and bool(cells[0]) and len(named) > 1
    return f"{named[0]} – {'; '.join(named[1:])}" if of_first else "; ".join(named)


def say_plainly(_: Sequence[str], cells: Sequence[str]) -> str:
    """A row without names: "Oxide: 60%"."""
    first, *rest = cells
    return f"{first}: {'; '.join(rest)}" if rest else first


def unfold_tables(text: str, say: Callable[[Sequence[str], Sequence[str]], str] = say_row) -> str:
    """A text with its tables as lists, for those who see or hear plain lines.

    Args:
        text: of an answer, or the beginning of one.
        say: names and cells → what the list says of a row.
    """
    lines: list[str] = []
    for part in find_tables(text):
        if isinstance(part, Table):
            lines += [f"- {say(part.names, cells)}" for cells in part.rows]
        else:
            lines.append(part)
    return "\n".join(lines)


def _with_name(name: str, cell: str) -> str:
    gap = " " if name.endswith(("?", ":")) else ": "
    return f"{name}{gap}{cell}" if name else cell
