"""What earlier answers of a conversation cited, found again in the library by its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.composition import Piece
from assistant.understanding import drop_own_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.conversation import Turn
    from index.entry import Entry
    from index.library import Library
    from index.records import Sentence

LOOKED_AT = 2
"""Earlier answers that a question can lean on."""

_MARKER = re.compile(r"\s?\[\d+\]")
_SHORTEST = 25
"""Shorter sentences may stand in many articles."""


def recall_cited(history: Sequence[Turn], library: Library) -> list[tuple[Entry, Sentence]]:
    """The sentences of the library that the latest answers said, in the order of the answer.

    An answer that says none, on who wrote an article or a greeting, is looked behind; refusals do
    not count.
    """
    said_to = [turn.content for turn in history if turn.role == "assistant"]
    answers = [content for content in said_to if drop_own_words(content)]
    for content in answers[: -LOOKED_AT - 1 : -1]:
        said = _fold(_MARKER.sub("", content))
        found = [
            (_find(said, entry, sentence), entry, sentence)
            for entry in library.entries.values()
            for sentence in entry.sentences
            if sentence.end - sentence.start >= _SHORTEST
        ]
        here = [(place, entry, sentence) for place, entry, sentence in found if place >= 0]
        if here:
            return [(e, s) for _, e, s in sorted(here, key=lambda f: (f[0], f[1].article.id))]
    return []


def _find(said: str, entry: Entry, sentence: Sentence) -> int:
    """Where a sentence is said; a table's row as it stands in its table, or as it is said alone."""
    place = said.find(_fold(entry.quote(sentence)))
    is_row = entry.article.blocks[sentence.block].kind == "table_row"
    return said.find(_fold(Piece(entry, sentence).text)) if place < 0 and is_row else place


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())
