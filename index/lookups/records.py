"""What was found out about works and pages, as plain records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.records import Reference


@dataclass(frozen=True, slots=True)
class Work:
    """What a service says of one identifier.

    Attributes:
        found: whether it knows the identifier; all else is empty where it does not.
        types: PubMed's publication types; empty from Crossref.
        retracted: whether the work has been retracted.
        erratum: where a correction was published, if one was.
        checked: ISO date of the look-up.
    """

    found: bool
    title: str = ""
    year: str | None = None
    source: str = ""
    types: tuple[str, ...] = ()
    retracted: bool = False
    erratum: str | None = None
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The work that a reference most likely means, found on PubMed by its words; no PMID: none."""

    pmid: str | None
    title: str = ""
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Lookups:
    """All that was found out so far.

    Attributes:
        works: `pmid:123` or `doi:10.1/x` (lower case) → what the services say of it.
        suggestions: words of a reference → the work that it most likely means.
        links: URL → HTTP status, 0 where nothing answers by that name; with the ISO date.
    """

    works: Mapping[str, Work] = field(default_factory=dict)
    suggestions: Mapping[str, Suggestion] = field(default_factory=dict)
    links: Mapping[str, tuple[int, str]] = field(default_factory=dict)


def work_keys(reference: Reference) -> list[str]:
    """The keys of a reference's identifiers, PubMed's first."""
    keys = []
    if reference.pmid:
        keys.append(f"pmid:{reference.pmid}")
    if reference.doi:
        keys.append(f"doi:{reference.doi.lower()}")
    return keys
