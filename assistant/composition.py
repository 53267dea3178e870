"""Chosen sentences → the answer's text with markers, its sentences and its sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assistant.answer import AnswerSentence
from assistant.citing import cite
from assistant.stages import stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.answer import Source
    from index.entry import Entry
    from index.records import Sentence


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of the library to be said in the answer, and how it is set."""

    entry: Entry
    sentence: Sentence
    style: Literal["prose", "item"] = "prose"

    @property
    def text(self) -> str:
        """The words as they are said: a table row reads as "first: rest"."""
        quote = self.entry.quote(self.sentence)
        first, *rest = quote.split(" | ")
        return f"{first}: {'; '.join(rest)}" if rest and self._is_row else quote

    @property
    def _is_row(self) -> bool:
        return self.entry.article.blocks[self.sentence.block].kind == "table_row"


@dataclass(frozen=True, slots=True)
class Composition:
    """An answer's text and what it is made of."""

    text: str
    sentences: tuple[AnswerSentence, ...]
    sources: tuple[Source, ...]


@stage("composition")
def compose(pieces: Sequence[Piece]) -> Composition:
    """Sets pieces in their order: prose in one paragraph, list items a line each.

    Every piece is cited by the sentence that it is; the same sentence keeps its number.
    """
    numbers: dict[tuple[str, int], int] = {}
    sources: list[Source] = []
    sentences: list[AnswerSentence] = []
    text = ""
    for piece in pieces:
        key = piece.entry.article.id, piece.sentence.number
        if key not in numbers:
            numbers[key] = len(sources) + 1
            sources.append(cite(piece.entry, piece.sentence, numbers[key]))
        sentences.append(AnswerSentence(piece.text, (numbers[key],), 1.0))
        text += f"{_gap(text, piece)}{piece.text} [{numbers[key]}]"
    return Composition(text, tuple(sentences), tuple(sources))


def _gap(text: str, piece: Piece) -> str:
    if piece.style == "item":
        return "\n- " if text else "- "
    last_line = text.rsplit("\n", 1)[-1]
    return "" if not text else "\n\n" if last_line.startswith("- ") else " "
