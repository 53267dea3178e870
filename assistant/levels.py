"""More or less of the same answer, as its reader wishes: always sentences of the articles.

No sentence is rewritten: "simple" is the one that answers best, "detailed" adds what stands around
the answer under the same heading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.referents import with_reply
from assistant.selection import make_piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.composition import Piece
    from assistant.conversation import Level
    from assistant.evidence import Candidate
    from index.entry import Entry
    from index.records import Sentence

MAX_ADDED = 8
"""Sentences that a detailed answer adds to an article's own: more would be the article itself."""


def set_level(pieces: Sequence[Piece], best: Candidate, level: Level) -> list[Piece]:
    """The pieces of an answer at a level; `best` is the candidate that answers best."""
    if level == "simple":
        return _keep_best(pieces, best)
    if level == "detailed":
        return _add_surroundings(pieces)
    return list(pieces)


def _keep_best(pieces: Sequence[Piece], best: Candidate) -> list[Piece]:
    """The best sentence, with its reply; a list stays whole: half of one says something else."""
    if any(piece.style == "item" for piece in pieces):
        return list(pieces)
    kept = {(best.entry.article.id, s.number) for s in with_reply(best.entry, best.sentence)}
    return [piece for piece in pieces if _key(piece) in kept] or [pieces[0]]


def _add_surroundings(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with the sentences nearest to them under the same headings, in reading order."""
    entries = {piece.entry.article.id: piece.entry for piece in pieces}
    own = {_key(piece): piece for piece in pieces}
    detailed: list[Piece] = []
    for article_id, entry in entries.items():
        said = [piece.sentence for piece in pieces if piece.entry.article.id == article_id]
        added = sorted(
            _same_sections(entry, said),
            key=lambda other: min(abs(other.number - one.number) for one in said),
        )[:MAX_ADDED]
        ordered = sorted([*said, *added], key=lambda sentence: sentence.start)
        detailed += [own.get((article_id, s.number)) or make_piece(entry, s) for s in ordered]
    return detailed


def _same_sections(entry: Entry, said: Sequence[Sentence]) -> Iterator[Sentence]:
    """Sentences that are not said yet and stand under the heading of one that is."""
    blocks = entry.article.blocks
    numbers = {sentence.number for sentence in said}
    sections = {(blocks[s.block].section, blocks[s.block].kind == "heading") for s in said}
    for sentence in entry.sentences:
        block = blocks[sentence.block]
        quotable = block.kind not in {"heading", "byline", "reference"}
        if quotable and sentence.number not in numbers and (block.section, False) in sections:
            yield sentence


def _key(piece: Piece) -> tuple[str, int]:
    return piece.entry.article.id, piece.sentence.number
