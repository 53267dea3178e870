"""How well the words of a question are met by like words: MiniLM's own word-piece vectors.

A word's vector is the mean of its pieces' entries in MiniLM's embedding matrix, unit length; no
layer is run. Synonyms and inflections come out near ("kids" – "children"), opposites too, so this
is one sign among others. After the soft alignment of Kenter and de Rijke (2015).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from assistant.answerability.features import WORD, stem_of, stems_of
from assistant.answerability.pieces import load_tokenizer, load_vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

WIDTH = 384


def closeness(words: Sequence[str], text: str) -> NDArray[np.float32]:
    """For each word the cosine of the nearest word of a text, 1 for the same stem.

    Args:
        words: content words of a question.
        text: a sentence, or a sentence with its context.

    Returns:
        `(len(words),) float32`, from 0 to 1.
    """
    if not words or not WORD.search(text):
        return np.zeros(len(words), dtype=np.float32)
    cosines = vectors_of(tuple(words)) @ _vectors_of_text(text).T  # (words, others)
    stems = stems_of(text)
    same = np.array([stem_of(word) in stems for word in words])
    return np.where(same, 1.0, np.clip(cosines.max(axis=1), 0, 1)).astype(np.float32)


@lru_cache(maxsize=64)
def vectors_of(words: tuple[str, ...]) -> NDArray[np.float32]:
    """`(len(words), 384) float32`, unit length."""
    return np.stack([vector_of(word.lower()) for word in words])


@lru_cache(maxsize=1024)  # about 40 MB of sentences that were found before
def _vectors_of_text(text: str) -> NDArray[np.float32]:
    return vectors_of.__wrapped__(tuple(sorted({m.group().lower() for m in WORD.finditer(text)})))


@lru_cache(maxsize=32_768)
def vector_of(word: str) -> NDArray[np.float32]:
    """One word's vector; zero where it has no piece."""
    ids = load_tokenizer().encode(word, add_special_tokens=False).ids
    if not ids:
        return np.zeros(WIDTH, dtype=np.float32)
    vector = load_vectors()[ids].mean(axis=0) - _centre()
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), dtype=np.float32)


@lru_cache(maxsize=1)
def _centre() -> NDArray[np.float32]:
    """The mean of all pieces' vectors: what they share says nothing about a word."""
    return np.asarray(load_vectors().mean(axis=0), dtype=np.float32)
