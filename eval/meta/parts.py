"""A product's triage and answerability, asked alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assistant.conversation import Conversation
from assistant.evidence import Candidate, WordWeights, context_stems
from assistant.guiding import assess_danger
from assistant.ranking import rank
from eval.benchmarks.beir import make_article
from eval.meta.labels import read_asked
from index.entry import make_entry
from index.passages import passage_text_to_embed, sentence_text_to_embed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from assistant.knowledge import Knowledge
    from index.entry import Entry

WHOLE: Final = 254
"""Tokens of a passage that takes in a whole labelled article."""


class ProductParts:
    """The parts of the product with one home's knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._entries: dict[str, tuple[Entry, NDArray[np.float32]]] = {}
        self._weights: WordWeights | None = None

    def assess_urgency(self, message: str) -> str:
        """Triage's urgency for a first message."""
        return assess_danger(Conversation(message)).urgency

    def judge_answerable(self, title: str, sentences: Sequence[str], question: str) -> float:
        """The probability that an article of these sentences answers a question."""
        entry, vectors = self._open(title, sentences)
        asked = self._knowledge.embedder.encode([question])
        candidates = [
            Candidate(
                entry=entry,
                sentence=sentence,
                similarity=float(vectors[sentence.number] @ asked[0]),
                context_stems=context_stems(entry, sentence),
                passage_rank=0,
                passage=entry.passages[0],
            )
            for sentence in entry.sentences
        ]
        own = self._knowledge.question_embedder.encode([question])[0]
        return rank(question, candidates, self._own_weights(), own).probability

    def _open(self, title: str, sentences: Sequence[str]) -> tuple[Entry, NDArray[np.float32]]:
        """An article's entry, and its sentences' vectors, `(s, d) float32`."""
        if title not in self._entries:
            entry = self._cut(title, sentences)
            texts = [sentence_text_to_embed(entry.article, each) for each in entry.sentences]
            self._entries[title] = entry, self._knowledge.embedder.encode(texts)
        return self._entries[title]

    def _cut(self, title: str, sentences: Sequence[str]) -> Entry:
        embedder = self._knowledge.embedder
        article = make_article(title, title, " ".join(sentences))
        return make_entry(article, embedder.count_tokens, WHOLE, embedder.checksum)

    def _own_weights(self) -> WordWeights:
        """Weights of words over the labelled articles, as a library of them would have."""
        if self._weights is None:
            articles = {case.title: case.sentences for case in read_asked()}
            entries = [self._cut(title, sentences) for title, sentences in articles.items()]
            self._weights = WordWeights(
                passage_text_to_embed(entry.article, passage)
                for entry in entries
                for passage in entry.passages
            )
        return self._weights
