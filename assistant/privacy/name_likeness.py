"""How much a single word looks like a person's name, from its letters alone.

A logistic regression over hashed character n-grams and the whole word, trained by
`train_name_likeness` on name lists against common words of English, Danish, Swedish and Norwegian.
Hashing follows Weinberger et al., "Feature Hashing for Large Scale Multitask Learning" (2009).
It knows nothing of context: the tagger reads it beside each word (`pieces`).
"""

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from zlib import crc32

import numpy as np

BUCKETS = 1 << 16
WEIGHTS_FILE = "name_likeness.npz"
_SHORTEST_NGRAM, _LONGEST_NGRAM = 2, 5


def features_of(word: str, *, known: bool = True) -> Iterator[int]:
    """Yields the bucket of each feature of `word`.

    Args:
        word: one word, in any case.
        known: whether the word as a whole is a feature. Training also shows every word without
            it, so that the n-grams learn to judge words never seen.
    """
    framed = f"^{word.lower()}$"
    if known:
        yield crc32(f"={framed}".encode()) % BUCKETS
    for length in range(_SHORTEST_NGRAM, _LONGEST_NGRAM + 1):
        for start in range(len(framed) - length + 1):
            yield crc32(framed[start : start + length].encode()) % BUCKETS


@lru_cache(maxsize=1)
def _load_weights() -> tuple[memoryview, float, float]:
    with files("assistant.privacy").joinpath("data", WEIGHTS_FILE).open("rb") as stream:
        table = np.load(stream, allow_pickle=False)
        weights = memoryview(table["weights"].tobytes()).cast("b")
        return weights, float(table["bias"]), float(table["scale"])


@lru_cache(maxsize=4096)
def score_name_likeness(word: str) -> float:
    """Gives the log-odds that `word` is a name: above 0 it is likelier a name than a word."""
    weights, bias, scale = _load_weights()
    return bias + scale * sum(weights[bucket] for bucket in features_of(word))
