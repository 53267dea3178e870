"""Labels of a short text: a logistic regression for each, with a threshold of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Labeller:
    """The regressions of several labels.

    Attributes:
        names: of the labels.
        weights: `(labels, features) float32`.
        bias: `(labels,)`.
        thresholds: `(labels,)`, the log odds from which on each label holds.
    """

    names: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    thresholds: NDArray[np.float32]

    @classmethod
    def read(cls, path: Path, names: str) -> Labeller:
        """From a file of weights, in which the labels stand under `names`."""
        with np.load(path) as file:
            weights = file["weights"].astype(np.float32)
            labels = tuple(map(str, file[names]))
            return cls(labels, weights, file["bias"], file["thresholds"])

    def label(self, features: NDArray[np.float32]) -> dict[str, float]:
        """The labels that hold → log odds above the threshold of each, at least 0."""
        above = self.weights @ features + self.bias - self.thresholds
        return {name: float(one) for name, one in zip(self.names, above, strict=True) if one >= 0}
