"""What a sync did, for people and for programs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.build import BuildReport

if TYPE_CHECKING:
    from index.readers import Problem


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What became of one source.

    Attributes:
        name: how people know it.
        articles: how many it gives the library now.
        fetched: how many things were sent or opened anew.
        unchanged: how many were as they were.
        lost: ids of articles that it does not hold any more.
        problems: what went wrong: what it concerns was kept as it was.
        left_out: what is no article, not public, or there already.
        failed: whether it could not be read whole, or lost more than may go without asking.
        passing: whether it could not be read at all, which may pass by itself.
    """

    name: str
    articles: int = 0
    fetched: int = 0
    unchanged: int = 0
    lost: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    left_out: tuple[Problem, ...] = ()
    failed: bool = False
    passing: bool = False


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did, or with `dry_run` would do.

    Attributes:
        changes: articles added, updated, removed and unchanged, and texts embedded.
        sources: in the order of `library.toml`.
        started: when it began (UTC, ISO 8601).
        finished: when it ended.
        others: ids of articles that no source of `library.toml` gave; they stay.
    """

    changes: BuildReport = field(default_factory=BuildReport)
    sources: tuple[SourceReport, ...] = ()
    started: str = ""
    finished: str = ""
    dry_run: bool = False
    others: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What went wrong, of all sources."""
        return tuple(problem for source in self.sources for problem in source.problems)
