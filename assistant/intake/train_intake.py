"""Trains the classifier of intake: `python -m assistant.intake.train_intake`, a few seconds.

Templates in three languages, and sentences of the training articles that were labelled by hand.
For what restrains, the advice to leave a medicine that `assistant.advice` is trained on stands
against it, too. The thresholds are chosen by five-fold cross-validation in which the fillings of a
template stay together; then what is found of the starter library's sentences, labelled too, is
reported.
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
from assistant.intake.classifier import INTAKE, RESTRAINT, WEIGHTS, restrains, tells_how_taken
from assistant.triage.measure import show_share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FOLDER = Path(__file__).parent
FILLINGS_A_TEMPLATE = 6
TOLD, LEAVE = (INTAKE, RESTRAINT), "leave"
MOST_FALSE = {INTAKE: 0.05, RESTRAINT: 0.02}
"""Share of other sentences, most of them on medicines too, that may be taken for one. A notice too
many costs little; what does not restrain must not pass for it."""

C = 20.0
"""Inverse regularisation."""


def read_sentences(seed: int = 1) -> tuple[list[str], list[str], list[int]]:
    """Sentences, what each is, and the number of what it was made from."""
    advice = tomllib.loads(ADVICE.read_text(encoding="utf-8"))
    table = tomllib.loads((FOLDER / "exemplars.toml").read_text(encoding="utf-8"))
    table[LEAVE] = {"templates": advice["leave"]["advice"]}
    draw = random.Random(seed)
    rows = [(text, label) for label in table for kind in table[label].values() for text in kind]
    sentences, labels, groups = [], [], []
    for number, (text, label) in enumerate(rows):
        for _ in range(FILLINGS_A_TEMPLATE if "{" in text else 1):
            filled = re.sub(r"{(\w+)}", lambda name: draw.choice(advice["fillings"][name[1]]), text)
            sentences.append(filled)
            labels.append(label)
            groups.append(number)
    return sentences, labels, groups


def main() -> None:
    """Cross-validates, trains on everything, writes the weights, reports."""
    sentences, labels, groups = read_sentences()
    features = _vectorise(sentences)
    kinds, numbers = np.array(labels), np.array(groups)
    known = kinds != LEAVE  # nobody has said which of these tell how a medicine is taken
    fitted = {
        INTAKE: _fit(features[known], np.isin(kinds, TOLD)[known], numbers[known], INTAKE),
        RESTRAINT: _fit(features, kinds == RESTRAINT, numbers, RESTRAINT),
    }
    np.savez_compressed(
        WEIGHTS,
        weights=np.array([model.coef_[0] for model, _ in fitted.values()], dtype=np.float16),
        bias=np.array([model.intercept_[0] for model, _ in fitted.values()], dtype=np.float32),
        thresholds=np.array([least for _, least in fitted.values()], dtype=np.float32),
        labels=np.array(list(fitted)),
    )
    report()


def _fit(
    features: sparse.csr_matrix, wanted: NDArray[np.bool_], groups: NDArray[np.int_], name: str
) -> tuple[LogisticRegression, float]:
    """A label's model, and the log odds from which on it holds."""
    model = LogisticRegression(C=C, max_iter=1000)
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=1)
    odds = cross_val_predict(
        model, features, wanted, groups=groups, cv=folds, method="decision_function"
    )
    least = float(np.quantile(odds[~wanted], 1 - MOST_FALSE[name]))
    print(show_share(f"{name}: found in cross-validation", list(odds[wanted] >= least)))
    return model.fit(features, wanted), least


def _vectorise(sentences: Sequence[str]) -> sparse.csr_matrix:
    return sparse.csr_matrix(np.stack([hash_words(sentence) for sentence in sentences]))


def report() -> None:
    """Prints what is found of the sentences held out, and the mistakes."""
    held_out = tomllib.loads((FOLDER / "held_out.toml").read_text(encoding="utf-8"))
    for kind, sentences in held_out.items():
        for name, tells in ((INTAKE, tells_how_taken), (RESTRAINT, restrains)):
            wanted = kind == name or (name == INTAKE and kind in TOLD)
            told = [tells(sentence) for sentence in sentences]
            print(show_share(f"{name}, {kind}: {'found' if wanted else 'false'}", told))
            for sentence, found in zip(sentences, told, strict=True):
                if found is not wanted:
                    print(f"{'false' if found else 'missed'}: {sentence[:120]}")


if __name__ == "__main__":
    main()
