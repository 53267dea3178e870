"""Two logistic regressions over few features, small enough to be read in their JSON file.

The first gives each candidate's odds of answering, the second the probability that the best ones
do. Trained on this project's own cases (`python -m assistant.ranking.train_ranking`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.ranking.features import QuestionWords, describe_candidates, describe_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.answerability import AnswerType
    from assistant.evidence import Candidate, WordWeights

WEIGHTS = Path(__file__).parent / "weights.json"


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


def rank(question: str, candidates: Sequence[Candidate], weights: WordWeights) -> Ranking:
    """Ranks candidates for a question that stands alone.

    Args:
        question: as understood.
        candidates: in any order.
        weights: how much each word counts.
    """
    words = QuestionWords.of(question, weights)
    if not candidates:
        return Ranking((), np.zeros(0), 0.0, words.expected)
    candidate_model, question_model = load_models()
    scores = candidate_model.log_odds(describe_candidates(words, candidates))
    order = sorted(range(len(candidates)), key=lambda i: (-scores[i], candidates[i].key))
    ranked = tuple(candidates[i] for i in order)
    sorted_scores = scores[order]
    row = describe_question(words, ranked, sorted_scores, weights)
    log_odds = question_model.log_odds(row[None])[0]
    return Ranking(ranked, sorted_scores, float(1 / (1 + np.exp(-log_odds))), words.expected)


@cache
def load_models() -> tuple[Linear, Linear]:
    """The candidate model and the question model."""
    record = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return _linear(record["candidate"]), _linear(record["question"])


def _linear(record: dict[str, Any]) -> Linear:
    return Linear(
        mean=np.array(record["mean"]),
        scale=np.array(record["scale"]),
        weights=np.array(record["weights"]),
        bias=float(record["bias"]),
    )
