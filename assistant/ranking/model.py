"""Which candidates answer, and whether any does: the reader, between three logistic regressions.

The first picks by few features what the reader reads; the second joins both into each candidate's
odds of answering; the third gives the probability that the best ones do. Small enough to be read
in their JSON file; trained by `python -m eval.train_ranking`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.ranking.features import (
    QuestionWords,
    describe_candidates,
    describe_question,
    describe_read,
)
from assistant.reader import open_reader
from assistant.stages import stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.answerability import AnswerType
    from assistant.evidence import Candidate, WordWeights
    from index.token_vectors import TokenVectors

WEIGHTS = Path(__file__).parent / "weights.json"

READ = 16
"""How many candidates are read; more than nine in ten answers are among them."""


@dataclass(frozen=True, slots=True)
class Linear:
    """A logistic regression on standardised features.

    Attributes:
        mean: `(f,)` taken away first.
        scale: `(f,)` divided by then.
        weights: `(f,)`.
        bias: added last.
    """

    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: float

    def log_odds(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """`(n, f)` → `(n,)`."""
        standard = np.clip((rows - self.mean) / self.scale, -4, 4)
        return np.asarray(standard @ self.weights + self.bias)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates in the order of how well they answer.

    Attributes:
        candidates: best first.
        scores: `(n,)` their log odds, falling.
        probability: that the best ones answer; calibrated.
        expected: the kind of answer asked for.
    """

    candidates: tuple[Candidate, ...]
    scores: NDArray[np.float64]
    probability: float
    expected: AnswerType


@dataclass(frozen=True, slots=True)
class Models:
    """The three logistic regressions."""

    first: Linear
    candidate: Linear
    question: Linear


@stage("ranking")
def rank(
    question: str, tokens: TokenVectors, candidates: Sequence[Candidate], weights: WordWeights
) -> Ranking:
    """Ranks the candidates that are worth reading, for a question that stands alone.

    Args:
        question: as understood.
        tokens: its word pieces.
        candidates: in any order.
        weights: how much each word counts.
    """
    words = QuestionWords.of(question, weights)
    if not candidates:
        return Ranking((), np.zeros(0), 0.0, words.expected)
    models = load_models()
    chosen, first = choose_to_read(words, candidates, models.first)
    odds = open_reader().read(tokens, [candidate.tokens for candidate in chosen])
    scores = models.candidate.log_odds(describe_read(first, odds))
    order = sorted(range(len(chosen)), key=lambda i: (-scores[i], chosen[i].key))
    ranked = tuple(chosen[i] for i in order)
    row = describe_question(words, ranked, scores[order], odds[order], weights)
    log_odds = models.question.log_odds(row[None])[0]
    return Ranking(ranked, scores[order], float(1 / (1 + np.exp(-log_odds))), words.expected)


def choose_to_read(
    words: QuestionWords, candidates: Sequence[Candidate], first: Linear
) -> tuple[list[Candidate], NDArray[np.float64]]:
    """The `READ` best candidates by the first model, best first, and their log odds."""
    scores = first.log_odds(describe_candidates(words, candidates))
    order = sorted(range(len(candidates)), key=lambda i: (-scores[i], candidates[i].key))[:READ]
    return [candidates[i] for i in order], scores[order]


@cache
def load_models() -> Models:
    """The models with the weights of this package."""
    record = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Models(**{name: linear(record[name]) for name in ("first", "candidate", "question")})


def linear(record: dict[str, Any]) -> Linear:
    """A model as the training wrote it."""
    return Linear(
        mean=np.array(record["mean"]),
        scale=np.array(record["scale"]),
        weights=np.array(record["weights"]),
        bias=float(record["bias"]),
    )
