"""A `<table>` → rows under their header, or the blocks that it only lays out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.readers.inline import Piece, plain_text, tidy

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from index.readers.markup import Walker

_MAX_SPAN = 50
_WORDS_ALONE = "figcaption a b strong i em span small sup sub cite code br"
_IN_CAPTIONS = frozenset(_WORDS_ALONE.split())
_CELLS = frozenset({"cell", "gridcell", "columnheader", "rowheader"})


def walk_table(walker: Walker, table: LexborNode, depth: int) -> None:
    """Adds a table's rows; a caption before them as the paragraph that introduces them.

    So does that of a figure around it, which editors set below.
    """
    rows = [row for row in table.css("tr, [role=row]") if _owner(row) == table.mem_id]
    if is_layout(table, rows):
        for row in rows:
            for cell in _cells(row):
                walker.walk(cell, depth + 1)
                walker.flush()
        return
    caption = _find_caption(walker, table)
    if caption is not None:
        walker.book.caption(walker.inline(caption))
    if len(rows) > 1 and len(_cells(rows[0])) == 1 < len(_cells(rows[1])):
        walker.book.caption(walker.inline(_cells(rows.pop(0))[0]))
    grid = _grid(walker, rows)
    header = _header(rows, grid)
    group = walker.book.new_group()
    if not header and _is_numbered(grid):
        for number, (_, entry) in enumerate(grid, 1):
            walker.book.list_item(entry, group, number=number)
        return
    for cells in grid[1:] if header else grid:
        walker.book.table_row(cells, header, group)


def _find_caption(walker: Walker, table: LexborNode) -> LexborNode | None:
    """A table's own caption where it is to be seen, or that of its figure."""
    own = table.css_first("caption")
    if own is None:
        return _take_figcaption(walker, table)
    return None if walker.is_skipped(own) else own


def _take_figcaption(walker: Walker, table: LexborNode) -> LexborNode | None:
    """What stands below the only table of a figure, in plain words; it is not told again there.

    It stays below where it is a note, and where the text leads to the table: "Not on these days:".
    """
    figure = _figure_of(table)
    if figure is None or len(figure.css("table")) > 1:
        return None
    found = figure.css("figcaption")
    if len(found) != 1 or not _is_last_child(found[0], figure):
        return None
    parts = list(found[0].traverse())
    if any(part.is_element_node and part.tag not in _IN_CAPTIONS for part in parts):
        return None
    is_note = any(part.attributes.get("id") in walker.book.cited for part in parts)
    leads = bool(walker.book.drafts) and walker.book.drafts[-1].words.endswith(":")
    if is_note or leads or walker.is_skipped(found[0]):
        return None
    walker.told_above = found[0].mem_id
    return found[0]


def _is_last_child(node: LexborNode, parent: LexborNode) -> bool:
    """Whether no element follows a node in an element."""
    behind = node.next
    while behind is not None and not behind.is_element_node:
        behind = behind.next
    return behind is None and node.parent is not None and node.parent.mem_id == parent.mem_id


def _figure_of(table: LexborNode) -> LexborNode | None:
    """The figure that a table stands in by itself."""
    node = table.parent
    while node is not None and node.tag == "div":
        node = node.parent
    return node if node is not None and node.tag == "figure" else None


def _is_numbered(grid: list[list[list[Piece]]]) -> bool:
    """Whether a table is a numbered list: two columns, the first one counting from 1."""
    numbers = [re.sub(r"\W", "", plain_text(row[0])) for row in grid if len(row) == 2]
    return len(grid) > 1 and numbers == [str(number) for number in range(1, len(grid) + 1)]


def is_layout(table: LexborNode, rows: list[LexborNode]) -> bool:
    """Whether a table only places things: one column, tables or headings inside, or so declared.

    Editors declare tables of data so, too: a row of names above the others shows what they are.
    """
    declared = table.attributes.get("role") in {"presentation", "none"}
    if declared and not (len(rows) > 1 and all(map(_is_name, _cells(rows[0])))):
        return True
    nested = len(table.css("table")) > (1 if table.css_matches("table") else 0)
    inside = table.css_first("td h1, td h2, td h3, td h4") is not None
    return nested or inside or all(len(_cells(row)) <= 1 for row in rows)


def _is_name(cell: LexborNode) -> bool:
    """Whether a cell is a column's name, by its tag or its weight."""
    bold = cell.css_first("b, strong")
    words = tidy(cell.text(deep=True))
    return cell.tag == "th" or (bold is not None and tidy(bold.text(deep=True)) == words != "")


def _is_table(node: LexborNode) -> bool:
    return node.tag == "table" or _role(node) in {"table", "grid"}


def _role(node: LexborNode) -> str | None:
    return node.attributes.get("role") if node.is_element_node else None


def _owner(row: LexborNode) -> int | None:
    """Identity of the table that a row belongs to."""
    node = row.parent
    while node is not None and not _is_table(node):
        node = node.parent
    return node.mem_id if node is not None else None


def _cells(row: LexborNode) -> list[LexborNode]:
    found: list[LexborNode] = []
    child = row.child
    while child is not None:
        if child.tag in {"td", "th"} or _role(child) in _CELLS:
            found.append(child)
        child = child.next
    return found


def _grid(walker: Walker, rows: list[LexborNode]) -> list[list[list[Piece]]]:
    """Cells row by row; a cell that spans rows is said again in each of them."""
    grid: list[list[list[Piece]]] = []
    carried: dict[int, tuple[int, list[Piece]]] = {}
    for row in rows:
        cells = _cells(row)
        line: list[list[Piece]] = []
        while cells or len(line) in carried:
            column = len(line)
            if column in carried:
                left, pieces = carried.pop(column)
                if left > 1:
                    carried[column] = (left - 1, pieces)
            else:
                cell = cells.pop(0)
                pieces = walker.inline(cell)
                span = _span(cell.attributes.get("rowspan"))
                if span > 1:
                    carried[column] = (span - 1, pieces)
            line.append(pieces)
        grid.append(line)
    return grid


def _span(value: str | None) -> int:
    return min(int(value), _MAX_SPAN) if value and value.strip().isdigit() else 1


def _header(rows: list[LexborNode], grid: list[list[list[Piece]]]) -> tuple[str, ...]:
    """Column names: the first row where it is a head by its place, its cells or its weight.

    A name that spans columns is that of each of them.
    """
    if len(rows) < 2:
        return ()
    parent = rows[0].parent
    in_head = parent is not None and parent.tag == "thead"
    heads = (cell.tag == "th" or _role(cell) == "columnheader" for cell in _cells(rows[0]))
    all_heads = all(heads)
    spoken = [piece for cell in grid[0] for piece in cell if piece.text.strip()]
    all_bold = bool(spoken) and all(piece.bold for piece in spoken)
    if not (in_head or all_heads or all_bold):
        return ()
    names: list[str] = []
    for cell, found in zip(_cells(rows[0]), grid[0], strict=False):
        names += [tidy(plain_text(found))] * _span(cell.attributes.get("colspan"))
    return tuple(names)
