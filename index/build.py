"""Sources → index: reads, cuts, embeds and publishes what has changed, and nothing else."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.embedding import Embedder
from index.entry import make_entry, version_of
from index.errors import EmptyLibrary, ModelMismatch, SourceError
from index.home import Home, change_index
from index.journal import Journal
from index.library import Library
from index.passages import CHUNKING_VERSION
from index.progress import silent
from index.reading import read_sources
from index.writing import make_manifest, stamp, write_entries

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from index.entry import Entry
    from index.progress import OnProgress
    from index.readers import Problem
    from index.reading import Reading
    from index.records import Article
    from index.settings import Settings


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: ids of articles, counts of texts embedded, and what it could not take."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    embedded_passages: int = 0
    embedded_sentences: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the library is another one than before."""
        return bool(self.added or self.updated or self.removed)


def build_index(
    settings: Settings,
    sources: Sequence[str],
    on_progress: OnProgress = silent,
    embedder: Embedder | None = None,
) -> BuildReport:
    """Makes the index hold exactly what the sources hold now.

    An article whose source could not be read this time is kept.

    Args:
        settings: which home, which model, and what may be read.
        sources: files, folders and URLs.
        on_progress: told how far it is.
        embedder: the settings' model, where it is loaded already.

    Raises:
        SourceError: if no source gave an article.
        HomeError: if the home cannot be changed.
        ModelError: if the embedding model cannot be used.
    """
    Home(settings.home).check_writable()
    reading = read_sources(settings, sources, on_progress)
    return index_articles(
        settings, reading, remove_others=True, on_progress=on_progress, embedder=embedder
    )


def add_to_index(
    settings: Settings,
    sources: Sequence[str],
    on_progress: OnProgress = silent,
    embedder: Embedder | None = None,
) -> BuildReport:
    """Adds or updates the sources' articles and leaves all others; errors as `build_index`."""
    Home(settings.home).check_writable()
    reading = read_sources(settings, sources, on_progress)
    return index_articles(
        settings, reading, remove_others=False, on_progress=on_progress, embedder=embedder
    )


def compare_articles(
    reading: Reading,
    before: Mapping[str, Entry],
    model_checksum: str,
    *,
    remove_others: bool,
    removable: Container[str] | None = None,
) -> BuildReport:
    """What bringing the index from `before` to what was read would change; embeds nothing."""
    wanted = {a.id: version_of(a, model_checksum) for a in reading.articles.values()}
    gone = (
        key
        for key, entry in before.items()
        if remove_others
        and key not in wanted
        and (removable is None or key in removable)
        and not reading.keeps(entry.article)
    )
    return BuildReport(
        added=tuple(key for key in wanted if key not in before),
        updated=tuple(k for k, v in wanted.items() if k in before and before[k].version != v),
        removed=tuple(gone),
        unchanged=tuple(k for k, v in wanted.items() if k in before and before[k].version == v),
        problems=tuple(reading.problems),
    )


def index_articles(
    settings: Settings,
    reading: Reading,
    *,
    remove_others: bool,
    removable: Container[str] | None = None,
    on_progress: OnProgress = silent,
    embedder: Embedder | None = None,
) -> BuildReport:
    """Brings the index to what was read; embeds only what is new or changed.

    Args:
        settings: which home and which model.
        reading: the articles.
        remove_others: whether articles that were not read go.
        removable: ids of those of them that may go; any where it is None.
        on_progress: told how far it is.
        embedder: the settings' model, where it is loaded already.
    """
    embedder = embedder or open_embedder(settings)
    home = Home(settings.home)
    journal = Journal(home.index, embedder.checksum)
    with home.writing():
        before = read_entries(settings, embedder)
        report = compare_articles(
            reading,
            before,
            embedder.checksum,
            remove_others=remove_others,
            removable=removable,
        )
        if not report.changed:
            journal.clear()
            return report
        changed = [reading.articles[key] for key in (*report.added, *report.updated)]
        entries = _cut(changed, embedder, on_progress)
        with change_index(settings) as store:
            if not before:
                store.clear()
            embedded = write_entries(
                store, entries, embedder, on_progress, journal=journal, before=before
            )
            updated = {entry.article.id: entry.version for entry in entries}
            store.delete_stale_rows({key: updated[key] for key in report.updated})
            store.delete_articles(report.removed)
            store.set_manifest(make_manifest(embedder.name, embedder.checksum))
        journal.clear()
    return replace(
        report, embedded_passages=embedded.passages, embedded_sentences=embedded.sentences
    )


def _cut(articles: Sequence[Article], embedder: Embedder, on_progress: OnProgress) -> list[Entry]:
    """Entries of articles."""
    entries = []
    for number, article in enumerate(articles):
        on_progress("Cutting", number, len(articles))
        entries.append(
            make_entry(article, embedder.count_tokens, embedder.max_tokens, embedder.checksum)
        )
    return entries


def remove_from_index(settings: Settings, article_ids: Iterable[str]) -> BuildReport:
    """Removes articles by id.

    Raises:
        SourceError: if the library has no article of one of the ids; nothing is removed then.
        EmptyLibrary: if the library is empty.
    """
    with Home(settings.home).writing():
        with closing(Library.open(settings)) as library:
            manifest, known = library.manifest, set(library.entries)
        wanted = list(dict.fromkeys(article_ids))
        unknown = [key for key in wanted if key not in known]
        if unknown:
            raise SourceError(
                f"The library has no article {unknown[0]!r}, nothing was removed: "
                "`python -m index articles` lists the ids."
            )
        with change_index(settings) as store:
            store.delete_articles(wanted)
            store.set_manifest({**manifest, **stamp()})
    return BuildReport(removed=tuple(wanted))


def open_embedder(settings: Settings) -> Embedder:
    """The embedding model that the settings name."""
    return Embedder(settings.embedding_model, allow_download=settings.allow_model_download)


def read_entries(settings: Settings, embedder: Embedder) -> dict[str, Entry]:
    """What the index holds now; nothing for a new home.

    Raises:
        ModelMismatch: if the index was made with another embedding model.
    """
    try:
        with closing(Library.open(settings)) as library:
            check_model(library.manifest, embedder, settings)
            return library.entries
    except EmptyLibrary:
        return {}


def check_model(manifest: Mapping[str, object], embedder: Embedder, settings: Settings) -> None:
    """Refuses an index whose vectors another model made.

    Raises:
        ModelMismatch: if model or weights differ.
    """
    if manifest.get("checksum") != embedder.checksum:
        raise ModelMismatch(
            f"The index in {settings.home} was made with {manifest.get('model')}, the settings "
            f"name {embedder.name} (with other weights): set GUTBRAIN_EMBEDDING_MODEL back, or "
            "build into a new home."
        )


def check_cutting(manifest: Mapping[str, object], settings: Settings) -> None:
    """Refuses an index that an older version of this program cut, for answering.

    Raises:
        ModelMismatch: if passages or vectors would not be what answering expects.
    """
    if manifest.get("chunking") != CHUNKING_VERSION:
        raise ModelMismatch(
            f"The index in {settings.home} was made by another version of this program: bring it "
            "up to date with `python -m index build SOURCE…` (or `index sync`)."
        )
