"""Ranked candidates → the few sentences that answer, in an order that reads well."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from assistant.answerability import AnswerType
from assistant.composition import Piece
from assistant.function_words import content_stems
from assistant.lists import (
    SINGLE_FACTS,
    find_list,
    group_of,
    heading_share,
    items_of,
    likelihoods,
)
from assistant.ranking.model import load_models
from assistant.stages import stage
from index.records import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from assistant.evidence import Candidate
    from assistant.ranking import Ranking
    from index.entry import Entry

MAX_SENTENCES = 3

ENOUGH = 0.9
"""Sentences are added until it is this likely that the one that answers best is among them."""

WHOLE = 0.4
"""Probability from which a list is given whole. A list too many costs reading, or hides the one
sentence; one too few costs half the answer."""

_LEANS_BACK = re.compile(
    r"^(?:it|its|they|their|them|this|that|these|those|he|she|such|both|then|but|however|instead"
    r"|also|for example|for instance|so|here|there|the (?:same|latter|former))\b",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"\b(two|three|four|five|six|seven) (?:\w+[ -]){0,3}\w+s\b(?!.*\d)", re.IGNORECASE
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}


@stage("selection")
def select(ranking: Ranking, question: str, vector: NDArray[np.float32]) -> list[Piece]:
    """The pieces of an answer: a whole list or table, or a few sentences.

    Args:
        ranking: at least one candidate.
        question: as understood.
        vector: its embedding, `(d,) float32`.
    """
    best = ranking.candidates[0]
    shares = likelihoods(ranking.scores)
    whole = _whole_list(ranking, question, vector) or _list_under_heading(best, ranking, question)
    if whole is not None:
        return list_pieces(*whole)
    announced = _announced(best.entry, best.sentence)
    if announced and ranking.expected not in SINGLE_FACTS:
        return [make_piece(best.entry, best.sentence), *announced]
    return _prose_pieces(ranking, shares)


def list_pieces(entry: Entry, group: int) -> list[Piece]:
    """A list or table with its lead-in, and with what the lead-in leans on."""
    items = items_of(entry, group)
    lead_in = entry.article.blocks[items[0].block].lead_in
    before = [s for s in entry.sentences if s.block == lead_in]
    if before:
        before = with_referent(entry, before[-1])
    return [Piece(entry, s) for s in before] + [Piece(entry, s, "item") for s in items]


def make_piece(entry: Entry, sentence: Sentence) -> Piece:
    """A sentence as it is set: list items and table rows as items, all else as prose."""
    kind = entry.article.blocks[sentence.block].kind
    return Piece(entry, sentence, "item" if kind in {"list_item", "table_row"} else "prose")


def with_referent(entry: Entry, sentence: Sentence) -> list[Sentence]:
    """A sentence, and before it the one that its first words lean on."""
    before = entry.sentences[sentence.number - 1] if sentence.number > 0 else None
    same_block = before is not None and before.block == sentence.block
    if before is None or not same_block or not _LEANS_BACK.match(entry.quote(sentence)):
        return [sentence]
    return [before, sentence]


def _list_under_heading(
    best: Candidate, ranking: Ranking, question: str
) -> tuple[Entry, int] | None:
    """The list of the section whose heading the question repeats, where it asks for more than one.

    "What happens during a gastroscopy?" wants the steps below that heading, whichever single
    sentence on gastroscopy is likest.
    """
    if ranking.expected in SINGLE_FACTS - {AnswerType.DEFINITION} or group_of(best) is not None:
        return None
    article = best.entry.article
    section = article.blocks[best.sentence.block].section
    if not section or heading_share(section[-1], question) < 0.6:
        return None
    groups = [b.group for b in article.blocks if b.section == section and b.group is not None]
    return (best.entry, groups[0]) if groups else None


def _whole_list(
    ranking: Ranking, question: str, vector: NDArray[np.float32]
) -> tuple[Entry, int] | None:
    """The list or table to be given whole."""
    models = load_models()
    found = find_list(ranking, question, float(models.wants_list.log_odds(vector)))
    if found is None:
        return None
    log_odds = models.whole_list.log_odds(found.features)
    return (found.entry, found.group) if log_odds >= math.log(WHOLE / (1 - WHOLE)) else None


def _announced(entry: Entry, sentence: Sentence) -> list[Piece]:
    """What a sentence announces by number: "in three ways" and the three that follow."""
    found = _ANNOUNCES.search(entry.quote(sentence))
    if found is None:
        return []
    count = _NUMBERS[found[1].casefold()]
    same_block = [
        s
        for s in entry.sentences[sentence.number + 1 : sentence.number + 1 + count]
        if s.block == sentence.block
    ]
    if len(same_block) == count:
        return [make_piece(entry, s) for s in same_block]
    blocks = entry.article.blocks
    following = range(sentence.block + 1, len(blocks))
    headings = [i for i in following if blocks[i].kind == "heading"]
    if not headings or headings[0] != sentence.block + 1:
        return []
    level = blocks[headings[0]].level
    names = [i for i in headings[: 2 * count] if blocks[i].level == level][:count]
    if len(names) < count or blocks[names[-1]].section != blocks[names[0]].section:
        return []
    return [Piece(entry, Sentence(-i, blocks[i].start, blocks[i].end, i), "item") for i in names]


def _prose_pieces(ranking: Ranking, shares: NDArray[np.float64]) -> list[Piece]:
    """The likeliest sentences, an article's in their own order."""
    chosen: list[Candidate] = []
    covered = 0.0
    for candidate, share in zip(ranking.candidates, shares, strict=True):
        if len(chosen) == MAX_SENTENCES or covered >= ENOUGH:
            break
        covered += float(share)
        if not _repeats(candidate, chosen):
            chosen.append(candidate)
    articles = list(dict.fromkeys(c.entry.article.id for c in chosen))
    chosen.sort(key=lambda c: (articles.index(c.entry.article.id), c.sentence.number))
    pieces: dict[tuple[str, int], Piece] = {}
    for candidate in chosen:
        for sentence in with_referent(candidate.entry, candidate.sentence):
            key = candidate.entry.article.id, sentence.number
            pieces.setdefault(key, make_piece(candidate.entry, sentence))
    return list(pieces.values())


def _repeats(candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    stems = set(content_stems(candidate.quote))
    return any(len(stems & set(content_stems(other.quote))) >= 0.7 * len(stems) for other in chosen)
