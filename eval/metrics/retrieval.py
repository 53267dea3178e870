"""How well a ranking finds what is relevant: nDCG, reciprocal rank, recall, hit rate.

Definitions and edge cases are those of trec_eval, as ir_measures computes them: a gain is the
relevance label itself, labels of 0 and below gain nothing, and a query for which nothing is
relevant scores 0.
"""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def score_ndcg(ranking: Sequence[str], relevance: Mapping[str, int], k: int) -> float:
    """Normalised discounted cumulative gain of the first `k` (Järvelin and Kekäläinen 2002).

    Args:
        ranking: document ids, best first, each once.
        relevance: label of each judged document; what is missing is not relevant.
        k: how many of the ranking count.

    Returns:
        0 to 1; 1 where no other order of all judged documents gains more.
    """
    ideal = sorted((label for label in relevance.values() if label > 0), reverse=True)
    best = _discount(ideal[:k])
    gained = _discount([max(relevance.get(document, 0), 0) for document in ranking[:k]])
    return gained / best if best else 0.0


def _discount(gains: Sequence[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def score_reciprocal_rank(ranking: Sequence[str], relevance: Mapping[str, int], k: int) -> float:
    """One over the rank of the first relevant document, 0 where none is among the first `k`."""
    for rank, document in enumerate(ranking[:k], start=1):
        if relevance.get(document, 0) > 0:
            return 1 / rank
    return 0.0


def score_recall(ranking: Sequence[str], relevance: Mapping[str, int], k: int) -> float:
    """Share of all relevant documents that are among the first `k`."""
    relevant = {document for document, label in relevance.items() if label > 0}
    return len(relevant.intersection(ranking[:k])) / len(relevant) if relevant else 0.0


def score_hit(ranking: Sequence[str], relevance: Mapping[str, int], k: int) -> float:
    """1 where any of the first `k` is relevant, else 0 (trec_eval's `success`)."""
    return float(any(relevance.get(document, 0) > 0 for document in ranking[:k]))
