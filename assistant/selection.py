"""Candidates → the few sentences that answer, in an order that reads well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.composition import Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.evidence import Candidate
    from index.entry import Entry
    from index.records import Sentence

MAX_SENTENCES = 3
CLOSE = 0.85
"""A further sentence is said where its relevance is at least this share of the best one's."""


def select(candidates: Sequence[Candidate]) -> list[Piece]:
    """The pieces of an answer: a whole list or table, or a few sentences.

    Args:
        candidates: best first, at least one.
    """
    best = candidates[0]
    group = _group_of(best)
    if group is not None and _is_wanted(group, candidates):
        return _list_pieces(best.entry, group)
    return _prose_pieces(candidates)


def _group_of(candidate: Candidate) -> int | None:
    """The list or table that a sentence belongs to or introduces."""
    blocks = candidate.entry.article.blocks
    position = candidate.sentence.block
    if blocks[position].group is not None:
        return blocks[position].group
    following = blocks[position + 1] if position + 1 < len(blocks) else None
    return following.group if following and following.lead_in == position else None


def _is_wanted(group: int, candidates: Sequence[Candidate]) -> bool:
    """A list is given whole where its lead-in, or two of the best four sentences, are of it."""
    best = candidates[0]
    if best.entry.article.blocks[best.sentence.block].group is None:
        return True
    same = [c for c in candidates[:4] if c.entry is best.entry and _group_of(c) == group]
    return len(same) > 1


def _list_pieces(entry: Entry, group: int) -> list[Piece]:
    blocks = entry.article.blocks
    items = [s for s in entry.sentences if blocks[s.block].group == group]
    lead_in = blocks[items[0].block].lead_in
    before = [s for s in entry.sentences if s.block == lead_in][-1:]
    return [Piece(entry, s) for s in before] + [Piece(entry, s, "item") for s in items]


def _prose_pieces(candidates: Sequence[Candidate]) -> list[Piece]:
    """The best sentence and those close behind it, an article's sentences in their own order."""
    best = candidates[0]
    chosen: list[Candidate] = []
    for candidate in candidates:
        close = candidate.relevance >= CLOSE * best.relevance
        if len(chosen) < MAX_SENTENCES and close and not _repeats(candidate, chosen):
            chosen.append(candidate)
    articles = list(dict.fromkeys(c.entry.article.id for c in chosen))
    chosen.sort(key=lambda c: (articles.index(c.entry.article.id), c.sentence.number))
    return [_piece(candidate.entry, candidate.sentence) for candidate in chosen]


def _piece(entry: Entry, sentence: Sentence) -> Piece:
    kind = entry.article.blocks[sentence.block].kind
    return Piece(entry, sentence, "prose" if kind == "paragraph" else "item")


def _repeats(candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    words = set(candidate.quote.casefold().split())
    return any(
        len(words & set(other.quote.casefold().split())) >= 0.7 * len(words) for other in chosen
    )
