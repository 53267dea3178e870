"""What a sentence advises: a logistic regression for each kind, over hashed words."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal, cast

from assistant.hashed_words import hash_words
from assistant.labelling import Labeller

WEIGHTS = Path(__file__).parent / "weights.npz"

Advice = Literal["leave", "amount", "diagnosis"]
"""To leave, change or replace a medicine; to take so much of something; what the reader has."""


def find_advice(sentence: str) -> frozenset[Advice]:
    """What a sentence advises, in English, Danish or Swedish.

    It errs towards calling a sentence advice: whoever asks has the source's own to say instead.
    """
    return frozenset(cast("Advice", name) for name in _load().label(hash_words(sentence)))


@cache
def _load() -> Labeller:
    return Labeller.read(WEIGHTS, "kinds")
