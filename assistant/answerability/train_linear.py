"""Fits the two logistic regressions and reports them cross-validated.

`python -m assistant.answerability.train_linear WORLDS_FOLDER` reads what `train_worlds` wrote.
Folds never split an article or a topic; the candidates' scores that the second regression sees are
those of a fold that did not contain the question.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from assistant.answerability.evidence import CANDIDATE_NAMES, QUESTION_NAMES, describe_question
from assistant.answerability.model import WEIGHTS, Linear
from assistant.answerability.train_asked import Asked, ask_world

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDS = 10
ANSWERED = ("answered", "stated", "squad")


def fit(rows: NDArray[np.float32], labels: NDArray[np.int8], counts: NDArray[np.float64]) -> Linear:
    """A regularised logistic regression on standardised rows, each row counting `counts` times."""
    mean, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-3)
    standard = np.clip((rows - mean) / scale, -5, 5)
    model = LogisticRegression(C=0.03, max_iter=1000).fit(standard, labels, sample_weight=counts)
    return Linear(
        mean=mean.astype(np.float32),
        scale=scale.astype(np.float32),
        coefficients=model.coef_[0].astype(np.float32),
        intercept=float(model.intercept_[0]),
    )


def fit_candidates(asked: list[Asked]) -> Linear:
    """How well a candidate answers; candidates of unanswered questions are near misses."""
    counts = np.repeat(even_out(asked), [len(a.labels) for a in asked])
    rows = np.concatenate([a.rows for a in asked])
    return fit(rows, np.concatenate([a.labels for a in asked]), counts)


def even_out(asked: list[Asked]) -> NDArray[np.float64]:
    """Weights under which each library counts the same."""
    worlds = np.array([a.world for a in asked])
    share = {world: (worlds == world).mean() * len(set(worlds)) for world in set(worlds)}
    return np.array([1 / share[world] for world in worlds])


def cross_validate(
    asked: list[Asked], weights: NDArray[np.float16]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Out-of-fold rows of the questions, and out-of-fold log odds that they are answered."""
    answerable = labels_of(asked)
    rows = np.zeros((len(asked), len(QUESTION_NAMES)), dtype=np.float32)
    logits = np.zeros(len(asked), dtype=np.float32)
    folds = list(GroupKFold(FOLDS).split(asked, groups=[a.group for a in asked]))
    for train, test in folds:
        model = fit_candidates([asked[i] for i in train])
        for i in test:
            a = asked[i]
            rows[i] = describe_question(a.text, a.candidates, a.rows, model.logits(a.rows), weights)
    for train, test in folds:
        counts = even_out([asked[i] for i in train])
        logits[test] = fit(rows[train], answerable[train], counts).logits(rows[test])
    return rows, logits


def labels_of(asked: list[Asked]) -> NDArray[np.int8]:
    """Whether each question is answered by its library."""
    return np.array([a.answerable for a in asked], dtype=np.int8)


def expected_calibration_error(logits: NDArray[np.float32], labels: NDArray[np.int8]) -> float:
    """Mean gap of probability and share answered over ten bins of equal width."""
    probabilities = 1 / (1 + np.exp(-logits))
    bins = np.minimum((probabilities * 10).astype(int), 9)
    gaps = [
        abs(probabilities[bins == b].mean() - labels[bins == b].mean()) * (bins == b).mean()
        for b in range(10)
        if (bins == b).any()
    ]
    return float(sum(gaps))


def report(asked: list[Asked], logits: NDArray[np.float32], rows: NDArray[np.float32]) -> None:
    """Prints AUROC and calibration for each library and each kind of near miss."""
    truth = labels_of(asked)
    worlds, kinds = np.array([a.world for a in asked]), np.array([a.kind for a in asked])
    columns = {
        "all": logits,
        "best candidate": rows[:, QUESTION_NAMES.index("best_score")],
        "cosine": rows[:, QUESTION_NAMES.index("cosine_best")],
    }
    for world in dict.fromkeys(worlds):
        own = worlds == world
        parts = [f"{n} {roc_auc_score(truth[own], c[own]):.3f}" for n, c in columns.items()]
        gap = expected_calibration_error(logits[own], truth[own])
        print(f"{world} {own.sum()} AUROC: {', '.join(parts)}; ECE {gap:.3f}")
    for kind in sorted(set(kinds) - set(ANSWERED)) if "medquad" in worlds else ():
        own = (worlds == "medquad") & ((kinds == kind) | np.isin(kinds, ANSWERED))
        auroc = roc_auc_score(truth[own], logits[own])
        print(f"  {kind} ({(kinds == kind).sum()}): AUROC {auroc:.3f}")


def report_weights(model: Linear, names: tuple[str, ...]) -> None:
    """Prints the heaviest inputs."""
    order = np.argsort(-np.abs(model.coefficients))[:14]
    print(", ".join(f"{names[i]} {model.coefficients[i]:+.2f}" for i in order))


def main() -> None:
    """Fits on both libraries, reports, writes `weights/linear.npz`."""
    folder = Path(sys.argv[1])
    with np.load(WEIGHTS / "word_weights.npz") as table:
        weights = table["word_weights"]
    worlds = [ask_world(folder, world, weights) for world in ("squad", "medquad")]
    for world in worlds:
        own_rows, own_logits = cross_validate(world, weights)
        print("fitted to one library:")
        report(world, own_logits, own_rows)
    asked = [a for world in worlds for a in world]
    print("fitted to both, as shipped:")
    rows, logits = cross_validate(asked, weights)
    report(asked, logits, rows)
    models = {
        "candidate": fit_candidates(asked),
        "question": fit(rows, labels_of(asked), even_out(asked)),
    }
    report_weights(models["candidate"], CANDIDATE_NAMES)
    report_weights(models["question"], QUESTION_NAMES)
    arrays: dict[str, NDArray[np.float32]] = {}
    for name, model in models.items():
        arrays[f"{name}_mean"], arrays[f"{name}_scale"] = model.mean, model.scale
        arrays[f"{name}_coefficients"] = model.coefficients
        arrays[f"{name}_intercept"] = np.array(model.intercept, dtype=np.float32)
    np.savez(WEIGHTS / "linear.npz", allow_pickle=False, **arrays)


if __name__ == "__main__":
    main()
