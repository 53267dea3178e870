"""A logistic regression on standardised features, as the trainings write it into JSON files."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Linear:
    """A logistic regression on standardised features.

    Attributes:
        mean: `(f,)` taken away first.
        scale: `(f,)` divided by then.
        weights: `(f,)`.
        bias: added last.
        bound: standardised features are cut here on both sides.
    """

    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: float
    bound: float = math.inf

    @classmethod
    def from_record(cls, record: dict[str, Any], bound: float = math.inf) -> Linear:
        """A model as the training wrote it."""
        mean, scale, weights = (np.array(record[name]) for name in ("mean", "scale", "weights"))
        return cls(mean, scale, weights, float(record["bias"]), bound)

    def parts(self, rows: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
        """What each feature adds to the log odds: `(…, f)` → `(…, f)`."""
        standard = np.clip((rows - self.mean) / self.scale, -self.bound, self.bound)
        return np.asarray(standard * self.weights)

    def log_odds(self, rows: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
        """`(…, f)` → `(…,)`."""
        return np.asarray(self.parts(rows).sum(axis=-1) + self.bias)
