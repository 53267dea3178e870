"""The audit of the library, made once for each state of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.audit import Basis, audit
from index.audit.report import make_report
from index.lookups import read_notebook

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.entry import Entry
    from index.library import Library
    from index.lookups import Lookups
    from index.settings import Settings


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
        if not self._is_of(library, lookups):
            self._report = _make_report(settings, library.entries.values(), lookups)
            self._seen = library, lookups
        return self._report

    def article(self, settings: Settings, library: Library, key: str) -> dict[str, Any]:
        """An article's row of the report; of one on it alone where the library was not audited.

        Raises:
            HomeError: if what was looked up cannot be read.
        """
        lookups = read_notebook(settings.home)
        whole = self._is_of(library, lookups)
        alone = [library.entries[key]]
        report = self._report if whole else _make_report(settings, alone, lookups)
        row: dict[str, Any] = next(row for row in report["results"] if row["id"] == key)
        return row

    def counts(self, library: Library) -> dict[str, int]:
        """How many findings each article has, where this state was audited already."""
        if self._seen is None or self._seen[0] is not library:
            return {}
        return {row["id"]: len(row["findings"]) for row in self._report["results"]}

    def _is_of(self, library: Library, lookups: Lookups) -> bool:
        return self._seen is not None and self._seen[0] is library and self._seen[1] == lookups


def _make_report(settings: Settings, entries: Iterable[Entry], lookups: Lookups) -> dict[str, Any]:
    entries = list(entries)
    basis = Basis(review_months=settings.review_months, lookups=lookups)
    return make_report(entries, audit(entries, basis), lookups)
