"""The trained model: how well each candidate answers, and how probable it is that any does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.answerability.evidence import describe_candidates, describe_question
from assistant.answerability.features import Candidate, Word, missing_words
from assistant.answerability.questions import AnswerType, expected_answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True, slots=True)
class Linear:
    """A logistic regression on standardised inputs.

    Attributes:
        mean: `(f,)` subtracted from the inputs.
        scale: `(f,)` the inputs are then divided by.
        coefficients: `(f,)`.
        intercept: added at the end.
    """

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    coefficients: NDArray[np.float32]
    intercept: float

    def logits(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """`(n, f)` → `(n,)` log odds."""
        standard = np.clip((rows - self.mean) / self.scale, -5, 5)
        return np.asarray(standard @ self.coefficients + self.intercept, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the model makes of a question and its candidates.

    Attributes:
        probability: calibrated probability that one of the candidates answers.
        scores: `(n,)` log odds that each candidate does.
        best: number of the best candidate.
        expected: the kind of answer asked for.
        missing: content words of the question that no candidate holds, heaviest first.
    """

    probability: float
    scores: NDArray[np.float32]
    best: int
    expected: AnswerType
    missing: tuple[Word, ...]


class AnswerabilityModel:
    """Tells candidates that answer a question from those that only come near."""

    def __init__(
        self, candidate_model: Linear, question_model: Linear, word_weights: NDArray[np.float16]
    ) -> None:
        self._candidate_model = candidate_model
        self._question_model = question_model
        self._word_weights = word_weights

    @staticmethod
    def from_package() -> AnswerabilityModel:
        """The model whose weights are part of this package; read once."""
        return _load()

    def score(
        self,
        question: str,
        candidates: Sequence[Candidate],
        cosines: Sequence[float],
    ) -> NDArray[np.float32]:
        """How well each candidate answers.

        Args:
            question: as understood, standing alone.
            candidates: what retrieval found.
            cosines: of the question's vector with each candidate sentence's.

        Returns:
            `(n,) float32` log odds, in the order of `candidates`.
        """
        if not candidates:
            return np.zeros(0, dtype=np.float32)
        return self._candidate_model.logits(self._describe(question, candidates, cosines))

    def probability(
        self, question: str, candidates: Sequence[Candidate], cosines: Sequence[float]
    ) -> float:
        """The probability that one of the candidates answers; 0 where there is none."""
        return self.assess(question, candidates, cosines).probability

    def assess(
        self, question: str, candidates: Sequence[Candidate], cosines: Sequence[float]
    ) -> Assessment:
        """Scores, probability, and what is missing; see `score` for the arguments."""
        expected = expected_answer(question)
        if not candidates:
            return Assessment(0.0, np.zeros(0, dtype=np.float32), -1, expected, ())
        weights = self._word_weights
        rows = self._describe(question, candidates, cosines)
        scores = self._candidate_model.logits(rows)
        row = describe_question(question, candidates, rows, scores, weights)
        logit = float(self._question_model.logits(row[None])[0])
        everything = Candidate(" ".join(f"{c.context} {c.sentence}" for c in candidates))
        return Assessment(
            probability=float(1 / (1 + np.exp(-logit))),
            scores=scores,
            best=int(np.argmax(scores)),
            expected=expected,
            missing=tuple(missing_words(question, everything, weights)),
        )

    def _describe(
        self, question: str, candidates: Sequence[Candidate], cosines: Sequence[float]
    ) -> NDArray[np.float32]:
        return describe_candidates(question, candidates, cosines, self._word_weights)


@lru_cache(maxsize=1)
def load_word_weights() -> NDArray[np.float16]:
    """The table of word weights, `(BUCKETS,)`; read once."""
    with np.load(WEIGHTS / "word_weights.npz") as table:
        weights: NDArray[np.float16] = table["word_weights"]
        return weights


@lru_cache(maxsize=1)
def _load() -> AnswerabilityModel:
    with np.load(WEIGHTS / "linear.npz") as linear:
        candidate, question = (_read_linear(linear, name) for name in ("candidate", "question"))
    return AnswerabilityModel(candidate, question, load_word_weights())


def _read_linear(arrays: dict[str, NDArray[np.float32]], name: str) -> Linear:
    return Linear(
        mean=arrays[f"{name}_mean"],
        scale=arrays[f"{name}_scale"],
        coefficients=arrays[f"{name}_coefficients"],
        intercept=float(arrays[f"{name}_intercept"]),
    )
