"""The audit of the library, made once for each state of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from index.audit import Basis, audit
from index.audit.catalogue import ALL_CHECKS
from index.audit.report import make_report
from index.lookups import read_notebook

if TYPE_CHECKING:
    from index.library import Library
    from index.lookups import Lookups
    from index.settings import Settings

CHECKS: Final = {check.name: check for check in ALL_CHECKS}


class Audits:
    """Keeps the last report, and makes another one when library or look-ups have changed."""

    def __init__(self) -> None:
        self._seen: tuple[Library, Lookups] | None = None
        self._report: dict[str, Any] = {}

    def report(self, settings: Settings, library: Library) -> dict[str, Any]:
        """The report of `make_report` on the library as it is now.

        Raises:
            HomeError: if what was looked up cannot be read.
        """
        lookups = read_notebook(settings.home)
        seen = self._seen
        if seen is None or seen[0] is not library or seen[1] != lookups:
            entries = list(library.entries.values())
            basis = Basis(review_months=settings.review_months, lookups=lookups)
            self._report = make_report(entries, audit(entries, basis), lookups)
            self._seen = library, lookups
        return self._report

    def counts(self, library: Library) -> dict[str, int]:
        """How many findings each article has, where this state was audited already."""
        if self._seen is None or self._seen[0] is not library:
            return {}
        return {row["id"]: len(row["findings"]) for row in self._report["results"]}
