"""Fits the two logistic regressions and reports them cross-validated.

`python -m assistant.answerability.train_linear WORLDS_FOLDER` reads what `train_worlds` wrote.
Folds never split an article of SQuAD or a topic of MedQuAD; the candidates' scores that the second
regression sees are always those of a fold that did not contain the question.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from assistant.answerability.evidence import (
    CANDIDATE_NAMES,
    QUESTION_NAMES,
    describe_candidates,
    describe_question,
)
from assistant.answerability.features import Candidate, content_words, stems_of
from assistant.answerability.model import WEIGHTS, Linear
from assistant.answerability.train_worlds import CANDIDATES

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what retrieval found for it.

    Attributes:
        rows: `(n, c)` features of the candidates.
        labels: `(n,)` whether each answers.
    """

    text: str
    group: str
    kind: str
    answerable: bool
    candidates: list[Candidate]
    rows: NDArray[np.float32]
    labels: NDArray[np.int8]


def ask_world(folder: Path, name: str, weights: NDArray[np.float16]) -> list[Asked]:
    """Every question of a library with its candidates, by meaning and by words, ranks fused."""
    sentences, questions = json.loads((folder / f"{name}.json").read_text())
    with np.load(folder / f"{name}.npz") as vectors:
        cosines = vectors["questions"] @ vectors["sentences"].T
    stems = [stems_of(f"{s['context']} {s['text']}") for s in sentences]
    holders: dict[str, list[int]] = {}
    for number, found in enumerate(stems):
        for stem in found:
            holders.setdefault(stem, []).append(number)
    asked = []
    for question, near in zip(questions, cosines, strict=True):
        words = np.zeros(len(sentences), dtype=np.float32)
        for word in content_words(question["text"], weights):
            words[holders.get(word.stem, [])] += word.weight
        near = near.copy()  # noqa: PLW2901
        near[question["hidden"]] = words[question["hidden"]] = -1
        fused = 1 / (60 + np.argsort(np.argsort(-near))) + 1 / (60 + np.argsort(np.argsort(-words)))
        numbers = np.argsort(-fused, kind="stable")[:CANDIDATES]
        candidates = [Candidate(sentences[n]["text"], sentences[n]["context"]) for n in numbers]
        rows = describe_candidates(question["text"], candidates, near[numbers].tolist(), weights)
        labels = np.isin(numbers, question["gold"]).astype(np.int8)
        asked.append(
            Asked(
                question["text"],
                f"{name} {question['group']}",
                question["kind"],
                bool(question["gold"]),
                candidates,
                rows,
                labels,
            )
        )
    return asked


def fit(rows: NDArray[np.float32], labels: NDArray[np.int8], strength: float = 0.1) -> Linear:
    """A regularised logistic regression on standardised rows."""
    mean, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-3)
    standard = np.clip((rows - mean) / scale, -5, 5)
    model = LogisticRegression(C=strength, max_iter=1000).fit(standard, labels)
    return Linear(
        mean.astype(np.float32),
        scale.astype(np.float32),
        model.coef_[0].astype(np.float32),
        float(model.intercept_[0]),
    )


def cross_validate(
    asked: list[Asked], weights: NDArray[np.float16]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Out-of-fold rows of the questions, and out-of-fold log odds that they are answered."""
    groups = [a.group for a in asked]
    answerable = np.array([a.answerable for a in asked], dtype=np.int8)
    question_rows = np.zeros((len(asked), len(QUESTION_NAMES)), dtype=np.float32)
    logits = np.zeros(len(asked), dtype=np.float32)
    folds = list(GroupKFold(FOLDS).split(asked, groups=groups))
    for train, test in folds:
        model = fit(*stack_candidates([asked[i] for i in train]))
        for i in test:
            a = asked[i]
            scores = model.logits(a.rows)
            question_rows[i] = describe_question(a.text, a.candidates, a.rows, scores, weights)
    for train, test in folds:
        logits[test] = fit(question_rows[train], answerable[train]).logits(question_rows[test])
    return question_rows, logits


def stack_candidates(asked: list[Asked]) -> tuple[NDArray[np.float32], NDArray[np.int8]]:
    """Rows and labels of all candidates, those of questions without an answer included."""
    return np.concatenate([a.rows for a in asked]), np.concatenate([a.labels for a in asked])


def expected_calibration_error(logits: NDArray[np.float32], labels: NDArray[np.int8]) -> float:
    """Mean gap of probability and share answered over ten bins of equal width."""
    probabilities = 1 / (1 + np.exp(-logits))
    bins = np.minimum((probabilities * 10).astype(int), 9)
    return float(
        sum(
            abs(probabilities[bins == b].mean() - labels[bins == b].mean()) * (bins == b).mean()
            for b in range(10)
            if (bins == b).any()
        )
    )


def report(asked: list[Asked], logits: NDArray[np.float32], rows: NDArray[np.float32]) -> None:
    """Prints AUROC and calibration per library, and per kind of near miss."""
    answerable = np.array([a.answerable for a in asked], dtype=np.int8)
    for name in ("squad", "medquad"):
        chosen = np.array([a.group.startswith(f"{name} ") for a in asked])
        if not chosen.any():
            continue
        truth, found = answerable[chosen], logits[chosen]
        cosine = rows[chosen, QUESTION_NAMES.index("cosine_best")]
        best = rows[chosen, QUESTION_NAMES.index("best_score")]
        hits = [
            a.labels[np.argmax(a.rows[:, 0])]
            for a, c in zip(asked, chosen, strict=True)
            if c and a.answerable and len(a.labels)
        ]
        held = [a.labels.any() for a, c in zip(asked, chosen, strict=True) if c and a.answerable]
        print(
            f"{name}: {len(truth)} questions, AUROC {roc_auc_score(truth, found):.3f} "
            f"(best candidate {roc_auc_score(truth, best):.3f}, cosine "
            f"{roc_auc_score(truth, cosine):.3f}), ECE "
            f"{expected_calibration_error(found, truth):.3f}, gold among candidates "
            f"{np.mean(held):.3f}"
            f" {len(hits)}"
        )
    kinds = sorted({a.kind for a in asked})
    good = [k for k in kinds if k in {"answered", "stated"}]
    for kind in (k for k in kinds if k not in good and k != "squad"):
        chosen = np.array([a.kind == kind or a.kind in good for a in asked])
        auroc = roc_auc_score(answerable[chosen], logits[chosen])
        print(f"  {kind}: {sum(a.kind == kind for a in asked)}, AUROC {auroc:.3f}")


def main() -> None:
    """Fits on both libraries, reports, writes `weights/linear.npz`."""
    folder = Path(sys.argv[1])
    with np.load(WEIGHTS / "word_weights.npz") as table:
        weights = table["word_weights"]
    names = [name for name in ("squad", "medquad") if (folder / f"{name}.npz").exists()]
    asked = [a for name in names for a in ask_world(folder, name, weights)]
    question_rows, logits = cross_validate(asked, weights)
    report(asked, logits, question_rows)
    answerable = np.array([a.answerable for a in asked], dtype=np.int8)
    models = {
        "candidate": fit(*stack_candidates(asked)),
        "question": fit(question_rows, answerable),
    }
    for model, columns in zip(models.values(), (CANDIDATE_NAMES, QUESTION_NAMES), strict=True):
        order = np.argsort(-np.abs(model.coefficients))[:12]
        print(", ".join(f"{columns[i]} {model.coefficients[i]:+.2f}" for i in order))
    arrays = {
        f"{name}_{field}": np.asarray(getattr(model, field), dtype=np.float32)
        for name, model in models.items()
        for field in ("mean", "scale", "coefficients", "intercept")
    }
    np.savez(WEIGHTS / "linear.npz", allow_pickle=False, **arrays)


if __name__ == "__main__":
    main()
