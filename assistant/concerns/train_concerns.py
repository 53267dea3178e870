"""Trains the classifier of concerns on its own exemplars.

    python -m assistant.concerns.train_concerns [QUESTIONS.toml]

Chooses each concern's threshold by five-fold cross-validation in which the fillings of one
template stay together, writes the weights, and reports recall and precision on questions that were
not trained on (`held_out.toml`).
"""

from __future__ import annotations

import random
import re
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from assistant.concerns.classifier import (
    EXEMPLARS,
    FOLDER,
    JUDGEMENTS,
    WEIGHTS,
    Concern,
    describe,
    find_concerns,
)
from assistant.triage.exemplars import load_exemplars
from assistant.triage.measure import show_share
from index.build import open_embedder
from index.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

NAMES: tuple[str, ...] = get_args(Concern)
FILLINGS_A_TEMPLATE = 8
MAX_FALSE = {"diagnosis": 0.004, "stop_medicine": 0.003, "pregnancy": 0.02, "children": 0.02}
"""Share of other questions that may be taken for one; 1 % for the others. A judgement seen falsely
costs an answer, a notice too many little. Of judgements these are questions as people ask them; the
templates that only sound like one are many and hard on purpose."""

C = 20.0
"""Inverse regularisation; of 5, 20 and 80 the best in cross-validation."""


def fill_templates(kind: str, seed: int = 1) -> tuple[list[str], list[set[str]], list[int]]:
    """Questions, the labels of each, and the number of the template that it was made from.

    Args:
        kind: of the templates: `questions`, or `judgements`, for judgements alone.
        seed: of the fillings.
    """
    table = tomllib.loads(EXEMPLARS.read_text(encoding="utf-8"))
    fillings: dict[str, Any] = table["fillings"]
    draw = random.Random(seed)
    questions: list[str] = []
    labels: list[set[str]] = []
    groups: list[int] = []
    templates = [(text, set(row["labels"])) for row in table[kind] for text in row["texts"]]
    for number, (template, own) in enumerate(templates):
        times = FILLINGS_A_TEMPLATE if "{" in template else 1
        for _ in range(times):
            questions.append(
                re.sub(r"{(\w+)}", lambda name: draw.choice(fillings[name[1]]), template)
            )
            labels.append(own)
            groups.append(number)
    return questions, labels, groups


def read_asked() -> list[str]:
    """Questions that were asked for other ends and ask for no judgement."""
    table = tomllib.loads(EXEMPLARS.read_text(encoding="utf-8"))
    known = {text for row in (*table["judgements"], *table["undecided"]) for text in row["texts"]}
    asked = (one.message for one in load_exemplars() if one.id.startswith("asked_"))
    return [message for message in asked if message not in known]


def vectorise(questions: Sequence[str]) -> NDArray[np.float32]:
    """Features of questions, `(n, features)`."""
    vectors = open_embedder(Settings()).encode(questions)
    return np.stack([describe(q, v) for q, v in zip(questions, vectors, strict=True)])


def main() -> None:
    """Cross-validates, trains on everything, writes the weights, reports."""
    questions, labels, groups = fill_templates("questions")
    noticed = len(questions)
    hard, its_labels, its_groups = fill_templates("judgements")
    asked = read_asked()
    labels += [*its_labels, *(set() for _ in asked)]
    groups += [groups[-1] + 1 + number for number in its_groups]
    groups += range(groups[-1] + 1, groups[-1] + 1 + len(asked))
    features = sparse.csr_matrix(vectorise([*questions, *hard, *asked]))
    fitted = [
        fit(name, features, labels, groups, len(asked))
        if name in JUDGEMENTS
        else fit(name, features[:noticed], labels[:noticed], groups[:noticed])
        for name in NAMES
    ]
    np.savez_compressed(
        WEIGHTS,
        weights=np.array([model.coef_[0] for model, _ in fitted], dtype=np.float16),
        bias=np.array([model.intercept_[0] for model, _ in fitted], dtype=np.float32),
        thresholds=np.array([least for _, least in fitted], dtype=np.float32),
        concerns=np.array(NAMES),
    )
    for path in map(Path, sys.argv[1:] or [str(FOLDER / "held_out.toml")]):
        report(path)


def fit(
    name: str,
    features: sparse.csr_matrix,
    labels: Sequence[set[str]],
    groups: Sequence[int],
    asked: int = 0,
) -> tuple[LogisticRegression, float]:
    """A concern's model and its threshold.

    The last `asked` questions were asked for other ends: they ask for no judgement, but nobody has
    said what else they touch. Where there are any, they alone choose the threshold.
    """
    wanted = np.array([name in own for own in labels])
    model = LogisticRegression(C=C, max_iter=1000)
    odds = cross_val_predict(
        model,
        features,
        wanted,
        groups=groups,
        cv=GroupKFold(5, shuffle=True, random_state=1),
        method="decision_function",
    )
    others = odds[-asked:] if asked else odds[~wanted]
    least = float(np.quantile(others, 1 - MAX_FALSE.get(name, 0.01)))
    print(show_share(f"{name}: found in cross-validation", list(odds[wanted] >= least)))
    return model.fit(features, wanted), least


def report(path: Path) -> None:
    """Prints recall and false notices on the questions of a file, and its mistakes."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["questions"]
    asked = [(text, set(row["labels"])) for row in rows for text in row["texts"]]
    vectors = open_embedder(Settings()).encode([text for text, _ in asked])
    pairs = zip(asked, vectors, strict=True)
    found = [set(find_concerns(text, vector)) for (text, _), vector in pairs]
    for name in NAMES:
        seen = [(name in own, name in got) for (_, own), got in zip(asked, found, strict=True)]
        print(show_share(f"{name}: found", [got for own, got in seen if own]))
        print(show_share(f"{name}: false", [got for own, got in seen if not own]))
    for (text, own), got in zip(asked, found, strict=True):
        if own != got:
            print(f"missed {sorted(own - got)}, false {sorted(got - own)}: {text}")


if __name__ == "__main__":
    main()
