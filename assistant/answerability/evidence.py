"""Everything that is weighed for a question: a row per candidate, and one row for them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assistant.answerability.alignment import closeness
from assistant.answerability.features import (
    FEATURE_NAMES,
    WORD,
    Candidate,
    content_words,
    describe_candidate,
)
from assistant.answerability.questions import AnswerType, expected_answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

QUESTION_WORDS = ("what", "who", "when", "where", "which", "how", "why", "not", "did")
SOFT_NAMES = (
    "cosine",
    "soft_coverage_sentence",
    "soft_coverage_context",
    "soft_heaviest_missing_sentence",
    "soft_heaviest_missing_context",
)
CANDIDATE_NAMES = (*FEATURE_NAMES, *SOFT_NAMES)
TOGETHER_NAMES = (
    "best_score", "margin", "second_score", "cosine_best", "cosine_drop", "soft_coverage_together",
    "soft_heaviest_missing_together",
)  # fmt: skip
QUESTION_NAMES = (
    *TOGETHER_NAMES,
    *(f"best_{name}" for name in CANDIDATE_NAMES),
    *(f"highest_{name}" for name in CANDIDATE_NAMES),
    *(f"mean_{name}" for name in CANDIDATE_NAMES),
    *(f"asks_{answer_type}" for answer_type in AnswerType),
    *(f"has_{word}" for word in QUESTION_WORDS),
)


def describe_candidates(
    question: str,
    candidates: Sequence[Candidate],
    cosines: Sequence[float],
    weights: NDArray[np.float16],
) -> NDArray[np.float32]:
    """One row per candidate, in the order of `CANDIDATE_NAMES`: `(n, c) float32`.

    Args:
        question: as understood, standing alone.
        candidates: what retrieval found.
        cosines: of the question's vector with each candidate sentence's.
        weights: the table of word weights.
    """
    words = content_words(question, weights)
    texts = [word.text for word in words]
    importance = np.array([word.weight for word in words], dtype=np.float32)
    rows = []
    for candidate, cosine in zip(candidates, cosines, strict=True):
        near = closeness(texts, candidate.sentence)
        near_all = np.maximum(near, closeness(texts, candidate.context))
        soft = [
            cosine,
            _weighted(near, importance),
            _weighted(near_all, importance),
            _heaviest(near, importance),
            _heaviest(near_all, importance),
        ]
        hard = describe_candidate(question, candidate, weights)
        rows.append(np.concatenate([hard, np.array(soft, dtype=np.float32)]))
    return np.stack(rows)


def describe_question(
    question: str,
    candidates: Sequence[Candidate],
    rows: NDArray[np.float32],
    scores: NDArray[np.float32],
    weights: NDArray[np.float16],
) -> NDArray[np.float32]:
    """One row for the question with all its candidates, in the order of `QUESTION_NAMES`.

    Args:
        question: as asked.
        candidates: what retrieval found.
        rows: `(n, c)` from `describe_candidates`.
        scores: `(n,)` how well each answers.
        weights: the table of word weights.
    """
    order = np.argsort(-scores, kind="stable")
    best, second = order[0], order[min(1, len(order) - 1)]
    cosine = rows[:, CANDIDATE_NAMES.index("cosine")]
    words = content_words(question, weights)
    importance = np.array([word.weight for word in words], dtype=np.float32)
    everything = " ".join(f"{c.context} {c.sentence}" for c in candidates)
    near = closeness([word.text for word in words], everything)
    expected = expected_answer(question)
    together = [
        scores[best],
        scores[best] - scores[second],
        scores[second],
        cosine.max(),
        cosine.max() - cosine[best],
        _weighted(near, importance),
        _heaviest(near, importance),
    ]
    asked = [float(expected is answer_type) for answer_type in AnswerType]
    own = {match.group().lower() for match in WORD.finditer(question)}
    has = [float(word in own) for word in QUESTION_WORDS]
    parts = [together, rows[best], rows.max(axis=0), rows.mean(axis=0), asked, has]
    return np.concatenate(parts).astype(np.float32)


def _weighted(near: NDArray[np.float32], importance: NDArray[np.float32]) -> float:
    total = float(importance.sum())
    return float(near @ importance) / total if total else 1.0


def _heaviest(near: NDArray[np.float32], importance: NDArray[np.float32]) -> float:
    return float(((1 - near) * importance).max(initial=0.0))
