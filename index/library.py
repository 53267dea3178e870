"""The library as readers see it: every article whole, and the vectors behind it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from index.entry import from_json
from index.errors import EmptyLibrary
from index.home import open_index

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.entry import Entry
    from index.settings import Settings
    from index.store import Store


class Library:
    """One published state of the index, read once.

    Attributes:
        entries: article id → entry, sorted by id.
        manifest: model, checksum, chunking version and time of the last change.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.manifest: dict[str, Any] = store.manifest()
        documents = store.articles()
        self.entries: dict[str, Entry] = {
            key: from_json(documents[key][0]) for key in sorted(documents)
        }
        self._sentence_vectors: dict[str, NDArray[np.float32]] = {}

    @classmethod
    def open(cls, settings: Settings) -> Library:
        """Opens the library of a home.

        Raises:
            EmptyLibrary: if it holds no article.
            CorruptHome: if its files cannot be read.
            NewerSchema: if a newer version of the program made it.
        """
        library = cls(open_index(settings))
        if not library.entries:
            raise EmptyLibrary(
                "The library is empty: fill it with `python -m index build SOURCE…`."
            )
        return library

    @cached_property
    def passage_keys(self) -> dict[str, tuple[str, int]]:
        """Row id → article id and passage number, for every passage, in a fixed order."""
        return {
            entry.passage_id(passage.number): (entry.article.id, passage.number)
            for entry in self.entries.values()
            for passage in entry.passages
        }

    @cached_property
    def sentence_keys(self) -> dict[str, tuple[str, int]]:
        """Row id → article id and sentence number, for every sentence."""
        return {
            entry.sentence_id(sentence.number): (entry.article.id, sentence.number)
            for entry in self.entries.values()
            for sentence in entry.sentences
        }

    def nearest_passages(
        self, vector: NDArray[np.float32], limit: int
    ) -> list[tuple[tuple[str, int], float]]:
        """Passages by meaning: article id and number with the cosine similarity, best first."""
        return self._nearest("passages", self.passage_keys, vector, limit)

    def nearest_sentences(
        self, vector: NDArray[np.float32], limit: int
    ) -> list[tuple[tuple[str, int], float]]:
        """Sentences by meaning: article id and number with the cosine similarity, best first."""
        return self._nearest("sentences", self.sentence_keys, vector, limit)

    def sentence_vectors(self, article_id: str) -> NDArray[np.float32]:
        """The vectors of an article's sentences, `(n, d) float32`, kept once read."""
        if article_id not in self._sentence_vectors:
            entry = self.entries[article_id]
            ids = [entry.sentence_id(sentence.number) for sentence in entry.sentences]
            self._sentence_vectors[article_id] = self._store.vectors("sentences", ids)
        return self._sentence_vectors[article_id]

    def close(self) -> None:
        """Releases the store."""
        self._store.close()

    def _nearest(
        self,
        collection: str,
        keys: dict[str, tuple[str, int]],
        vector: NDArray[np.float32],
        limit: int,
    ) -> list[tuple[tuple[str, int], float]]:
        found = self._store.nearest(collection, vector, min(limit, len(keys)))
        # Rows of a version that is not, or no longer, this state's are passed over.
        known = [(keys[row_id], similarity) for row_id, similarity in found if row_id in keys]
        return sorted(known, key=lambda pair: (-pair[1], pair[0]))
