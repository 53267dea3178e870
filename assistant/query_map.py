"""A question's vector → where its answer lies: everyday words led towards those of articles.

Beside the embedding, which brings like texts together, two layers say what the answer to a question
looks like ("good bugs" → "probiotic"). For search alone: all else was fitted to the vector as it
is. Trained by `python -m eval.train_query_map`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent / "query_map.npz"


def map_query(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vector to search with, `(384,) float32` of length 1.

    Args:
        vector: a question's embedding by the model of the program, `(384,) float32`.
    """
    weights = _load()
    hidden = np.maximum(vector @ weights["down"].T + weights["down_bias"], 0)
    mapped = vector + hidden @ weights["up"].T + weights["up_bias"]
    return np.asarray(mapped / np.linalg.norm(mapped), dtype=np.float32)


@cache
def _load() -> dict[str, NDArray[np.float32]]:
    with np.load(WEIGHTS) as file:
        return {name: file[name].astype(np.float32) for name in file.files}
