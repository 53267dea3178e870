"""Whether PubMed numbers and DOIs can be what they say, without asking anybody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from index.audit.checks.reference_places import listed
from index.audit.findings import Basis, Hit
from index.audit.wordings import word

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from index.entry import Entry

_STATED_PMID = re.compile(
    r"\b(?:PMID|Pub\s?Med\s*(?:ID|nr|no|number))\b\s*[.:#]*\s*(?P<id>[\w-]*)(?P<rest>\.\d+)?",
    re.IGNORECASE,
)
_STATED_DOI = re.compile(
    r"(?:\bdoi\b(?!\.org)\s*[:.]?\s*|doi\.org/)(?!https?:)(?P<id>[^\s,;]+)", re.IGNORECASE
)
_WELL_FORMED_DOI = re.compile(r"^10\.\d{4,9}(?:\.\d+)*/\S+$")
_YEAR = re.compile(r"\b(19[5-9]\d|20\d\d)\b")
_EARLY_YEARS = 1.5
"""Works are entered up to a year before the date of their issue."""

# PubMed gives its numbers in the order of entry. The highest, in millions, at the start of years.
_YEARS = (2000, 2005, 2010, 2012, 2014, 2016, 2018, 2020, 2022, 2024, 2026)
_MILLIONS = (10.6, 15.6, 20.0, 22.2, 24.4, 26.7, 29.3, 31.9, 35.0, 38.2, 41.5)
_MILLIONS_A_YEAR = 1.7


def find_malformed_pmids(entry: Entry, basis: Basis) -> Iterator[Hit]:
    """PubMed numbers that are none: letters, too many digits, or higher than any given out."""
    for reference, start, end in listed(entry.article):
        text = f"{entry.article.text[start:end]} {reference.text}"
        wrong = _wrong_pmid(text, reference.pmid, basis.today)
        if wrong:
            name, pmid = wrong
            yield Hit(start, end, word(name, number=reference.number, pmid=pmid))


def find_early_pmids(entry: Entry, _: Basis) -> Iterator[Hit]:
    """PubMed numbers that were given out years before the work appeared."""
    for reference, start, end in listed(entry.article):
        years = [int(year) for year in _YEAR.findall(reference.text)]
        if not (reference.pmid and years):
            continue
        entered = _year_of(int(reference.pmid))
        if entered is not None and entered < min(years) - _EARLY_YEARS:
            yield Hit(
                start,
                end,
                word(
                    "pmid-early",
                    number=reference.number,
                    pmid=reference.pmid,
                    year=int(entered),
                    stated=min(years),
                ),
            )


def find_malformed_dois(entry: Entry, _: Basis) -> Iterator[Hit]:
    """DOIs that are none: they start with `10.`, a registrant's number and a slash."""
    for reference, start, end in listed(entry.article):
        text = f"{entry.article.text[start:end]} {reference.url or ''}"
        stated = {match["id"].rstrip(".,;)]") for match in _STATED_DOI.finditer(text)}
        wrong = sorted(
            doi.removeprefix("https://doi.org/")
            for doi in stated
            if any(c.isdigit() for c in doi) and not _WELL_FORMED_DOI.match(doi)
        )
        if wrong:
            yield Hit(
                start,
                end,
                word("doi-form", number=reference.number, doi=repr(wrong[0])),
            )


def _wrong_pmid(text: str, pmid: str | None, today: date) -> tuple[str, str] | None:
    """What is wrong, by the name of its wording, and the number."""
    stated = [match["id"] + (match["rest"] or "") for match in _STATED_PMID.finditer(text)]
    wrong = [one for one in stated if not re.fullmatch(r"\d{1,8}", one) and _is_meant(one)]
    if wrong:
        return "pmid-form", repr(wrong[0])
    years_on = today.year + 1 - _YEARS[-1]
    highest = (_MILLIONS[-1] + _MILLIONS_A_YEAR * max(years_on, 1)) * 1e6
    if pmid and int(pmid) > highest:
        return "pmid-too-high", pmid
    return None


def _is_meant(stated: str) -> bool:
    """Whether what stands behind "PMID" is meant as a number: some of it is digits."""
    return any(character.isdigit() for character in stated)


def _year_of(pmid: int) -> float | None:
    """About when a number was given out; None for older ones, which came out of order."""
    if pmid < _MILLIONS[0] * 1e6:
        return None
    return float(np.interp(pmid / 1e6, _MILLIONS, _YEARS))
