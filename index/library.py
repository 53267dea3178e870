"""The library as readers see it: every article whole, and the vectors behind it."""

from __future__ import annotations

import weakref
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any

from index.entry import from_json
from index.errors import CorruptHome, EmptyLibrary
from index.home import open_index

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from index.entry import Entry
    from index.settings import Settings
    from index.store import Store


class Library:
    """One published state of the index, read once.

    Its files are released by `close`, or when nothing refers to it any more.

    Attributes:
        entries: article id → entry, sorted by id.
        manifest: model, checksum, chunking version and time of the last change.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.manifest: dict[str, Any] = store.manifest()
        self.entries: dict[str, Entry] = read_entries(store)
        # Whoever still answers from a state that another one has replaced keeps it open.
        self._closing = weakref.finalize(self, store.close)
        self._closing.atexit = False
        self._sentence_vectors: dict[str, NDArray[np.float32]] = {}

    @classmethod
    def open(cls, settings: Settings) -> Library:
        """Opens the library of a home.

        Raises:
            EmptyLibrary: if it holds no article.
            CorruptHome: if its files cannot be read.
            NewerSchema: if a newer version of the program made it.
            ServerUnreachable: if the server that holds it does not answer.
        """
        store = open_index(settings)
        try:
            library = cls(store)
        except BaseException:
            store.close()
            raise
        if not library.entries or not library.manifest:
            library.close()
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

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of the articles, the most frequent first."""
        counted = Counter(entry.article.language for entry in self.entries.values())
        return tuple(language for language, _ in counted.most_common())

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

    def read_vectors(self, keys: Sequence[tuple[str, int]]) -> NDArray[np.float32]:
        """The vectors of some sentences, by article id and number, `(n, d) float32`; not kept."""
        ids = [self.entries[article_id].sentence_id(number) for article_id, number in keys]
        return self._store.vectors("sentences", ids)

    def close(self) -> None:
        """Releases the store."""
        self._closing()

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


def read_entries(store: Store) -> dict[str, Entry]:
    """Article id → entry, sorted by id, of all articles in a store.

    Raises:
        CorruptHome: if an entry is not what this program writes.
    """
    documents = store.articles()
    try:
        return {key: from_json(documents[key]) for key in sorted(documents)}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorruptHome(
            "The index holds an article that cannot be read: restore a backup, or build it anew "
            "in another home."
        ) from error
