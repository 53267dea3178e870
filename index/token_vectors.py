"""Vectors of a text's word pieces: how a question meets the words of a sentence, piece by piece.

Late interaction (Khattab and Zaharia 2020, arXiv 2004.12832) over MiniLM as it is: the states
after its third and its last layer, each of unit length, side by side, on their first principal
components (`train_token_projection.py`), in whole numbers of eight bits. They come out of the
pass that embeds the text, and take about 25 kB a passage.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LAYERS = (6, 3)
"""States of these layers of MiniLM lie side by side; the embeddings are layer 0."""

WIDTH = 160
"""Principal components kept; they hold 72 % of the variance."""

STEPS = 254
"""A component of 1/254 is one step; larger ones than a half are cut."""

PROJECTION = Path(__file__).parent / "token_projection.npz"


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """The word pieces of a text, special ones left out.

    Attributes:
        vectors: `(n, 160) int8`.
        pieces: `(n,) uint16`, numbers in MiniLM's vocabulary.
        offsets: `(n, 2) int32`, where each piece begins and ends in the text, in characters.
    """

    vectors: NDArray[np.int8]
    pieces: NDArray[np.uint16]
    offsets: NDArray[np.int32]

    def __len__(self) -> int:
        """How many pieces there are."""
        return len(self.pieces)

    def within(self, start: int, end: int) -> TokenVectors:
        """The pieces of a part of the text, their offsets counted from its start."""
        inside = (self.offsets[:, 1] > start) & (self.offsets[:, 0] < end)
        return TokenVectors(
            self.vectors[inside], self.pieces[inside], self.offsets[inside] - np.int32(start)
        )

    def to_text(self) -> str:
        """As one word of ASCII, for a row of the store."""
        parts = (self.vectors, self.pieces.astype("<u2"), self.offsets.astype("<i4"))
        return base64.b64encode(b"".join(part.tobytes() for part in parts)).decode()

    @classmethod
    def from_text(cls, text: str) -> TokenVectors:
        """Reads what `to_text` gave.

        Raises:
            ValueError: if it is anything else.
        """
        content = base64.b64decode(text, validate=True)
        count, rest = divmod(len(content), WIDTH + 2 + 8)
        if rest:
            raise ValueError(f"{len(content)} bytes are no whole number of word pieces")
        pieces = WIDTH * count
        return cls(
            np.frombuffer(content, np.int8, pieces).reshape(count, WIDTH),
            np.frombuffer(content, "<u2", count, pieces),
            np.frombuffer(content, "<i4", 2 * count, pieces + 2 * count).reshape(count, 2),
        )


def project(states: Sequence[NDArray[np.float32]]) -> NDArray[np.int8]:
    """States of `LAYERS`, `(n, 384) float32` each → `(n, 160) int8`."""
    mean, components = _load_projection()
    joined = join_states(states)
    kept = unit_length(np.asarray((joined - mean) @ components, dtype=np.float32))
    return np.clip(np.round(kept * STEPS), -127, 127).astype(np.int8)


def join_states(states: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """States of `LAYERS`, each made of unit length, side by side: `(n, 768) float32`."""
    return np.concatenate([unit_length(state) for state in states], axis=1)


def unit_length(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of length 1; rows of zeros stay."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-6), dtype=np.float32)


@cache
def _load_projection() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What is taken away first, `(768,)`, and the components, `(768, 160)`."""
    with np.load(PROJECTION) as file:
        return file["mean"].astype(np.float32), file["components"].astype(np.float32)
