"""A reference's or a claim's words → the kind of study that it is, or comes from.

References: a multinomial logistic regression over the terms of `wording` and hashed n-grams of
words and characters (Weinberger et al. 2009), trained by `train_evidence`; below a certain
probability nothing is said. Claims are told by terms alone: an article's prose has no style of its
own for each kind of study.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.evidence.wording import CLAIM_TERMS, REFERENCE_TERMS, drop_authors

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEIGHTS = Path(str(resources.files(__name__.rpartition(".")[0]))) / "evidence.npz"
BUCKETS = 2048
NOTHING = "null"
LEAST_PROBABILITY = 0.4
"""Below it the text does not say what it is; chosen on the half that the weights are trained on."""

_WORD = re.compile(r"[^\W\d_]+")
_CHARACTERS = (4, 5)


@dataclass(frozen=True, slots=True)
class _Model:
    """Weights `(kinds, features) float32`, bias `(kinds,) float32`, and the kinds' names."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    kinds: tuple[str, ...]


@lru_cache(maxsize=50_000)
def classify_reference(text: str) -> str | None:
    """The kind of work that an entry of a reference list names; None where it does not say."""
    model = _load()
    scores = model.weights @ describe(text) + model.bias
    odds = np.exp(scores - scores.max())
    best = int(scores.argmax())
    kind = model.kinds[best]
    return None if kind == NOTHING or odds[best] / odds.sum() < LEAST_PROBABILITY else kind


def classify_claim(sentence: str) -> str | None:
    """The kind of study that a sentence says it rests on; None where it does not say."""
    return next((kind for kind, terms in CLAIM_TERMS if terms.search(sentence)), None)


def describe(text: str) -> NDArray[np.float32]:
    """The features of a reference `(len(REFERENCE_TERMS) + BUCKETS,) float32`.

    Whether it holds terms of each kind, then its n-grams at unit length.
    """
    text = drop_authors(text)
    named = [bool(terms.search(text)) for _kind, terms in REFERENCE_TERMS]
    words = [word.casefold() for word in _WORD.findall(text)]
    pairs = (f"{one} {other}" for one, other in pairwise(words))
    line = f" {' '.join(words)} "
    pieces = (f"#{line[i : i + n]}" for n in _CHARACTERS for i in range(len(line) - n + 1))
    counts = np.zeros(BUCKETS, dtype=np.float32)
    for gram in {*words, *pairs, *pieces}:
        counts[zlib.crc32(gram.encode()) % BUCKETS] += 1.0
    length = float(np.linalg.norm(counts)) or 1.0
    return np.concatenate([np.array(named, dtype=np.float32), counts / length])


@cache
def _load() -> _Model:
    with np.load(WEIGHTS) as stored:
        return _Model(
            stored["weights"].astype(np.float32),
            stored["bias"].astype(np.float32),
            tuple(str(kind) for kind in stored["kinds"]),
        )
