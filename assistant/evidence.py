"""Question → candidate sentences: what retrieval found, with how near each one is."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.keyword import library_stems, stem_words
from index.passages import passage_text_to_embed, sentence_text_to_embed

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from index.entry import Entry
    from index.library import Library
    from index.records import Passage, Sentence
    from index.search import Hit


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer.

    Attributes:
        entry: its article in the index.
        sentence: where it stands.
        similarity: cosine of the question's and the sentence's vectors.
        context_stems: the stems of the sentence, its headings, lead-in and title.
        passage_rank: rank of its passage in the search, from 0.
        passage: where its passage stands.
    """

    entry: Entry
    sentence: Sentence
    similarity: float
    context_stems: frozenset[str]
    passage_rank: int
    passage: Passage

    @property
    def key(self) -> tuple[str, int]:
        """Article id and sentence number."""
        return self.entry.article.id, self.sentence.number

    @property
    def passage_key(self) -> tuple[str, int]:
        """Article id and passage number."""
        return self.entry.article.id, self.passage.number

    @property
    def quote(self) -> str:
        """The exact words."""
        return self.entry.quote(self.sentence)

    @property
    def context(self) -> str:
        """What the sentence stands under, nearest first: lead-in, headings, title."""
        article = self.entry.article
        block = article.blocks[self.sentence.block]
        lead_in = [article.block_text(block.lead_in)] if block.lead_in is not None else []
        return " ".join([*lead_in, *reversed(block.section), article.title])

    @property
    def is_listed(self) -> bool:
        """Whether it is an item of a list or a row of a table."""
        return self.entry.article.blocks[self.sentence.block].group is not None

    @property
    def introduces_list(self) -> bool:
        """Whether a list or table follows that this sentence introduces.

        Of a paragraph that does, the last sentence.
        """
        blocks, position = self.entry.article.blocks, self.sentence.block
        behind = self.entry.sentences[self.sentence.number + 1 : self.sentence.number + 2]
        if behind and behind[0].block == position:
            return False
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        return (
            following is not None and following.lead_in == position and following.group is not None
        )


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

    def knows(self, stem: str) -> bool:
        """Whether the library holds a stem."""
        return stem in self._frequency

    def weight(self, stem: str) -> float:
        """High for rare words; highest for words that the library does not know."""
        frequency = self._frequency.get(stem, 0)
        return math.log(1 + (self._count - frequency + 0.5) / (frequency + 0.5))


def gather_candidates(
    vector: NDArray[np.float32], hits: Iterable[Hit], library: Library
) -> list[Candidate]:
    """Every sentence of the passages found.

    Args:
        vector: the question's embedding, `(d,) float32`, unit length.
        hits: passages, best first.
        library: where the passages stand.
    """
    candidates = []
    for rank, hit in enumerate(hits):
        entry = library.entries[hit.article_id]
        vectors = library.sentence_vectors(hit.article_id)  # (sentences, d)
        for number in range(*hit.passage.sentences):
            sentence = entry.sentences[number]
            candidates.append(
                Candidate(
                    entry=entry,
                    sentence=sentence,
                    similarity=float(vectors[number] @ vector),
                    context_stems=context_stems(entry, sentence),
                    passage_rank=rank,
                    passage=hit.passage,
                )
            )
    return candidates


def context_stems(entry: Entry, sentence: Sentence) -> frozenset[str]:
    """The stems of a sentence and of all that it stands under."""
    block = entry.article.blocks[sentence.block]
    around = [
        entry.article.title,
        *block.section,
        sentence_text_to_embed(entry.article, sentence),
    ]
    return frozenset(library_stems(" ".join(around)))
