"""What a sentence advises: a logistic regression for each kind, over hashed words."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

import numpy as np

from assistant.hashed_words import hash_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent / "weights.npz"

Advice = Literal["leave", "amount", "diagnosis"]
"""To leave, change or replace a medicine; to take so much of something; what the reader has."""


def find_advice(sentence: str) -> frozenset[Advice]:
    """What a sentence advises, in English, Danish or Swedish.

    It errs towards calling a sentence advice: whoever asks has the source's own to say instead.
    """
    weights, bias, thresholds, names = _load()
    odds = weights @ hash_words(sentence) + bias
    return frozenset(
        cast("Advice", name)
        for name, one, least in zip(names, odds, thresholds, strict=True)
        if one >= least
    )


@cache
def _load() -> tuple[
    NDArray[np.float32], NDArray[np.float32], NDArray[np.float32], tuple[str, ...]
]:
    """Weights `(kinds, BUCKETS)`, bias and least log odds `(kinds,)`, and the kinds' names."""
    with np.load(WEIGHTS) as file:
        names = tuple(str(name) for name in file["kinds"])
        return file["weights"].astype(np.float32), file["bias"], file["thresholds"], names
