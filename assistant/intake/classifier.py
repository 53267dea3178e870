"""Whether a sentence says how a medicine or a supplement is taken, or only restrains."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assistant.hashed_words import hash_words
from assistant.labelling import Labeller

WEIGHTS = Path(__file__).parent / "weights.npz"
INTAKE, RESTRAINT = "intake", "restraint"


def tells_how_taken(sentence: str) -> bool:
    """Whether a sentence tells to take, leave, combine or keep apart a medicine or a supplement.

    What a trial gave, what a product holds and what a medicine does is no such sentence. English,
    Danish and Swedish.
    """
    return INTAKE in _label(sentence)


def restrains(sentence: str) -> bool:
    """Whether a sentence says to leave a medicine as it is, to ask first, or to keep two apart.

    Who heeds it neither stops nor changes what was prescribed, nor takes an amount of anything. It
    errs towards calling a sentence none.
    """
    return RESTRAINT in _label(sentence)


def _label(sentence: str) -> dict[str, float]:
    return _load().label(hash_words(sentence))


@cache
def _load() -> Labeller:
    return Labeller.read(WEIGHTS, "labels")
