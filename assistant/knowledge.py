"""All that answering needs of one published state of the library, opened together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.evidence import WordWeights
from assistant.naming import Register
from assistant.offers import Offers
from assistant.understanding import Lexicon
from index.build import check_cutting, check_model, open_embedder
from index.embedding import Embedder
from index.home import Home
from index.library import Library
from index.lookups import apply_lookups, read_notebook, stamp_notebook
from index.search import Searcher
from index.settings import DEFAULT_MODEL

if TYPE_CHECKING:
    from assistant.settings import Settings


PASSAGES = 8
"""Passages that an answer is sought in."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A library, how to search it, how much its words weigh, which words it knows, what names it.

    `question_embedder` is the model that comes with the program: what tells questions apart was
    trained on it. It is the library's own, unless that was embedded with another one.
    """

    library: Library
    searcher: Searcher
    question_embedder: Embedder
    weights: WordWeights
    lexicon: Lexicon
    register: Register
    offers: Offers
    generation: int
    asked_online: int = 0
    passages: int = PASSAGES

    @classmethod
    def open(cls, settings: Settings, embedder: Embedder | None = None) -> Knowledge:
        """Opens the library that is published now.

        Raises:
            HomeError: if the library is empty or cannot be opened.
            ModelError: if the embedding model cannot be used.
        """
        generation = Home(settings.home).generation
        asked_online = stamp_notebook(settings.home)
        lookups = read_notebook(settings.home)
        library = Library.open(settings)
        library.entries = {
            key: apply_lookups(entry, lookups) for key, entry in library.entries.items()
        }
        embedder = embedder or open_embedder(settings)
        check_model(library.manifest, embedder, settings)
        check_cutting(library.manifest, settings)
        own = embedder if embedder.name == DEFAULT_MODEL else Embedder(DEFAULT_MODEL)
        for model in {embedder, own}:
            model.encode(["warm-up"])
        return cls(
            library,
            Searcher(library, embedder),
            own,
            WordWeights.of(library),
            Lexicon.of(library),
            Register.of(library.entries.values()),
            Offers.of(library),
            generation,
            asked_online,
        )

    @property
    def embedder(self) -> Embedder:
        """The model that the library was embedded with."""
        return self.searcher.embedder

    def outdated(self, settings: Settings) -> bool:
        """Whether another state of the library, or of its look-ups, has been published since."""
        return (
            Home(settings.home).generation != self.generation
            or stamp_notebook(settings.home) != self.asked_online
        )

    def reopen(self, settings: Settings) -> Knowledge:
        """The state that is published now, with the model that is loaded already.

        The old library is not closed: questions under way may still read it.
        """
        return Knowledge.open(settings, self.embedder)
