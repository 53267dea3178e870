"""Trains the classifier of instructions: `python -m assistant.instructions.train_instructions`.

Against the exemplars stands every sentence that does not ask, of the questions of
`eval/training/cases` and of the exemplars of intents, small talk among them. The threshold is
chosen by five-fold cross-validation, so that hardly any of those is taken for one.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from assistant.concerns.classifier import describe
from assistant.instructions.classifier import EXEMPLARS, LABEL, WEIGHTS
from assistant.intents.classifier import EXEMPLARS as INTENTS
from assistant.triage.measure import show_share
from assistant.understanding.focus import asks, split_sentences
from index.build import open_embedder
from index.settings import Settings

CASES = Path("eval/training/cases")
MOST_FALSE, MOST_ALIKE = 0.002, 0.1
"""Shares of the questions' sentences, and of those that sound like an instruction, that may be
taken for one."""

C = 30.0
"""Inverse regularisation."""


def read_sentences() -> list[str]:
    """What messages say beside what they ask, and those that only say."""
    asked = [
        json.loads(line)["question"]
        for path in CASES.glob("*/*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    intents = tomllib.loads(INTENTS.read_text(encoding="utf-8"))
    told = [message for messages in intents.values() for message in messages if "{" not in message]
    sentences = {sentence for message in asked + told for sentence in split_sentences(message)}
    return sorted(sentence for sentence in sentences if not asks(sentence))


def main() -> None:
    """Cross-validates, trains on everything, writes the weights."""
    table = tomllib.loads(EXEMPLARS.read_text(encoding="utf-8"))
    wanted, other = table["instruction"], table["other"]
    said = read_sentences()
    sentences = [*wanted, *other, *said]
    vectors = open_embedder(Settings()).encode(sentences)
    features = np.stack([describe(s, v) for s, v in zip(sentences, vectors, strict=True)])
    labels = np.arange(len(sentences)) < len(wanted)
    model = LogisticRegression(C=C, max_iter=2000, class_weight="balanced")
    folds = StratifiedKFold(5, shuffle=True, random_state=1)
    odds = cross_val_predict(model, features, labels, cv=folds, method="decision_function")
    alike, asked = np.split(odds[len(wanted) :], [len(other)])
    least = float(max(np.quantile(asked, 1 - MOST_FALSE), np.quantile(alike, 1 - MOST_ALIKE)))
    print(show_share("instructions found", list(odds[labels] >= least)))
    print(show_share("others taken for one", list(odds[~labels] >= least)))
    model.fit(features, labels)
    np.savez_compressed(
        WEIGHTS,
        weights=model.coef_.astype(np.float16),
        bias=model.intercept_.astype(np.float32),
        thresholds=np.array([least], dtype=np.float32),
        labels=np.array([LABEL]),
    )


if __name__ == "__main__":
    main()
