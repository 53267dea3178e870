"""What every reader collects while it walks through a source: blocks in reading order.

A `Draft` still has its pieces as the source had them; `builder.build_article` makes an article.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index.readers.inline import BREAK, Piece, plain_text, writes_to_machines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.records import BlockKind


@dataclass(slots=True, eq=False)
class Draft:
    """A block to be.

    Attributes:
        kind: what the source says it is; `arrange` may find that it is something else.
        pieces: its text with links and markers.
        level: a heading's level in the source, 1 to 6.
        group: number of the list or table that it belongs to.
        cluster: number of the outermost list or table around it.
        header: a table row's column names.
        number: the number that an ordered list, an anchor or a footnote gives it.
        parent: the list item that a nested list stands in.
        label: a heading that introduces only the list right below it.
        after_rule: whether a thematic break stands before it.
        page: the page that it begins on, from 1, where the source has pages.
        cited: whether a mark in the text above leads to it.
        shows: whether boxes that show other pages stand right below it.
        words: its text, markers included.
    """

    kind: BlockKind
    pieces: list[Piece]
    level: int = 0
    group: int | None = None
    cluster: int | None = None
    header: tuple[str, ...] = ()
    number: int | None = None
    parent: Draft | None = None
    label: bool = False
    after_rule: bool = False
    page: int | None = None
    cited: bool = False
    shows: bool = False
    words: str = field(init=False)

    def __post_init__(self) -> None:
        self.words = plain_text(self.pieces)

    @property
    def bold(self) -> bool:
        """Whether every word stands in bold type."""
        spoken = [p for p in self.pieces if p.text.strip() and p.text != BREAK]
        return bool(spoken) and all(piece.bold for piece in spoken)

    def drop_first_character(self) -> None:
        """Takes away the sign that the text begins with, such as a bullet."""
        first = next(i for i, piece in enumerate(self.pieces) if piece.text.strip())
        self.pieces[first] = replace(self.pieces[first], text=self.pieces[first].text.lstrip()[1:])
        self.words = plain_text(self.pieces)

    def hrefs(self) -> tuple[str, ...]:
        """Addresses of its links."""
        return tuple(piece.href for piece in self.pieces if piece.href)


@dataclass(slots=True)
class Draftbook:
    """Collects drafts; hands out numbers for lists and tables."""

    drafts: list[Draft] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    groups: int = 0
    ruled: bool = False
    page: int | None = None
    cited: set[str] = field(default_factory=set)
    """Ids of the places that marks in the text lead to."""

    def new_group(self) -> int:
        """A number that no other list or table of this article has."""
        self.groups += 1
        return self.groups - 1

    def heading(self, level: int, pieces: list[Piece]) -> None:
        """Adds a heading unless it is empty."""
        self._add(Draft("heading", [Piece(p.text) for p in pieces], level=level))

    def paragraph(
        self, pieces: list[Piece], number: int | None = None, *, cited: bool = False
    ) -> None:
        """Adds a paragraph unless it is empty."""
        self._add(Draft("paragraph", pieces, number=number, cited=cited))

    def show_other_pages(self) -> None:
        """Notes that what stood below the last block was no text, but showed other pages."""
        last = self.drafts[-1] if self.drafts else None
        if last is not None and last.level > 1:
            last.shows = True

    def caption(self, pieces: list[Piece]) -> None:
        """Adds what stands above a table, unless it was said right before."""
        if not self.drafts or self.drafts[-1].words != plain_text(pieces):
            self.paragraph(pieces)

    def list_item(
        self,
        pieces: list[Piece],
        group: int,
        *,
        cluster: int | None = None,
        number: int | None = None,
        parent: Draft | None = None,
    ) -> Draft:
        """Adds an item of a list and gives it back, for the lists inside it."""
        around = group if cluster is None else cluster
        draft = Draft(
            "list_item", pieces, group=group, cluster=around, number=number, parent=parent
        )
        self._add(draft)
        return draft

    def table_row(self, cells: list[list[Piece]], header: tuple[str, ...], group: int) -> None:
        """Adds a row; its cells are set apart by ` | `."""
        if not any(plain_text(cell) for cell in cells):
            return
        pieces: list[Piece] = []
        for index, cell in enumerate(cells):
            pieces += [Piece(" | "), *cell] if index else cell
        self._add(Draft("table_row", pieces, group=group, cluster=group, header=header))

    def _add(self, draft: Draft) -> None:
        if any(writes_to_machines(piece.text) for piece in draft.pieces):
            self.flags.add("hidden-text")
        is_text = draft.kind in {"list_item", "table_row"} or any(map(str.isalnum, draft.words))
        if draft.words and is_text:
            draft.after_rule, self.ruled = self.ruled, False
            draft.page = self.page
            self.drafts.append(draft)


def clusters_of(drafts: Sequence[Draft]) -> Iterable[tuple[int, int]]:
    """Start and end of every run of blocks that belong to one outermost list or table."""
    start = 0
    for index in range(1, len(drafts) + 1):
        if index == len(drafts) or drafts[index].cluster != drafts[start].cluster:
            if drafts[start].cluster is not None:
                yield start, index
            start = index
