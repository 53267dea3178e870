"""Follows all sources of `library.toml` and brings the index to what they hold now."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from importlib import resources
from typing import TYPE_CHECKING

from index.build import compare_articles, index_articles, open_embedder, read_entries
from index.home import Home
from index.progress import silent
from index.reading import Reading
from index.sync.plan import read_plan
from index.sync.report import SyncReport
from index.sync.state import SourceState, read_states, syncing, write_states
from index.sync.status import note_sync
from index.sync.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.embedding import Embedder
    from index.progress import OnProgress
    from index.records import Article
    from index.settings import Settings
    from index.sync.plan import Plan
    from index.sync.state import States


def sync_library(
    settings: Settings,
    *,
    dry_run: bool = False,
    accept_losses: bool = False,
    on_progress: OnProgress = silent,
    embedder: Embedder | None = None,
) -> SyncReport:
    """Makes the index hold what the sources of `library.toml` hold now.

    A source that fails keeps its articles, and so does one that would lose more than a third of
    them. Articles that came from elsewhere stay, but for the sample articles.

    Args:
        settings: which home, which model, and what may be read.
        dry_run: whether to say only what would change.
        accept_losses: whether a source may lose any number of articles.
        on_progress: told how far it is.
        embedder: the settings' model, where it is loaded already.

    Raises:
        SettingsError: if `library.toml` is missing or wrong.
        HomeError: if the home cannot be changed, or another sync is running.
        ModelError: if the embedding model cannot be used.
    """
    plan = read_plan(settings.home)
    started = _now()
    with syncing(settings.home):
        Home(settings.home).check_writable()
        embedder = embedder or open_embedder(settings)
        before = read_entries(settings, embedder)
        library = {key: entry.article for key, entry in before.items()}
        states = read_states(settings.home)
        visits = _visit_all(settings, plan, states, library, on_progress)
        orphans = {visit.source.title: visit.orphans for visit in visits if visit.orphans}
        if orphans:
            # What they repeated is gone: they have to be asked for again to take its place.
            visits = _visit_all(settings, plan, _without(states, orphans), library, on_progress)
        for visit in visits if not accept_losses else ():
            visit.refuse_losses()
        reading = visits[0].reading
        removable = _owned(states) | _samples(library)
        changes = compare_articles(
            reading, before, embedder.checksum, remove_others=True, removable=removable
        )
        if changes.changed and not dry_run:
            changes = index_articles(
                settings,
                reading,
                remove_others=True,
                removable=removable,
                on_progress=on_progress,
                embedder=embedder,
            )
        report = SyncReport(
            changes=changes,
            sources=tuple(visit.report() for visit in visits),
            started=started,
            finished=_now(),
            dry_run=dry_run,
            others=tuple(sorted(library.keys() - reading.articles.keys() - removable)),
        )
        if not dry_run:
            write_states(settings.home, {v.source.title: v.state(started) for v in visits})
            note_sync(settings.home, report)
    return report


def _visit_all(
    settings: Settings,
    plan: Plan,
    states: States,
    library: Mapping[str, Article],
    on_progress: OnProgress,
) -> list[Visit]:
    """Visits every source; what they give goes into one reading."""
    reading = Reading()
    visits = []
    for source in plan.source:
        visit = Visit(source, states.get(source.title, SourceState()), library, reading)

        def tell(name: str = source.title) -> None:
            on_progress(name, len(reading.articles), 0)

        visit.run(settings, tell)
        visits.append(visit)
    return visits


def _without(states: States, items: Mapping[str, frozenset[str]]) -> States:
    """What is known, some items of some sources left out."""
    return {
        name: replace(
            state,
            items={
                key: item
                for key, item in state.items.items()
                if key not in items.get(name, frozenset())
            },
        )
        for name, state in states.items()
    }


def _owned(states: States) -> frozenset[str]:
    """Ids of all articles that ever came from a source of the plan."""
    return frozenset(key for state in states.values() for key in state.articles)


def _samples(library: Mapping[str, Article]) -> frozenset[str]:
    """Ids of the articles that the program brings along for its first start."""
    folder = str(resources.files("index") / "starter")
    return frozenset(key for key, found in library.items() if found.source.startswith(folder))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
