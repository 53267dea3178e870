"""Entries → rows in the store, with their vectors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from index.entry import to_json
from index.passages import CHUNKING_VERSION, passage_text_to_embed, sentence_text_to_embed
from index.progress import silent
from index.store import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from index.embedding import Embedder
    from index.entry import Entry
    from index.journal import Journal
    from index.progress import OnProgress
    from index.records import Passage, Sentence
    from index.store import Store

    Vectors = Mapping[str, NDArray[np.float32]]

ARTICLES_AT_ONCE = 64
"""Articles embedded together: enough to fill batches, few enough to show how far it is."""

TEXTS_AT_ONCE = 64
"""Texts after which their vectors are safe from a process that dies: one batch of the model."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """How many texts had to be embedded."""

    passages: int = 0
    sentences: int = 0

    def __add__(self, other: Embedded) -> Embedded:
        return Embedded(self.passages + other.passages, self.sentences + other.sentences)


def write_entries(
    store: Store,
    entries: Sequence[Entry],
    embedder: Embedder,
    on_progress: OnProgress = silent,
    *,
    journal: Journal,
    before: Mapping[str, Entry] | None = None,
) -> Embedded:
    """Writes entries with their vectors; an entry's own row comes last and makes it visible.

    Args:
        store: where they go.
        entries: new ones, and new versions of those that are there.
        embedder: the model that made the vectors in the store.
        on_progress: told how many texts are embedded.
        journal: keeps vectors as they are made, and gives those of a build that died.
        before: the entries that are there; texts that stay as they were keep their vectors.
    """
    total = sum(len(texts_to_embed(entry)) for entry in entries)
    done = 0
    embedded = Embedded()

    def count(texts: int) -> None:
        nonlocal done
        done += texts
        on_progress("Embedding", done, total)

    for start in range(0, len(entries), ARTICLES_AT_ONCE):
        some = entries[start : start + ARTICLES_AT_ONCE]
        old = [before[e.article.id] for e in some if before and e.article.id in before]
        known = read_vectors(store, old)
        known = {**known, **journal.read(missing_texts(some, known))}
        new = embed_missing(some, known, embedder, count, journal)
        embedded += count_missing(some, known)
        rows = make_rows(some, {**known, **new})
        for collection, of_collection in rows.items():
            store.put(collection, of_collection)
    return embedded


def make_manifest(model: str, checksum: str) -> dict[str, object]:
    """What the index remembers of how it was made, and when it last changed (UTC)."""
    return {"model": model, "checksum": checksum, "chunking": CHUNKING_VERSION, **stamp()}


def stamp() -> dict[str, object]:
    """The part of the manifest that tells when the index last changed."""
    return {"changed": datetime.now(UTC).isoformat(timespec="seconds")}


def texts_to_embed(entry: Entry) -> list[str]:
    """The texts of an entry's passages, of its sentences, and last its title."""
    article = entry.article
    return [
        *(passage_text_to_embed(article, passage) for passage in entry.passages),
        *(sentence_text_to_embed(article, sentence) for sentence in entry.sentences),
        article.title,
    ]


def read_vectors(store: Store, entries: Sequence[Entry]) -> Vectors:
    """Embedded text → its vector `(d,) float32`, of all texts of entries in the store."""
    known: dict[str, NDArray[np.float32]] = {}
    for entry in entries:
        passages = [entry.passage_id(passage.number) for passage in entry.passages]
        sentences = [entry.sentence_id(sentence.number) for sentence in entry.sentences]
        vectors = [*store.vectors("passages", passages), *store.vectors("sentences", sentences)]
        known |= zip(texts_to_embed(entry), vectors, strict=False)  # the title's is not read
    return known


def missing_texts(entries: Sequence[Entry], known: Vectors) -> list[str]:
    """The texts of entries that are not known, each once."""
    texts = (text for entry in entries for text in texts_to_embed(entry))
    return [text for text in dict.fromkeys(texts) if text not in known]


def embed_missing(
    entries: Sequence[Entry],
    known: Vectors,
    embedder: Embedder,
    count: Callable[[int], None],
    journal: Journal,
) -> Vectors:
    """Text → vector of every text of the entries that is not known. `count` is told of all."""
    missing = sorted(missing_texts(entries, known), key=len)  # like lengths fill batches
    count(sum(len(texts_to_embed(entry)) for entry in entries) - len(missing))
    vectors: dict[str, NDArray[np.float32]] = {}
    for start in range(0, len(missing), TEXTS_AT_ONCE):
        texts = missing[start : start + TEXTS_AT_ONCE]
        made = dict(zip(texts, embedder.encode(texts, count), strict=True))
        journal.add(made)
        vectors |= made
    return vectors


def count_missing(entries: Sequence[Entry], known: Vectors) -> Embedded:
    """How many passages and sentences of the entries are not known."""
    missing = Embedded()
    for entry in entries:
        new = [text not in known for text in texts_to_embed(entry)]
        passages = sum(new[: len(entry.passages)])
        missing += Embedded(passages, sum(new[len(entry.passages) : -1]))
    return missing


def make_rows(entries: Iterable[Entry], vectors: Vectors) -> dict[str, list[Row]]:
    """The rows of entries; the articles, with their titles' vectors, come last."""
    rows: dict[str, list[Row]] = {"passages": [], "sentences": [], "articles": []}
    for entry in entries:
        article = entry.article
        for passage in entry.passages:
            vector = vectors[passage_text_to_embed(article, passage)]
            rows["passages"].append(
                Row(entry.passage_id(passage.number), *_describe(entry, passage), vector)
            )
        for sentence in entry.sentences:
            vector = vectors[sentence_text_to_embed(article, sentence)]
            rows["sentences"].append(
                Row(entry.sentence_id(sentence.number), *_describe(entry, sentence), vector)
            )
        rows["articles"].append(
            Row(article.id, to_json(entry), {"version": entry.version}, vectors[article.title])
        )
    return rows


def _describe(
    entry: Entry, span: Passage | Sentence
) -> tuple[str, dict[str, str | int | float | bool]]:
    """A span's exact words, and where they stand."""
    place: dict[str, str | int | float | bool] = {
        "article_id": entry.article.id,
        "version": entry.version,
        "start": span.start,
        "end": span.end,
    }
    return entry.article.text[span.start : span.end], place
