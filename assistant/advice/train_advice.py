"""Trains the classifier of advice: `python -m assistant.advice.train_advice`, half a minute.

Positive are the templates of `exemplars.toml` that advise; negative those that report, and true
sentences on the training articles (`assistant/support/cases/training`) that say what others do.
Each kind's threshold is chosen by five-fold cross-validation in which the fillings of a template
stay together.
"""

from __future__ import annotations

import json
import random
import re
import tomllib
from pathlib import Path
from typing import get_args

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from assistant.advice.classifier import WEIGHTS, Advice
from assistant.hashed_words import hash_words
from assistant.triage.measure import show_share

EXEMPLARS = Path(__file__).parent / "exemplars.toml"
CLAIMS = Path(__file__).parents[1] / "support" / "cases" / "training"
KINDS: tuple[str, ...] = get_args(Advice)
FILLINGS_A_TEMPLATE = 20
CLAIMS_READ = 2500
MOST_FALSE = {"leave": 0.15, "amount": 0.03, "diagnosis": 0.02}
"""Share of sentences without advice that may be taken for one of a kind; the source speaks then."""

C = 20.0
"""Inverse regularisation."""


def fill_templates(seed: int = 1) -> tuple[list[str], list[str], list[int]]:
    """Sentences, what each advises ("" for nothing), and the number of its template."""
    table = tomllib.loads(EXEMPLARS.read_text(encoding="utf-8"))
    draw = random.Random(seed)
    sentences: list[str] = []
    labels: list[str] = []
    groups: list[int] = []
    templates = [(text, kind) for kind in KINDS for text in table[kind]["advice"]]
    templates += [(text, "") for kind in KINDS for text in table[kind]["report"]]
    for number, (template, label) in enumerate(templates):
        for _ in range(FILLINGS_A_TEMPLATE):
            sentences.append(
                re.sub(r"{(\w+)}", lambda name: draw.choice(table["fillings"][name[1]]), template)
            )
            labels.append(label)
            groups.append(number)
    return sentences, labels, groups


def read_claims(seed: int = 1) -> list[str]:
    """True sentences on the training articles."""
    true = {
        sentence
        for path in sorted(CLAIMS.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        for sentence in [*json.loads(line)["true"], *json.loads(line)["sentences"]]
    }
    chosen = sorted(true)
    random.Random(seed).shuffle(chosen)
    return chosen[:CLAIMS_READ]


def main() -> None:
    """Cross-validates, trains on everything, writes the weights."""
    sentences, labels, groups = fill_templates()
    claims = read_claims()
    claims += [" ".join(claim.split()[:2]) for claim in claims]  # so that few words say nothing
    labels += [""] * len(claims)
    groups += range(len(groups), len(groups) + len(claims))
    features = sparse.csr_matrix(np.stack([hash_words(one) for one in [*sentences, *claims]]))
    fitted = [fit(kind, features, np.array(labels), groups) for kind in KINDS]
    np.savez_compressed(
        WEIGHTS,
        weights=np.array([model.coef_[0] for model, _ in fitted], dtype=np.float16),
        bias=np.array([model.intercept_[0] for model, _ in fitted], dtype=np.float32),
        thresholds=np.array([least for _, least in fitted], dtype=np.float32),
        kinds=np.array(KINDS),
    )


def fit(
    kind: str, features: sparse.csr_matrix, labels: np.ndarray, groups: list[int]
) -> tuple[LogisticRegression, float]:
    """A kind's model and its threshold, chosen on sentences that advise nothing."""
    wanted = labels == kind
    model = LogisticRegression(C=C, max_iter=2000, class_weight="balanced")
    odds = cross_val_predict(
        model,
        features,
        wanted,
        groups=groups,
        cv=GroupKFold(5, shuffle=True, random_state=1),
        method="decision_function",
    )
    least = float(np.quantile(odds[labels == ""], 1 - MOST_FALSE[kind]))
    print(show_share(f"{kind}: found in cross-validation", list(odds[wanted] >= least)))
    return model.fit(features, wanted), least


if __name__ == "__main__":
    main()
