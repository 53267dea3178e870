"""Trains the classifier of intake: `python -m assistant.intake.train_intake`, a few seconds.

Templates in three languages, and sentences of the training articles that were labelled by hand.
The threshold is chosen by five-fold cross-validation in which the fillings of a template stay
together; then what is found of the starter library's sentences, labelled too, is reported.
"""

from __future__ import annotations

import random
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict

from assistant.advice.train_advice import EXEMPLARS as ADVICE
from assistant.hashed_words import hash_words
from assistant.intake.classifier import LABEL, WEIGHTS, tells_how_taken
from assistant.triage.measure import show_share

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = Path(__file__).parent
FILLINGS_A_TEMPLATE = 6
MOST_FALSE = 0.05
"""Share of other sentences, most of them on medicines too, that may be taken for one of intake."""

C = 20.0
"""Inverse regularisation."""


def read_sentences(seed: int = 1) -> tuple[list[str], list[bool], list[int]]:
    """Sentences, whether each tells of intake, and the number of what it was made from."""
    fillings = tomllib.loads(ADVICE.read_text(encoding="utf-8"))["fillings"]
    table = tomllib.loads((FOLDER / "exemplars.toml").read_text(encoding="utf-8"))
    draw = random.Random(seed)
    rows = [
        (text, label == LABEL) for label in table for kind in table[label].values() for text in kind
    ]
    sentences, labels, groups = [], [], []
    for number, (text, label) in enumerate(rows):
        for _ in range(FILLINGS_A_TEMPLATE if "{" in text else 1):
            filled = re.sub(r"{(\w+)}", lambda name: draw.choice(fillings[name[1]]), text)
            sentences.append(filled)
            labels.append(label)
            groups.append(number)
    return sentences, labels, groups


def main() -> None:
    """Cross-validates, trains on everything, writes the weights, reports."""
    sentences, labels, groups = read_sentences()
    features, wanted = _vectorise(sentences), np.array(labels)
    model = LogisticRegression(C=C, max_iter=1000)
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=1)
    odds = cross_val_predict(
        model, features, wanted, groups=groups, cv=folds, method="decision_function"
    )
    least = float(np.quantile(odds[~wanted], 1 - MOST_FALSE))
    print(show_share("found in cross-validation", list(odds[wanted] >= least)))
    model.fit(features, wanted)
    np.savez_compressed(
        WEIGHTS,
        weights=model.coef_.astype(np.float16),
        bias=model.intercept_.astype(np.float32),
        thresholds=np.array([least], dtype=np.float32),
        labels=np.array([LABEL]),
    )
    report()


def _vectorise(sentences: Sequence[str]) -> sparse.csr_matrix:
    return sparse.csr_matrix(np.stack([hash_words(sentence) for sentence in sentences]))


def report() -> None:
    """Prints what is found of the sentences held out, and the mistakes."""
    held_out = tomllib.loads((FOLDER / "held_out.toml").read_text(encoding="utf-8"))
    for label, sentences in held_out.items():
        told = [tells_how_taken(sentence) for sentence in sentences]
        print(show_share("found" if label == LABEL else "false", told))
        for sentence, found in zip(sentences, told, strict=True):
            if found is not (label == LABEL):
                print(f"{'false' if found else 'missed'}: {sentence[:120]}")


if __name__ == "__main__":
    main()
