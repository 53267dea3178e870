"""What was found out online about an article's references and links, as findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.audit.checks.reference_places import listed
from index.audit.findings import Basis, Hit
from index.audit.wordings import word
from index.lookups.records import work_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.audit.wordings import Wording
    from index.entry import Entry
    from index.lookups import Work
    from index.records import Reference

GONE = frozenset({0, 404, 410})
"""Statuses of links that lead nowhere, 0 for no such server. Refusing or busy proves nothing."""


def find_retracted(entry: Entry, _: Basis) -> Iterator[Hit]:
    """Works that were retracted."""
    for reference, start, end in listed(entry.article):
        if reference.check == "retracted":
            yield Hit(start, end, word("retracted", number=reference.number))


def find_mismatches(entry: Entry, basis: Basis) -> Iterator[Hit]:
    """Identifiers that lead to another work than the one named."""
    for reference, start, end in listed(entry.article):
        if reference.check == "mismatch":
            said = "; ".join(
                f"{key.replace(':', ' ', 1).upper()} = “{work.title}”"
                for key, work in _works(reference, basis)
            )
            yield Hit(
                start,
                end,
                word("other-work", number=reference.number, said=said),
                _propose(reference, basis),
            )


def find_unknown_identifiers(entry: Entry, basis: Basis) -> Iterator[Hit]:
    """Identifiers that nobody knows."""
    for reference, start, end in listed(entry.article):
        if reference.check == "not_found":
            unknown = ", ".join(
                key.replace(":", " ", 1).upper()
                for key, work in _works(reference, basis)
                if not work.found
            )
            yield Hit(
                start,
                end,
                word("unknown-identifier", number=reference.number, identifiers=unknown),
                _propose(reference, basis),
            )


def find_errata(entry: Entry, basis: Basis) -> Iterator[Hit]:
    """Works to which a correction was published."""
    for reference, start, end in listed(entry.article):
        for _key, work in _works(reference, basis):
            if work.erratum and reference.check == "verified":
                reason = word("corrected", number=reference.number, erratum=work.erratum)
                yield Hit(start, end, reason)
                break


def find_dead_links(entry: Entry, basis: Basis) -> Iterator[Hit]:
    """Links that lead nowhere."""
    article = entry.article
    places = [(link.url, link.start, link.end) for link in article.links]
    linked = {url for url, _start, _end in places}
    places += [
        (reference.url, start, end)
        for reference, start, end in listed(article)
        if reference.url and reference.url not in linked
    ]
    for url, start, end in places:
        status, _day = basis.lookups.links.get(url.split("#", 1)[0], (200, ""))
        if status in GONE:
            known = word("link-status", url=url, status=status)
            yield Hit(start, end, known if status else word("link-no-server", url=url))


def _works(reference: Reference, basis: Basis) -> list[tuple[str, Work]]:
    works = basis.lookups.works
    return [(key, works[key]) for key in work_keys(reference) if key in works]


def _propose(reference: Reference, basis: Basis) -> Wording | None:
    """The likely right number, where PubMed knows a work of that name."""
    likely = basis.lookups.suggestions.get(reference.text)
    if likely is None or likely.pmid is None:
        return None
    return word("likely-pmid", pmid=likely.pmid, title=likely.title)
