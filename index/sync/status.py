"""How the syncs of a home go: the last one, whether one is running, the next, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from index.errors import SettingsError
from index.sync.plan import has_plan, read_plan
from index.sync.state import is_syncing, read_record, write_record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from index.sync.report import SyncReport

_FILE = "status.json"
RETRY_AFTER = timedelta(minutes=5)
"""When a source that did not answer is asked again; after each failure twice as late."""

_MAX_DOUBLINGS = 20


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """How the syncs of a home go.

    Attributes:
        planned: whether the home has a `library.toml`.
        running: whether a sync is at work now, in whatever process.
        last: when the last sync ended (UTC, ISO 8601); None before the first one.
        next: when the web process will start the next one; None where it never will.
        changes: how many articles the last one added, updated, removed and left as they were.
        sources: name, articles, failed, and the problems (source, reason) of each source.
        error: why the last sync did nothing at all, or why `library.toml` cannot be used.
    """

    planned: bool
    running: bool = False
    last: str | None = None
    next: str | None = None
    changes: dict[str, int] | None = None
    sources: tuple[dict[str, Any], ...] = ()
    error: str | None = None

    @property
    def problems(self) -> tuple[tuple[str, str], ...]:
        """Source and reason of everything that is wrong."""
        return tuple(
            (str(row["source"]), str(row["reason"]))
            for source in self.sources
            for row in source.get("problems", ())
        )


def read_sync_status(home: Path) -> SyncStatus:
    """How the syncs of a home go; reads files only, and waits for nobody."""
    if not has_plan(home):
        return SyncStatus(planned=False)
    record = read_record(home, _FILE)
    last, error = record.get("last"), record.get("error")
    upcoming = None
    try:
        plan = read_plan(home)
        if plan.update_hours:
            upcoming = next_sync(record, plan.update_hours)
    except SettingsError as problem:
        error = str(problem)
    return SyncStatus(
        planned=True,
        running=is_syncing(home),
        last=last,
        next=upcoming.isoformat(timespec="seconds") if upcoming else None,
        changes=record.get("changes"),
        sources=tuple(record.get("sources", ())),
        error=error,
    )


def next_sync(record: Mapping[str, Any], update_hours: float) -> datetime:
    """When a sync is due (UTC): so many hours after the last try, now before the first one.

    After a try in which a source did not answer it is due within minutes, later each time.

    Args:
        record: what `note_sync` and `note_failure` remember.
        update_hours: as `library.toml` says.
    """
    if not record.get("tried"):
        return datetime.now(UTC)
    wait = timedelta(hours=update_hours)
    if failures := int(record.get("failures", 0)):
        wait = min(wait, RETRY_AFTER * 2 ** min(failures - 1, _MAX_DOUBLINGS))
    return datetime.fromisoformat(str(record["tried"])) + wait


def note_sync(home: Path, report: SyncReport) -> None:
    """Remembers what a sync did."""
    changes = report.changes
    names = ("added", "updated", "removed", "unchanged")
    passing = any(source.passing for source in report.sources)
    record = {
        "tried": report.finished,
        "last": report.finished,
        "error": None,
        "failures": _failures(home) + 1 if passing else 0,
        "changes": {name: len(getattr(changes, name)) for name in names},
        "sources": [
            {
                "name": source.name,
                "articles": source.articles,
                "failed": source.failed,
                "problems": [
                    {"source": problem.source, "reason": problem.reason}
                    for problem in source.problems
                ],
                "left_out": len(source.left_out),
            }
            for source in report.sources
        ],
    }
    write_record(home, _FILE, record)


def note_failure(home: Path, reason: str) -> None:
    """Remembers that a sync could do nothing, and why; what the last one did stays known."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    change = {"tried": now, "error": reason, "failures": _failures(home) + 1}
    write_record(home, _FILE, {**read_record(home, _FILE), **change})


def _failures(home: Path) -> int:
    """How many tries in a row a source did not answer, or nothing could be done."""
    return int(read_record(home, _FILE).get("failures", 0))
