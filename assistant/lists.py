"""Which list or table of an article is the answer, whole? A logistic regression decides."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.answerability import AnswerType
from assistant.function_words import content_stems

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.evidence import Candidate
    from assistant.ranking.records import Ranking
    from index.entry import Entry
    from index.records import Sentence

LIST_FEATURES = (
    "wanted",
    "share",
    "best_share",
    "best_item_alone",
    "asks_for_list",
    "asks_for_fact",
    "holds_best",
    "introduced_by_best",
    "log_items",
    "items_found",
    "heading_share",
    "is_table",
    "highest_read",
    "second_read",
    "least_read",
)

UNREAD = -9.0
"""What stands for the log odds of an item that was not read."""

SINGLE_FACTS = frozenset(
    {
        AnswerType.AMOUNT,
        AnswerType.DATE,
        AnswerType.DEFINITION,
        AnswerType.DURATION,
        AnswerType.PERSON,
        AnswerType.PLACE,
        AnswerType.PRICE,
        AnswerType.YES_NO,
    }
)
"""Kinds of answers that one item of a list can give."""


@dataclass(frozen=True, slots=True)
class LikelyList:
    """The list or table in which the answer is likeliest to stand.

    Attributes:
        entry: its article.
        group: its number there.
        features: `(15,) float64`, `LIST_FEATURES`.
        is_outread: whether the reader holds the likeliest sentence, outside it, for likelier to
            answer than each of its own.
    """

    entry: Entry
    group: int
    features: NDArray[np.float64]
    is_outread: bool

    @property
    def items(self) -> list[Sentence]:
        """Its items or rows, in their order."""
        return items_of(self.entry, self.group)


def items_of(entry: Entry, group: int) -> list[Sentence]:
    """The items or rows of a list or table."""
    blocks = entry.article.blocks
    return [s for s in entry.sentences if blocks[s.block].group == group]


def group_of(candidate: Candidate) -> int | None:
    """The list or table that a sentence belongs to or introduces."""
    blocks = candidate.entry.article.blocks
    if candidate.introduces_list:
        return blocks[candidate.sentence.block + 1].group
    return blocks[candidate.sentence.block].group


def likelihoods(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log odds of candidates → how likely each is the one that answers best, summing up to 1."""
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum())


def find_list(ranking: Ranking, question: str) -> LikelyList | None:
    """The list that is likeliest by its items and its lead-in together; None where none was found.

    Args:
        ranking: at least one candidate.
        question: as understood.
    """
    shares = likelihoods(ranking.scores)
    members: dict[tuple[str, int], list[int]] = defaultdict(list)
    for position, candidate in enumerate(ranking.candidates):
        group = group_of(candidate)
        if group is not None:
            members[candidate.entry.article.id, group].append(position)
    if not members:
        return None
    (_, group), positions = max(
        members.items(), key=lambda member: (shares[member[1]].sum(), member[0])
    )
    entry = ranking.candidates[positions[0]].entry
    features = _describe(ranking, shares, positions, items_of(entry, group), question)
    return LikelyList(
        entry,
        group,
        np.array([ranking.wants_list, *features], dtype=np.float64),
        is_outread=bool(ranking.odds[0] > _highest(ranking.odds[positions])),
    )


def _highest(odds: NDArray[np.float64]) -> float:
    """The highest of log odds, NaN where a sentence was not read."""
    return float(np.fmax.reduce(odds, initial=UNREAD))


def _describe(
    ranking: Ranking,
    shares: NDArray[np.float64],
    positions: list[int],
    items: list[Sentence],
    question: str,
) -> list[float]:
    blocks = ranking.candidates[positions[0]].entry.article.blocks
    found = [i for i in positions if not ranking.candidates[i].introduces_list]
    share = min(max(float(shares[positions].sum()), 1e-4), 1 - 1e-4)
    section = blocks[items[0].block].section
    return [
        math.log(share / (1 - share)),
        shares[0],
        max(shares[found], default=0.0) / share,
        ranking.expected is AnswerType.LIST,
        ranking.expected in SINGLE_FACTS,
        0 in positions,
        0 in positions and 0 not in found,
        math.log(len(items)),
        len(found) / len(items),
        heading_share(section[-1], question) if section else 0.0,
        blocks[items[0].block].kind == "table_row",
        *_describe_read(ranking.odds[found], len(items)),
    ]


def _describe_read(odds: NDArray[np.float64], count: int) -> list[float]:
    """The highest, the second and, where all `count` items were read, the least of their odds."""
    falling = np.sort(odds[~np.isnan(odds)])[::-1].tolist()
    first, second = [*falling, UNREAD, UNREAD][:2]
    return [first, second, falling[-1] if len(falling) == count else UNREAD]


def heading_share(heading: str, question: str) -> float:
    """Share of a heading's words that a question holds."""
    stems = set(content_stems(heading))
    return len(stems & set(content_stems(question))) / len(stems) if stems else 0.0
