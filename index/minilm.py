"""The model that comes with the program, run by onnxruntime: one short text in a few milliseconds.

A question is embedded alone, and torch spends most of that time between the model's operations.
The graph beside this file has no weights: they are read from the model's own file. The vectors are
those of sentence-transformers but for the last bit or two (a test compares them).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.onnx_session import open_session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

GRAPH = Path(__file__).parent / "minilm.onnx"
"""Written by `python -m index.write_minilm`."""

TENSORS = "model.safetensors"
"""The file of the model's weights, in its folder."""

SIZE = 384
"""Numbers in a vector."""

WINDOW = 256
"""Word pieces that are read, with the two special ones; what a longer text has more is cut off."""


class MiniLM:
    """Word pieces → a unit vector.

    Args:
        folder: of the model, with the file `TENSORS`.
    """

    def __init__(self, folder: Path) -> None:
        self._session = open_session(GRAPH, folder)

    def embed(self, pieces: Sequence[int]) -> NDArray[np.float32]:
        """`(384,) float32`, unit length.

        Args:
            pieces: of a text, with the two special ones.
        """
        if len(pieces) > WINDOW:
            pieces = [*pieces[: WINDOW - 1], pieces[-1]]
        (vectors,) = self._session.run(["vector"], {"pieces": np.array([pieces], dtype=np.int64)})
        return np.asarray(vectors[0], dtype=np.float32)
