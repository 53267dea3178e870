"""Citation recall and precision as ALCE defines them (Gao et al. 2023, arXiv 2305.14627).

Who decides whether passages support a sentence is handed in, so that the same definitions serve
gold labels, the deterministic check of `eval.metrics.support`, and a model.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Supports = Callable[[str, Sequence[str]], bool]
"""Whether the passages, taken together, support the sentence."""


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence of an answer and what it cites; None is a citation that leads nowhere."""

    text: str
    passages: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class CitationScore:
    """Counts of one answer, which can be added up over a data set.

    Attributes:
        sentences: sentences of the answer.
        supported: sentences that their passages support, taken together.
        citations: citations in the answer.
        needed: citations that support alone, or without which the others no longer do.
    """

    sentences: int
    supported: int
    citations: int
    needed: int

    @property
    def recall(self) -> float:
        """Share of sentences supported; 0 for an answer without sentences."""
        return self.supported / self.sentences if self.sentences else 0.0

    @property
    def precision(self) -> float:
        """Share of citations needed; 0 for an answer without citations."""
        return self.needed / self.citations if self.citations else 0.0


def score_citations(sentences: Sequence[CitedSentence], supports: Supports) -> CitationScore:
    """Citation recall and precision of one answer.

    A sentence without a citation, or with one that leads nowhere, is unsupported, and none of its
    citations is needed.
    """
    supported = [_is_supported(sentence, supports) for sentence in sentences]
    return CitationScore(
        sentences=len(sentences),
        supported=sum(supported),
        citations=sum(len(sentence.passages) for sentence in sentences),
        needed=sum(
            _count_needed(sentence, supports)
            for sentence, is_supported in zip(sentences, supported, strict=True)
            if is_supported
        ),
    )


def _is_supported(sentence: CitedSentence, supports: Supports) -> bool:
    passages = [passage for passage in sentence.passages if passage is not None]
    is_whole = bool(passages) and len(passages) == len(sentence.passages)
    return is_whole and supports(sentence.text, passages)


def _count_needed(sentence: CitedSentence, supports: Supports) -> int:
    passages = [passage for passage in sentence.passages if passage is not None]
    if len(passages) == 1:
        return 1
    return sum(
        supports(sentence.text, [passage])
        or not supports(sentence.text, passages[:number] + passages[number + 1 :])
        for number, passage in enumerate(passages)
    )
