"""Question → candidates: search, and the sentences of what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.evidence import Candidate, gather_candidates

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.knowledge import Knowledge

PASSAGES = 8


def find_candidates(
    text: str, vector: NDArray[np.float32], knowledge: Knowledge, passages: int = PASSAGES
) -> list[Candidate]:
    """The sentences of the best passages for a text whose embedding is `vector`, `(d,) float32`."""
    hits = knowledge.searcher.search(text, passages, vector)
    return gather_candidates(vector, hits, knowledge.library)
