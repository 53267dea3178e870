"""How alike phrases are, by the embedding model that the library was made with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.understanding.parallels import Likeness
    from index.embedding import Embedder


def likeness_of(embedder: Embedder) -> Likeness:
    """Cosines of a phrase with others, in one batch."""

    def compare(phrase: str, others: Sequence[str]) -> Sequence[float]:
        vectors = embedder.encode([phrase, *others])  # (1 + others, d)
        cosines: list[float] = (vectors[1:] @ vectors[0]).tolist()
        return cosines

    return compare
