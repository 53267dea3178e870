"""Question → candidate sentences: what retrieval found, with how well each one bears on it."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.keyword import stem_words
from index.passages import passage_text_to_embed, sentence_text_to_embed

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from index.entry import Entry
    from index.library import Library
    from index.records import Sentence
    from index.search import Hit


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer.

    Attributes:
        entry: its article in the index.
        sentence: where it stands.
        similarity: cosine of the question's and the sentence's vectors.
        coverage: share of the question's words, by weight, that the sentence or what it stands
            under holds; 0 to 1.
        passage_rank: rank of its passage in the search, from 0.
    """

    entry: Entry
    sentence: Sentence
    similarity: float
    coverage: float
    passage_rank: int

    @property
    def key(self) -> tuple[str, int]:
        """Article id and sentence number."""
        return self.entry.article.id, self.sentence.number

    @property
    def quote(self) -> str:
        """The exact words."""
        return self.entry.quote(self.sentence)

    @property
    def relevance(self) -> float:
        """How well it bears on the question, as a mean of meaning and words."""
        return 0.6 * self.similarity + 0.4 * self.coverage


class WordWeights:
    """Inverse document frequency of stems over a library's passages (Spärck Jones 1972)."""

    def __init__(self, texts: Iterable[str]) -> None:
        documents = [set(stem_words(text)) for text in texts]
        self._count = len(documents)
        self._frequency = Counter(stem for document in documents for stem in document)

    @classmethod
    def of(cls, library: Library) -> WordWeights:
        """The weights of a library."""
        return cls(
            passage_text_to_embed(entry.article, passage)
            for entry in library.entries.values()
            for passage in entry.passages
        )

    def weight(self, stem: str) -> float:
        """High for rare words; highest for words that the library does not know."""
        frequency = self._frequency.get(stem, 0)
        return math.log(1 + (self._count - frequency + 0.5) / (frequency + 0.5))

    def coverage(self, question: Iterable[str], text: Iterable[str]) -> float:
        """Share of the question's stems, by weight, that are among the text's; 0 to 1."""
        wanted = set(question)
        total = sum(self.weight(stem) for stem in wanted)
        held = sum(self.weight(stem) for stem in wanted & set(text))
        return held / total if total else 0.0


def gather_candidates(
    question_stems: Iterable[str],
    vector: NDArray[np.float32],
    hits: Iterable[Hit],
    library: Library,
    weights: WordWeights,
) -> list[Candidate]:
    """Every sentence of the passages found, best first.

    Args:
        question_stems: the stems of the question's content words.
        vector: the question's embedding, `(d,) float32`, unit length.
        hits: passages, best first.
        library: where the passages stand.
        weights: how much each word counts.
    """
    stems = set(question_stems)
    candidates = []
    for rank, hit in enumerate(hits):
        entry = library.entries[hit.article_id]
        vectors = library.sentence_vectors(hit.article_id)  # (sentences, d)
        for number in range(*hit.passage.sentences):
            sentence = entry.sentences[number]
            held = stem_words(
                f"{entry.article.title} {sentence_text_to_embed(entry.article, sentence)}"
            )
            candidates.append(
                Candidate(
                    entry=entry,
                    sentence=sentence,
                    similarity=float(vectors[number] @ vector),
                    coverage=weights.coverage(stems, held),
                    passage_rank=rank,
                )
            )
    return sorted(candidates, key=lambda c: (-c.relevance, c.key))
