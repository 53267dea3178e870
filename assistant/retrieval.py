"""Question → candidates: search, and the sentences of what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.evidence import Candidate, gather_candidates
from assistant.stages import stage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.knowledge import Knowledge


@stage("retrieval")
def find_candidates(
    text: str, vector: NDArray[np.float32], knowledge: Knowledge
) -> list[Candidate]:
    """The sentences of the best passages for a text whose embedding is `vector`, `(d,) float32`."""
    hits = knowledge.searcher.search(text, knowledge.passages, vector)
    return gather_candidates(vector, hits, knowledge.library)
