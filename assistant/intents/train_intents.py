"""Trains the intent classifier on its own exemplars.

    python -m assistant.intents.train_intents

Reports accuracy by five-fold cross-validation in which the phrasings of one exemplar stay together
(a phrasing that is tested has never been seen with another topic), then writes the weights.
"""

from __future__ import annotations

import random
import tomllib
from typing import TYPE_CHECKING

import numpy as np

from assistant.intents.classifier import EXEMPLARS, WEIGHTS, describe
from index.build import open_embedder
from index.settings import Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOPICS_AN_EXEMPLAR = 4
NOISE = ("{}", "{}?", "{} please", "um {}", "{}??", "please can you tell me {}")


def make_messages(seed: int = 0) -> tuple[list[str], list[str], list[int]]:
    """Messages, their intents, and the number of the exemplar that each was made from."""
    table = tomllib.loads(EXEMPLARS.read_text(encoding="utf-8"))
    topics = table.pop("topics")
    draw = random.Random(seed)
    messages: list[str] = []
    intents: list[str] = []
    groups: list[int] = []
    for intent, exemplars in table.items():
        for exemplar in exemplars:
            group = len(set(groups))
            fillings = draw.sample(topics, TOPICS_AN_EXEMPLAR) if "{t}" in exemplar else [""] * 2
            for position, topic in enumerate(fillings):
                text = exemplar.replace("{t}", topic)
                messages.append(text if position == 0 else draw.choice(NOISE).format(text))
                intents.append(intent)
                groups.append(group)
    return messages, intents, groups


def main() -> None:
    """Cross-validates, trains on everything, writes the weights."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import classification_report
    from sklearn.model_selection import GroupKFold, cross_val_predict

    messages, intents, groups = make_messages()
    vectors = open_embedder(Settings()).encode(messages)
    features = np.stack([describe(m, v) for m, v in zip(messages, vectors, strict=True)])
    model = LogisticRegression(C=4.0, max_iter=2000, class_weight="balanced")
    predicted = cross_val_predict(model, features, intents, groups=groups, cv=GroupKFold(5))
    print(classification_report(intents, predicted, digits=3))
    model.fit(features, intents)
    save(model.coef_, model.intercept_, list(model.classes_))


def save(weights: NDArray[np.float64], bias: NDArray[np.float64], intents: list[str]) -> None:
    """Writes the weights as half-precision arrays."""
    np.savez_compressed(
        WEIGHTS,
        weights=weights.astype(np.float16),
        bias=bias.astype(np.float32),
        intents=np.array(intents),
    )
    print(f"{WEIGHTS}: {WEIGHTS.stat().st_size} bytes")


if __name__ == "__main__":
    main()
