"""Question → candidates: search, and the sentences of what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.evidence import Candidate, gather_candidates
from assistant.query_map import map_query
from assistant.stages import stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from assistant.knowledge import Knowledge


@stage("retrieval")
def find_candidates(
    text: str,
    vector: NDArray[np.float32],
    knowledge: Knowledge,
    variants: Sequence[str] = (),
) -> list[Candidate]:
    """The sentences of the best passages for a question.

    Args:
        text: the words to search for.
        vector: the question's embedding, `(d,) float32`.
        knowledge: of the library.
        variants: other wordings; what they find comes behind, and is compared with the text itself.
    """
    # Another model's vectors have another shape and another meaning.
    own = knowledge.embedder is knowledge.question_embedder
    query = map_query(vector) if own else vector
    hits = knowledge.searcher.search(text, knowledge.passages, query)
    for variant in variants:
        hits += knowledge.searcher.search(variant, knowledge.passages)
    found = {(hit.article_id, hit.passage.number): hit for hit in reversed(hits)}
    return gather_candidates(vector, reversed(found.values()), knowledge.library)
