"""Which concerns a question touches: a logistic regression for each, over embedding and words.

The embedding knows English alone; hashed words tell Danish and Swedish ones, too.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

import numpy as np

from assistant.hashed_words import hash_words
from assistant.labelling import Labeller

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

FOLDER = Path(__file__).parent
EXEMPLARS = FOLDER / "exemplars.toml"
WEIGHTS = FOLDER / "weights.npz"

Concern = Literal["pregnancy", "children", "medicine", "operation", "diagnosis", "stop_medicine"]
JUDGEMENTS: tuple[Concern, ...] = ("stop_medicine", "diagnosis")
"""What only a doctor can say of a person, and no article: whether an illness is there, whether a
medicine may be stopped or changed."""

_CHANGED_FOR: tuple[Concern, ...] = ("medicine", "children", "pregnancy")

CERTAIN = 2.5
"""Log odds above its threshold from which on a diagnosis is asked for and nothing else. Below, a
question may be a general one ("Will my IBS turn into cancer?"): of 60 training questions that are
taken for one, 44 are answered by an article."""

# Without one of these hardly anybody is judged: a closed class.
_SOMEBODY = re.compile(
    r"\b(?:i|im|am|my|me|mine|we|our|us|he|his|him|she|her|they|their|jeg|mig|min|mit|mine|vi|vores|"
    r"han|hans|ham|hun|hendes|jag|mig|mitt|mina|vår|hon|hennes|honom)\b",
    re.IGNORECASE,
)


def find_concerns(question: str, vector: NDArray[np.float32]) -> dict[Concern, float]:
    """The concerns that a question touches → log odds above the threshold of each, at least 0.

    Args:
        question: as understood.
        vector: its embedding, `(384,) float32`.
    """
    found = _load().label(describe(question, vector))
    return {cast("Concern", name): above for name, above in found.items()}


def describe(question: str, vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """The features of a question, `(384 + BUCKETS,) float32`."""
    return np.concatenate([vector, hash_words(question)]).astype(np.float32)


def find_judgement(question: str, concerns: Mapping[Concern, float]) -> Concern | None:
    """The judgement that is asked for, if any: of somebody's illness, of a medicine to change.

    Without a word for a person ("tired and pale. is it coeliac?") a diagnosis must be certain. Food
    is left off, too: a change counts where a medicine, a child or a pregnancy is touched.
    """
    if not is_about_somebody(question):
        return "diagnosis" if concerns.get("diagnosis", 0.0) >= CERTAIN else None
    if "stop_medicine" in concerns and not concerns.keys().isdisjoint(_CHANGED_FOR):
        return "stop_medicine"
    return "diagnosis" if "diagnosis" in concerns else None


def allows_answer(judgement: Concern | None, concerns: Mapping[Concern, float]) -> bool:
    """Whether a question may mean an article's general words rather than a judgement alone."""
    return judgement == "diagnosis" and concerns[judgement] < CERTAIN


def is_about_somebody(question: str) -> bool:
    """Whether a question is asked of a person, the reader or another, and not in general."""
    return bool(_SOMEBODY.search(question))


@cache
def _load() -> Labeller:
    return Labeller.read(WEIGHTS, "concerns")
