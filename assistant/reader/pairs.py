"""A question and sentences as word pieces → what the network reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.token_vectors import STEPS, WIDTH, unit_length

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.token_vectors import TokenVectors

QUESTION_PIECES = 40
"""More of a question is not read."""

SENTENCE_PIECES = 56
"""More of a sentence is not read."""

SPREAD = 4
"""Components of unit vectors are small beside the signs; this evens them out."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of texts, filled up to the same length `n`.

    Attributes:
        pieces: `(pairs, n, 160) float32`.
        signs: `(pairs, n, 3) float32`: held by the other side, nearest there, rarity.
        side: `(pairs, n) int64`, 0 in the question, 1 in the sentence.
        present: `(pairs, n) bool`.
    """

    pieces: NDArray[np.float32]
    signs: NDArray[np.float32]
    side: NDArray[np.int64]
    present: NDArray[np.bool_]


def make_pairs(
    pairs: Sequence[tuple[TokenVectors, TokenVectors]], rarity: NDArray[np.float32]
) -> Pairs:
    """Lays questions and sentences side by side.

    Args:
        pairs: a question and a sentence each; at least one pair.
        rarity: `(30522,)` of each piece of the vocabulary.
    """
    asked, asked_ids = _fill([question for question, _ in pairs], QUESTION_PIECES)
    said, said_ids = _fill([sentence for _, sentence in pairs], SENTENCE_PIECES)
    asked_present, said_present = asked_ids >= 0, said_ids >= 0
    both = asked_present[:, :, None] & said_present[:, None, :]
    same = (asked_ids[:, :, None] == said_ids[:, None, :]) & both
    cosines = np.matmul(_unit(asked), _unit(said).transpose(0, 2, 1))  # (pairs, asked, said)
    cosines = np.where(both, cosines, -1.0)
    ids = np.concatenate([asked_ids, said_ids], axis=1)
    present = ids >= 0
    held = np.concatenate([same.any(axis=2), same.any(axis=1)], axis=1)
    nearest = np.concatenate([cosines.max(axis=2), cosines.max(axis=1)], axis=1) * present
    rare = np.where(present, rarity[np.clip(ids, 0, None)], 0.0)
    side = np.repeat([0, 1], [asked_ids.shape[1], said_ids.shape[1]])
    return Pairs(
        np.concatenate([asked, said], axis=1) * np.float32(SPREAD),
        np.stack([held, nearest, rare], axis=-1).astype(np.float32),
        np.broadcast_to(side, ids.shape).astype(np.int64),
        present,
    )


def _fill(
    texts: Sequence[TokenVectors], limit: int
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Texts filled up to `n` pieces: vectors `(texts, n, 160)`, pieces `(texts, n)`, -1: none."""
    longest = max(1, *(min(len(text), limit) for text in texts))
    vectors = np.zeros((len(texts), longest, WIDTH), dtype=np.float32)
    ids = np.full((len(texts), longest), -1, dtype=np.int64)
    for row, text in enumerate(texts):
        length = min(len(text), limit)
        vectors[row, :length] = text.vectors[:length]
        ids[row, :length] = text.pieces[:length]
    return vectors / np.float32(STEPS), ids


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return unit_length(vectors.reshape(-1, WIDTH)).reshape(vectors.shape)
