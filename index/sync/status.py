"""How the syncs of a home go: the last one, whether one is running, the next, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from index.errors import SettingsError
from index.sync.plan import has_plan, read_plan
from index.sync.state import is_syncing, read_record, write_record

if TYPE_CHECKING:
    from pathlib import Path

    from index.sync.report import SyncReport

_FILE = "status.json"


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
            upcoming = next_sync(record.get("tried"), plan.update_hours)
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


def next_sync(tried: str | None, update_hours: float) -> datetime:
    """When a sync is due (UTC): so many hours after the last try, now before the first one."""
    now = datetime.now(UTC)
    return datetime.fromisoformat(tried) + timedelta(hours=update_hours) if tried else now


def note_sync(home: Path, report: SyncReport) -> None:
    """Remembers what a sync did."""
    changes = report.changes
    names = ("added", "updated", "removed", "unchanged")
    record = {
        "tried": report.finished,
        "last": report.finished,
        "error": None,
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
    write_record(home, _FILE, {**read_record(home, _FILE), "tried": now, "error": reason})
