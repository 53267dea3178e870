"""Search: passages by meaning, by words and by their best sentences, fused into one ranking.

Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009), each ranking with a weight.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.keyword import KeywordIndex
from index.passages import passage_text_to_embed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from index.embedding import Embedder
    from index.library import Library
    from index.records import Passage

    Key = tuple[str, int]  # article id and passage number


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, with its fused score (higher is better)."""

    article_id: str
    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Fusion:
    """How the rankings are weighed; `constant` is the k of reciprocal rank fusion.

    Of 1,300 everyday wordings of questions to twelve libraries .82 have their passage among the
    first three with 8, .78 with the usual 60, and .92 for .91 of the questions as first written.
    """

    meaning: float = 1.0
    words: float = 1.0
    sentences: float = 1.0
    constant: int = 8
    depth: int = 100


class Searcher:
    """Finds the passages of a library that bear on a question."""

    def __init__(self, library: Library, embedder: Embedder, fusion: Fusion | None = None) -> None:
        self.library = library
        self.embedder = embedder
        self.fusion = fusion or Fusion()
        self._keys = list(library.passage_keys.values())
        entries = [library.entries[article_id] for article_id, _ in self._keys]
        self._keyword = KeywordIndex(
            [
                passage_text_to_embed(entry.article, entry.passages[number])
                for entry, (_, number) in zip(entries, self._keys, strict=True)
            ],
            [entry.article.language for entry in entries],
        )

    def search(
        self, text: str, limit: int = 10, vector: NDArray[np.float32] | None = None
    ) -> list[Hit]:
        """The best passages for a text, best first.

        Args:
            text: a question, or any words.
            limit: how many passages at the most.
            vector: the text's embedding, `(d,) float32`, where the caller has it already.
        """
        if vector is None:
            vector = self.embedder.encode([text])[0]
        rankings = [
            (
                [key for key, _ in self.library.nearest_passages(vector, self.fusion.depth)],
                self.fusion.meaning,
            ),
            (
                [self._keys[i] for i, _ in self._keyword.search(text, self.fusion.depth)],
                self.fusion.words,
            ),
            (self._passages_of_sentences(vector), self.fusion.sentences),
        ]
        fused = fuse(rankings, self.fusion.constant)[:limit]
        return [
            Hit(article_id, self.library.entries[article_id].passages[number], score)
            for (article_id, number), score in fused
        ]

    def _passages_of_sentences(self, vector: NDArray[np.float32]) -> list[tuple[str, int]]:
        """Passages in the order of their best sentence."""
        found: dict[tuple[str, int], None] = {}
        for (article_id, sentence), _ in self.library.nearest_sentences(vector, self.fusion.depth):
            number = self._passage_of(article_id, sentence)
            if number is not None:
                found.setdefault((article_id, number))
        return list(found)

    def _passage_of(self, article_id: str, sentence: int) -> int | None:
        """Number of the passage that holds a sentence; None for bylines and references."""
        for passage in self.library.entries[article_id].passages:
            first, behind = passage.sentences
            if first <= sentence < behind:
                return passage.number
        return None


def fuse(
    rankings: Sequence[tuple[Sequence[Key], float]], constant: int = 60
) -> list[tuple[Key, float]]:
    """Reciprocal rank fusion: the sum over rankings of weight / (constant + rank), best first.

    Ties are broken by the key, so that the order of the rankings does not matter.
    """
    parts: dict[Key, list[float]] = {}
    for keys, weight in rankings:
        for rank, key in enumerate(keys, start=1):
            parts.setdefault(key, []).append(weight / (constant + rank))
    # fsum, since a plain sum depends on the order in its last digits.
    scores = ((key, math.fsum(part)) for key, part in parts.items())
    return sorted(scores, key=lambda pair: (-pair[1], pair[0]))
