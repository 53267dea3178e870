"""Ranked candidates → the few sentences that answer, in an order that reads well."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.answerability import AnswerType
from assistant.composition import Piece
from assistant.function_words import content_stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.evidence import Candidate
    from assistant.ranking import Ranking
    from index.entry import Entry
    from index.records import Sentence

MAX_SENTENCES = 3
CLOSE = 1.2
"""A further sentence is said where its log odds are at most this much below the best one's."""

LIST_SHARE = 0.5
"""A list is said whole where at least this share of its items, or two of the best five, rank high."""

_LEANS_BACK = re.compile(
    r"^(?:it|its|they|their|them|this|that|these|those|he|she|such|both|the (?:same|latter|former)|then"
    r"|but|however|instead|also|as a result|for example|for instance|so|in addition|here|there)\b",
    re.IGNORECASE,
)


def select(ranking: Ranking) -> list[Piece]:
    """The pieces of an answer: a whole list or table, or a few sentences.

    Args:
        ranking: at least one candidate.
    """
    best = ranking.candidates[0]
    group = group_of(best)
    if group is not None and _wants_whole(group, ranking):
        return list_pieces(best.entry, group)
    return _prose_pieces(ranking)


def group_of(candidate: Candidate) -> int | None:
    """The list or table that a sentence belongs to or introduces."""
    blocks = candidate.entry.article.blocks
    if candidate.introduces_list:
        return blocks[candidate.sentence.block + 1].group
    return blocks[candidate.sentence.block].group


def list_pieces(entry: Entry, group: int) -> list[Piece]:
    """A list or table with its lead-in, and with what the lead-in leans on."""
    blocks = entry.article.blocks
    items = [s for s in entry.sentences if blocks[s.block].group == group]
    lead_in = blocks[items[0].block].lead_in
    before = [s for s in entry.sentences if s.block == lead_in]
    if before:
        before = _with_referent(entry, before[-1])
    return [Piece(entry, s) for s in before] + [Piece(entry, s, "item") for s in items]


def _wants_whole(group: int, ranking: Ranking) -> bool:
    """A list is given whole where it is asked for, introduced by the best sentence, or ranks high."""
    best = ranking.candidates[0]
    blocks = best.entry.article.blocks
    rows = blocks[best.sentence.block].kind == "table_row"
    if best.introduces_list:
        return ranking.expected is not AnswerType.DEFINITION
    same = [c for c in ranking.candidates[:5] if c.entry is best.entry and group_of(c) == group]
    if rows:
        return ranking.expected in {AnswerType.LIST, AnswerType.COMPARISON} and len(same) > 1
    return ranking.expected is AnswerType.LIST or len(same) > 1


def _prose_pieces(ranking: Ranking) -> list[Piece]:
    """The best sentence and those close behind it, an article's sentences in their own order."""
    chosen: list[Candidate] = []
    for candidate, score in zip(ranking.candidates, ranking.scores, strict=True):
        if len(chosen) == MAX_SENTENCES or score < ranking.scores[0] - CLOSE:
            break
        if not _repeats(candidate, chosen):
            chosen.append(candidate)
    articles = list(dict.fromkeys(c.entry.article.id for c in chosen))
    chosen.sort(key=lambda c: (articles.index(c.entry.article.id), c.sentence.number))
    pieces: dict[tuple[str, int], Piece] = {}
    for candidate in chosen:
        for sentence in _with_referent(candidate.entry, candidate.sentence):
            key = candidate.entry.article.id, sentence.number
            pieces.setdefault(key, make_piece(candidate.entry, sentence))
    return list(pieces.values())


def make_piece(entry: Entry, sentence: Sentence) -> Piece:
    """A sentence as it is set: list items and table rows as items, all else as prose."""
    kind = entry.article.blocks[sentence.block].kind
    return Piece(entry, sentence, "item" if kind in {"list_item", "table_row"} else "prose")


def _with_referent(entry: Entry, sentence: Sentence) -> list[Sentence]:
    """A sentence, and before it the one that its first words lean on."""
    before = entry.sentences[sentence.number - 1] if sentence.number else None
    same_block = before is not None and before.block == sentence.block
    if before is None or not same_block or not _LEANS_BACK.match(entry.quote(sentence)):
        return [sentence]
    return [before, sentence]


def _repeats(candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    stems = set(content_stems(candidate.quote))
    return any(len(stems & set(content_stems(other.quote))) >= 0.7 * len(stems) for other in chosen)
