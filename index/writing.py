"""Entries → rows in the store, with their vectors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from index.entry import to_json
from index.passages import CHUNKING_VERSION, passage_text_to_embed, sentence_text_to_embed
from index.progress import silent
from index.store import TOKENS, Row
from index.token_vectors import TokenVectors

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
    Tokens = Mapping[str, TokenVectors]

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
        known, known_tokens = read_vectors(store, old)
        kept, kept_tokens = journal.read(missing_texts(some, known))
        known, known_tokens = {**known, **kept}, {**known_tokens, **kept_tokens}
        new, new_tokens = embed_missing(some, known, embedder, count, journal)
        embedded += count_missing(some, known)
        rows = make_rows(some, {**known, **new}, {**known_tokens, **new_tokens})
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


def read_vectors(store: Store, entries: Sequence[Entry]) -> tuple[Vectors, Tokens]:
    """Embedded text → its vector `(d,) float32`, of all texts of entries in the store.

    And embedded text → the word pieces of what a passage quotes. A passage without (of an older
    version of this program) is left out of both.
    """
    known: dict[str, NDArray[np.float32]] = {}
    tokens: dict[str, TokenVectors] = {}
    for entry in entries:
        passages = [entry.passage_id(passage.number) for passage in entry.passages]
        sentences = [entry.sentence_id(sentence.number) for sentence in entry.sentences]
        texts = texts_to_embed(entry)
        found = store.tokens(passages)
        tokens |= {
            text: TokenVectors.from_text(found[key])
            for text, key in zip(texts, passages, strict=False)
            if key in found
        }
        kept = [text in tokens for text in texts[: len(passages)]] + [True] * len(sentences)
        vectors = [*store.vectors("passages", passages), *store.vectors("sentences", sentences)]
        rows = zip(texts, vectors, kept, strict=False)  # the title's vector is not read
        known |= {text: vector for text, vector, is_kept in rows if is_kept}
    return known, tokens


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
) -> tuple[Vectors, Tokens]:
    """Text → vector of every text of the entries that is not known, and passage → word pieces.

    The pieces of title and headings are left out. `count` is told of all texts.
    """
    own_length = {
        passage_text_to_embed(entry.article, passage): passage.end - passage.start
        for entry in entries
        for passage in entry.passages
    }
    missing = missing_texts(entries, known)
    missing.sort(key=lambda text: (text in own_length, len(text)))  # like lengths fill batches
    count(sum(len(texts_to_embed(entry)) for entry in entries) - len(missing))
    vectors: dict[str, NDArray[np.float32]] = {}
    tokens: dict[str, TokenVectors] = {}
    for start in range(0, len(missing), TEXTS_AT_ONCE):
        made, pieces = _embed(missing[start : start + TEXTS_AT_ONCE], own_length, embedder, count)
        journal.add(made, pieces)
        vectors |= made
        tokens |= pieces
    return vectors, tokens


def _embed(
    texts: Sequence[str],
    own_length: Mapping[str, int],
    embedder: Embedder,
    count: Callable[[int], None],
) -> tuple[Vectors, Tokens]:
    """Text → vector, and of passages their word pieces from where their own words begin."""
    with_tokens = [text for text in texts if text in own_length]
    others = [text for text in texts if text not in own_length]
    made, tokens = embedder.encode_with_tokens(with_tokens, count)
    plain = embedder.encode(others, count)
    return (
        dict(zip((*with_tokens, *others), (*made, *plain), strict=True)),
        {
            text: of_text.within(len(text) - own_length[text], len(text))
            for text, of_text in zip(with_tokens, tokens, strict=True)
        },
    )


def count_missing(entries: Sequence[Entry], known: Vectors) -> Embedded:
    """How many passages and sentences of the entries are not known."""
    missing = Embedded()
    for entry in entries:
        new = [text not in known for text in texts_to_embed(entry)]
        passages = sum(new[: len(entry.passages)])
        missing += Embedded(passages, sum(new[len(entry.passages) : -1]))
    return missing


def make_rows(entries: Iterable[Entry], vectors: Vectors, tokens: Tokens) -> dict[str, list[Row]]:
    """The rows of entries; the articles, with their titles' vectors, come last."""
    rows: dict[str, list[Row]] = {"passages": [], "sentences": [], "articles": []}
    for entry in entries:
        article = entry.article
        for passage in entry.passages:
            text = passage_text_to_embed(article, passage)
            document, place = _describe(entry, passage)
            place[TOKENS] = tokens[text].to_text()
            rows["passages"].append(
                Row(entry.passage_id(passage.number), document, place, vectors[text])
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
