"""Whether a sentence tells the program what to do, by a logistic regression."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.concerns.classifier import describe
from assistant.labelling import Labeller

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDER = Path(__file__).parent
EXEMPLARS = FOLDER / "exemplars.toml"
WEIGHTS = FOLDER / "weights.npz"
LABEL = "instruction"


def is_instruction(sentence: str, vector: NDArray[np.float32]) -> bool:
    """Whether a sentence tells the program what to do, and asks the articles nothing.

    Args:
        sentence: one, in English, Danish or Swedish.
        vector: its embedding, `(384,) float32`.
    """
    return LABEL in _load().label(describe(sentence, vector))


@cache
def _load() -> Labeller:
    return Labeller.read(WEIGHTS, "labels")
