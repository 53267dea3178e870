"""Embeddings of the inbox's questions, so that each is embedded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.embedding import Embedder


class QuestionVectors:
    """Keeps the vectors of the questions that were asked for last, and of no others."""

    def __init__(self) -> None:
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def of(self, texts: Sequence[str], embedder: Embedder) -> NDArray[np.float32]:
        """The vectors of texts, `(n, d) float32`, unit length."""
        known = {text: self._vectors[text] for text in texts if text in self._vectors}
        new = sorted(set(texts) - known.keys())
        if new:
            known.update(zip(new, embedder.encode(new), strict=True))
        self._vectors = known
        return np.array([known[text] for text in texts], dtype=np.float32)
