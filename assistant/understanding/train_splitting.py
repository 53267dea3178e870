"""Trains where a second question begins in a sentence (`splitting.py`), in some seconds.

    python -m assistant.understanding.train_splitting eval/training

`parts/LIBRARY.jsonl` holds messages that ask two things or look as if they did, `begins` being the
offset of the second question; of `cases/` some thousand questions show what one question looks
like. Cross-validated by library, then written.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from assistant.linear import Linear
from assistant.understanding.focus import split_sentences
from assistant.understanding.splitting import (
    BEGINS,
    BOUND,
    FEATURES,
    LINKS,
    describe_place,
    find_places,
)
from assistant.understanding.words import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from assistant.understanding.words import Token

WEIGHTS = Path(__file__).parent / "splitting.json"
SINGLE = 9000
"""Questions of `cases` that are looked at."""

FOLDS = 5
STRENGTH = 0.3


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with its places.

    Attributes:
        library: whose articles it asks.
        kind: as in the file; "single" for questions of `cases`.
        rows: `(places, FEATURES) float64`.
        begins: `(places,) bool`, where the second question begins.
    """

    library: str
    kind: str
    rows: NDArray[np.float64]
    begins: NDArray[np.bool_]


def main() -> None:
    """Reports by kind, and writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("data", type=Path, help="the folder eval/training")
    data = parser.parse_args().data
    told = [*read_parts(data), *read_single(data)]
    report(told)
    WEIGHTS.write_text(json.dumps(fit(told), indent=1) + "\n", encoding="utf-8")


def read_parts(data: Path) -> Iterator[Told]:
    """Sentences of messages that ask two things, or look like it; none that share their verb."""
    for path in sorted((data / "parts").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            message = json.loads(line)
            if message["kind"] != "shared":
                begins = message.get("begins")
                yield from _tell(message["question"], path.stem, message["kind"], begins)


def read_single(data: Path) -> Iterator[Told]:
    """Sentences of questions that ask one thing, nearly all of them."""
    lines = [
        (path.parent.name, line)
        for path in sorted((data / "cases").rglob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    for library, line in random.Random(2).sample(lines, SINGLE):
        yield from _tell(json.loads(line)["question"], library, "single", None)


def _tell(message: str, library: str, kind: str, begins: int | None) -> Iterator[Told]:
    at = 0
    for sentence in split_sentences(message):
        at = message.find(sentence, at)
        tokens = tokenize(sentence)
        places = find_places(tokens)
        right = None if begins is None else _place_of(begins - at, tokens)
        if places:
            rows = np.array([describe_place(tokens, place, sentence) for place in places])
            yield Told(library, kind, rows, np.array([place == right for place in places]))
        at += len(sentence)


def _place_of(offset: int, tokens: Sequence[Token]) -> int | None:
    """The first word behind an offset, where it lies within the sentence and not at its start."""
    words = (n for n, t in enumerate(tokens) if t.start >= offset and t.lower not in LINKS)
    return next(words, None) if offset > 0 else None


def fit(told: Sequence[Told]) -> dict[str, object]:
    """The regression; fitted twice, as some questions of `cases` do ask two things."""
    model = Linear.from_record(_fit(told), BOUND)
    return _fit([own for own in told if own.kind != "single" or not _is_likely(own, model)])


def _is_likely(own: Told, model: Linear) -> bool:
    return bool(model.log_odds(own.rows).max() > 0)


def _fit(told: Sequence[Told]) -> dict[str, object]:
    """A regularised logistic regression, as `Linear.from_record` reads it."""
    rows = np.concatenate([own.rows for own in told])
    begins = np.concatenate([own.begins for own in told])
    mean, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 0.05)
    standard = np.clip((rows - mean) / scale, -BOUND, BOUND)
    model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(standard, begins)
    return {
        "features": list(FEATURES),
        "mean": mean.round(4).tolist(),
        "scale": scale.round(4).tolist(),
        "weights": model.coef_[0].round(4).tolist(),
        "bias": round(float(model.intercept_[0]), 4),
    }


def report(told: Sequence[Told]) -> None:
    """Of each kind, how many sentences are cut that hold a second question, and that do not."""
    likely: dict[int, NDArray[np.float64]] = {}
    groups = [own.library for own in told]
    for train, test in GroupKFold(FOLDS).split(groups, groups=groups):
        model = Linear.from_record(fit([told[i] for i in train]), BOUND)
        likely |= {int(i): 1 / (1 + np.exp(-model.log_odds(told[i].rows))) for i in test}
    for kind in sorted({own.kind for own in told}):
        two = [i for i, own in enumerate(told) if own.kind == kind and own.begins.any()]
        one = [i for i, own in enumerate(told) if own.kind == kind and not own.begins.any()]
        right = sum(_is_cut(likely[i]) and told[i].begins[likely[i].argmax()] for i in two)
        cut = sum(_is_cut(likely[i]) for i in one)
        print(f"{kind}: {right} of {len(two)} cut where they should, {cut} of {len(one)} falsely")


def _is_cut(likely: NDArray[np.float64]) -> bool:
    return bool(likely.max() >= BEGINS)


if __name__ == "__main__":
    main()
