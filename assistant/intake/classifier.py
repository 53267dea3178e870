"""Whether a sentence says how a medicine or a supplement is taken, or not taken."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assistant.hashed_words import hash_words
from assistant.labelling import Labeller

WEIGHTS = Path(__file__).parent / "weights.npz"
LABEL = "intake"


def tells_how_taken(sentence: str) -> bool:
    """Whether a sentence tells to take, leave, combine or keep apart a medicine or a supplement.

    What a trial gave, what a product holds and what a medicine does is no such sentence. English,
    Danish and Swedish.
    """
    return LABEL in _load().label(hash_words(sentence))


@cache
def _load() -> Labeller:
    return Labeller.read(WEIGHTS, "labels")
