"""Puts every check to every article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.audit.catalogue import CHECKS, CONTRADICTION
from index.audit.contradictions import find_contradictions
from index.audit.findings import Basis, Finding, locate
from index.lookups import apply_lookups

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.audit.findings import Check
    from index.entry import Entry

_RANKS = {"error": 0, "warning": 1, "note": 2}


def audit(entries: Iterable[Entry], basis: Basis | None = None) -> tuple[Finding, ...]:
    """All that is wrong with some articles, article by article, the worst first.

    Args:
        entries: articles as the library holds them (`Library.entries.values()`).
        basis: what they are measured against.
    """
    basis = basis or Basis()
    entries = [apply_lookups(entry, basis.lookups) for entry in entries]
    found = [
        finding for entry in entries for check in CHECKS for finding in _run(check, entry, basis)
    ]
    found += _compare(entries)
    return tuple(sorted(found, key=_order))


def _run(check: Check, entry: Entry, basis: Basis) -> Iterator[Finding]:
    for hit in check.find(entry, basis) if check.find else ():
        place = locate(entry.article, hit.start, hit.end)
        yield Finding(
            entry.article.id,
            check.name,
            check.severity,
            place,
            hit.reason.text,
            hit.remedy.text if hit.remedy else check.remedy,
            reason_wording=hit.reason,
            remedy_wording=hit.remedy,
        )


def _compare(entries: list[Entry]) -> Iterator[Finding]:
    check = CONTRADICTION
    for pair in find_contradictions(entries):
        place, other = (locate(c.entry.article, c.start, c.end) for c in pair.claims)
        yield Finding(
            place.article_id,
            check.name,
            check.severity,
            place,
            pair.reason.text,
            check.remedy,
            other,
            reason_wording=pair.reason,
        )


def _order(finding: Finding) -> tuple[str, int, int, str, int, str]:
    place = finding.place
    rank = _RANKS[finding.severity]
    return (finding.article_id, rank, place.start, finding.check, place.end, finding.reason)
