"""A combination of settings → the product with them, its library cut and embedded anew if needed.

Libraries made for a sweep lie in its own folder, one for each model and length of passages, and
are used again. The home that was given is only read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.knowledge import Knowledge
from eval.product import Product
from index.build import index_articles
from index.embedding import Embedder
from index.progress import silent
from index.reading import Reading
from index.search import Fusion, Searcher

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from assistant.settings import Settings
    from eval.sweep.grid import Variable
    from index.progress import OnProgress
    from index.records import Article


class NarrowEmbedder(Embedder):
    """An embedding model whose window is taken to be shorter than it is, so that passages are."""

    def __init__(self, name: str, *, allow_download: bool, max_tokens: int | None) -> None:
        super().__init__(name, allow_download=allow_download)
        if max_tokens is not None:
            self.__dict__["max_tokens"] = min(max_tokens, self.max_tokens)


class Opener:
    """Opens variants of one product.

    Args:
        settings: of the product as it is.
        folder: where other libraries are put.
    """

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._settings = settings
        self._folder = folder
        self._open: dict[tuple[str, int | None], Knowledge] = {}

    def open(self, variable: Variable, on_progress: OnProgress = silent) -> Product:
        """The product with a combination of settings.

        Raises:
            HomeError: the library is empty or cannot be opened.
            ModelError: the embedding model cannot be used.
        """
        knowledge, settings = self._open_library(variable, on_progress)
        if variable.answer_threshold is not None:
            changes = {"answer_threshold": variable.answer_threshold}
            settings = settings.model_copy(update=changes)
        fusion = _fusion(variable, knowledge.searcher.fusion)
        if fusion != knowledge.searcher.fusion:
            searcher = Searcher(knowledge.library, knowledge.embedder, fusion)
            knowledge = replace(knowledge, searcher=searcher)
        if variable.passages is not None:
            knowledge = replace(knowledge, passages=variable.passages)
        return Product(settings, knowledge)

    def count_libraries(self, variables: list[Variable]) -> int:
        """How many libraries have to be made for these combinations."""
        keys = {self._key(variable) for variable in variables} - {self._own_key}
        return sum(not (self._home(key) / "index" / "CURRENT").exists() for key in keys)

    @property
    def _own_key(self) -> tuple[str, int | None]:
        return self._settings.embedding_model, None

    def _key(self, variable: Variable) -> tuple[str, int | None]:
        return variable.embedding_model or self._settings.embedding_model, variable.passage_tokens

    def _home(self, key: tuple[str, int | None]) -> Path:
        model = key[0].strip("/").replace("/", "-")
        return self._folder / f"{model}-{key[1] or 'whole window'}".replace(" ", "-")

    def _open_library(
        self, variable: Variable, on_progress: OnProgress
    ) -> tuple[Knowledge, Settings]:
        key, settings = self._key(variable), self._settings
        if key != self._own_key:
            changes = {"home": self._home(key), "chroma_url": None, "embedding_model": key[0]}
            settings = settings.model_copy(update=changes)
        if key not in self._open:
            self._open[key] = (
                Knowledge.open(settings)
                if key == self._own_key
                else self._make_library(key, settings, on_progress)
            )
        return self._open[key], settings

    def _make_library(
        self, key: tuple[str, int | None], settings: Settings, on_progress: OnProgress
    ) -> Knowledge:
        embedder = NarrowEmbedder(
            key[0], allow_download=settings.allow_model_download, max_tokens=key[1]
        )
        articles = self._articles()
        index_articles(
            settings,
            Reading(articles=dict(articles)),
            remove_others=True,
            on_progress=on_progress,
            embedder=embedder,
        )
        return Knowledge.open(settings, embedder)

    def _articles(self) -> Mapping[str, Article]:
        if self._own_key not in self._open:
            self._open[self._own_key] = Knowledge.open(self._settings)
        entries = self._open[self._own_key].library.entries
        return {key: entry.article for key, entry in entries.items()}


def _fusion(variable: Variable, own: Fusion) -> Fusion:
    given = {
        "meaning": variable.meaning_weight,
        "words": variable.words_weight,
        "sentences": variable.sentences_weight,
        "constant": variable.fusion_constant,
    }
    return replace(own, **{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]  # each of its field's type
