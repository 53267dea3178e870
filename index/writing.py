"""Entries → rows in the store, with their vectors."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from index.entry import to_json
from index.passages import CHUNKING_VERSION, passage_text_to_embed, sentence_text_to_embed
from index.progress import silent
from index.store import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from index.embedding import Embedder
    from index.entry import Entry
    from index.progress import OnProgress
    from index.records import Passage, Sentence
    from index.store import Store

ARTICLES_AT_ONCE = 64
"""Articles embedded together: enough to fill batches, few enough to lose little to a kill."""


def write_entries(
    store: Store, entries: Sequence[Entry], embedder: Embedder, on_progress: OnProgress = silent
) -> None:
    """Embeds entries and writes them; an entry's own row comes last and makes it visible."""
    total = sum(1 + len(entry.passages) + len(entry.sentences) for entry in entries)
    done = 0

    def count(embedded: int) -> None:
        nonlocal done
        done += embedded
        on_progress("Embedding", done, total)

    for start in range(0, len(entries), ARTICLES_AT_ONCE):
        some = entries[start : start + ARTICLES_AT_ONCE]
        for collection, rows in embed_rows(some, embedder, count).items():
            store.put(collection, rows)


def remove_entries(store: Store, article_ids: Iterable[str]) -> None:
    """Removes articles and all that belongs to them."""
    for article_id in article_ids:
        store.delete_article(article_id)


def make_manifest(model: str, checksum: str) -> dict[str, object]:
    """What the index remembers of how it was made, and when it last changed (UTC)."""
    return {
        "model": model,
        "checksum": checksum,
        "chunking": CHUNKING_VERSION,
        "changed": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def embed_rows(
    entries: Sequence[Entry], embedder: Embedder, count: Callable[[int], None]
) -> dict[str, list[Row]]:
    """The rows of entries: passages, sentences and, last, the articles with their titles' vectors."""
    passages = [(e, e.passage_id(p.number), p) for e in entries for p in e.passages]
    sentences = [(e, e.sentence_id(s.number), s) for e in entries for s in e.sentences]
    texts = [passage_text_to_embed(entry.article, passage) for entry, _, passage in passages]
    texts += [sentence_text_to_embed(entry.article, sentence) for entry, _, sentence in sentences]
    texts += [entry.article.title for entry in entries]
    vectors = iter(embedder.encode(texts, count))
    return {
        "passages": [Row(k, *_describe(e, p), next(vectors)) for e, k, p in passages],
        "sentences": [Row(k, *_describe(e, s), next(vectors)) for e, k, s in sentences],
        "articles": [
            Row(entry.article.id, to_json(entry), {"version": entry.version}, next(vectors))
            for entry in entries
        ],
    }


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
