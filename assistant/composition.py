"""Chosen sentences → the answer's text with markers, its sentences and its sources."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from assistant.answer import AnswerSentence
from assistant.citing import cite
from assistant.rows import ROW_MARK, say_row, split_cells, write_head, write_row
from assistant.stages import stage
from index.records import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.answer import Source
    from index.entry import Entry
    from index.records import Block


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of the library to be said in the answer, and how it is set.

    Attributes:
        style: in a paragraph, as an item of a list, or as what introduces a list.
    """

    entry: Entry
    sentence: Sentence
    style: Literal["prose", "item", "lead"] = "prose"

    @property
    def text(self) -> str:
        """The words as they are understood alone: a row says the names of its columns."""
        quote = self.entry.quote(self.sentence)
        is_row = self._block.kind == "table_row"
        return say_row(self._block.header, split_cells(quote)) if is_row else quote

    @property
    def names(self) -> tuple[str, ...]:
        """Of a table's row, the names of its columns; empty for all else and without a head."""
        return self._block.header

    @property
    def cells(self) -> tuple[str, ...]:
        """Of a table's row."""
        return split_cells(self.entry.quote(self.sentence))

    @property
    def table(self) -> tuple[str, int] | None:
        """The table with a head that it is a row of: article id and number there."""
        group = self._block.group
        return (self.entry.article.id, group) if group is not None and any(self.names) else None

    @property
    def _block(self) -> Block:
        return self.entry.article.blocks[self.sentence.block]


@dataclass(frozen=True, slots=True)
class Composition:
    """An answer's text and what it is made of."""

    text: str
    sentences: tuple[AnswerSentence, ...]
    sources: tuple[Source, ...]


@dataclass(slots=True)
class Statements:
    """What the program says of articles in its own words, each with the words that bear it out."""

    sentences: list[AnswerSentence] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)

    def say(self, words: str, entry: Entry, sentence: Sentence | None = None) -> str:
        """The words with their marker; the title bears out what no sentence says."""
        return self._mark(words, entry, [sentence or _title_of(entry)])

    def say_of(self, entry: Entry, words: str, *sentences: Sentence) -> str:
        """Words that name the article, with markers of its title and of what else bears it out."""
        return self._mark(words, entry, [_title_of(entry), *sentences])

    def _mark(self, words: str, entry: Entry, sentences: Sequence[Sentence]) -> str:
        first = len(self.sources) + 1
        self.sources += [cite(entry, one, first + place) for place, one in enumerate(sentences)]
        numbers = tuple(range(first, first + len(sentences)))
        self.sentences.append(AnswerSentence(words, numbers, 1.0))
        return f"{words} {''.join(f'[{number}]' for number in numbers)}"

    def set(self, text: str) -> Composition:
        """All that was said, as `text` sets it."""
        return Composition(text, tuple(self.sentences), tuple(self.sources))


def _title_of(entry: Entry) -> Sentence:
    return Sentence(-1, 0, len(entry.article.title), 0)


@stage("composition")
def compose(pieces: Sequence[Piece]) -> Composition:
    """Sets pieces in their order: prose in one paragraph, list items a line each.

    Rows stand under the head of their table, or they would say "350 mg" of nobody. Every piece is
    cited by the sentence that it is; the same sentence keeps its number.
    """
    page = _Page()
    for table, run in groupby(pieces, key=lambda piece: piece.table):
        if table is not None:
            page.add_table(list(run))
        else:
            for piece in run:
                page.add(piece)
    return Composition(page.text, tuple(page.sentences), tuple(page.sources.values()))


@dataclass(slots=True)
class _Page:
    """The answer as it grows."""

    text: str = ""
    sentences: list[AnswerSentence] = field(default_factory=list)
    sources: dict[tuple[str, int], Source] = field(default_factory=dict)

    def add(self, piece: Piece) -> None:
        self.text += f"{self._gap(piece)}{self._say(piece, piece.text)}"

    def add_table(self, rows: Sequence[Piece]) -> None:
        self.text += ("\n\n" if self.text else "") + write_head(rows[0].names)
        for row in rows:
            self.text += f"\n{write_row([self._say(row, ' | '.join(row.cells))])}"

    def _say(self, piece: Piece, words: str) -> str:
        """The words with their marker."""
        key = piece.entry.article.id, piece.sentence.number
        if key not in self.sources:
            self.sources[key] = cite(piece.entry, piece.sentence, len(self.sources) + 1)
        number = self.sources[key].n or 0
        self.sentences.append(AnswerSentence(words, (number,), 1.0))
        return f"{words} [{number}]"

    def _gap(self, piece: Piece) -> str:
        last_line = self.text.rsplit("\n", 1)[-1]
        if piece.style == "item":
            gap = "\n\n" if last_line.startswith(ROW_MARK) else "\n" if self.text else ""
            return f"{gap}- "
        if not self.text:
            return ""
        apart = piece.style == "lead" or last_line.startswith(("- ", ROW_MARK))
        return "\n\n" if apart else " "
