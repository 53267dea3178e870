"""Whether markers in the text and the entries of the reference list belong together."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from index.audit.checks.reference_places import cited_numbers, listed
from index.audit.findings import Basis, Hit
from index.audit.wordings import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.audit.wordings import Wording
    from index.entry import Entry
    from index.records import Reference

_IDENTIFIERS = re.compile(r"https?://\S+|\b(?:doi:?\s*)?10\.\d{4,9}/\S+|\bpmid:?\s*\d+")
_SAME_TEXT = 95.0
"""Ratio (0 to 100) from which on two entries are the same but for signs and a letter or two."""


def find_cited_not_listed(entry: Entry, _: Basis) -> Iterator[Hit]:
    """Markers without an entry in the list, each number once."""
    known = {reference.number for reference in entry.article.references}
    seen: set[int] = set()
    for number, start, end in cited_numbers(entry):
        if number not in known and number not in seen:
            seen.add(number)
            yield Hit(start, end, _beyond(number, known))


def find_listed_not_cited(entry: Entry, _: Basis) -> Iterator[Hit]:
    """Entries of the list that no marker names."""
    cited = {number for number, *_place in cited_numbers(entry)}
    if not cited and entry.article.references:
        count = len(entry.article.references)
        several = word("lists-all-uncited", count=count)
        reason = word("lists-one-uncited") if count == 1 else several
        yield Hit.on_article(reason, word("put-numbers"))
        return
    for reference, start, end in listed(entry.article):
        if reference.number not in cited:
            yield Hit(start, end, word("listed-uncited", number=reference.number))


def find_duplicates(entry: Entry, _: Basis) -> Iterator[Hit]:
    """Entries that name the same work, or bear the same number, as an earlier one."""
    told: set[int] = set()
    rows = list(enumerate(listed(entry.article)))
    texts = [_plain(reference.text) for _, (reference, _s, _e) in rows]
    for (i, (first, *_place)), (k, (second, start, end)) in combinations(rows, 2):
        reason = _same(first, second, texts[i], texts[k])
        if reason and k not in told:
            told.add(k)
            yield Hit(start, end, reason)


def find_out_of_order(entry: Entry, _: Basis) -> Iterator[Hit]:
    """The first marker that skips ahead, and the first entry that is numbered below the last."""
    expected = 1
    for number, start, end in cited_numbers(entry):
        if number > expected:
            yield Hit(start, end, word("cited-early", number=number, expected=expected))
            break
        expected = max(expected, number + 1)
    previous = 0
    for reference, start, end in listed(entry.article):
        if reference.number < previous:
            reason = word("listed-behind", number=reference.number, previous=previous)
            yield Hit(start, end, reason)
            return
        previous = reference.number


def _same(first: Reference, second: Reference, one: str, other: str) -> Wording | None:
    """Why two entries are one, if they are."""
    from rapidfuzz import fuzz

    if first.number == second.number:
        return word("same-number", number=first.number)
    numbers = {"number": first.number, "second": second.number}
    if first.pmid and first.pmid == second.pmid:
        return word("same-pmid", **numbers, pmid=first.pmid)
    if first.doi and second.doi and first.doi.casefold() == second.doi.casefold():
        return word("same-doi", **numbers, doi=first.doi)
    if fuzz.ratio(one, other, score_cutoff=_SAME_TEXT):
        return word("same-work", **numbers)
    return None


def _plain(text: str) -> str:
    """The words of an entry without its identifiers, which one of two entries may lack."""
    return " ".join(re.findall(r"\w+", _IDENTIFIERS.sub(" ", text.casefold())))


def _beyond(number: int, listed_numbers: set[int]) -> Wording:
    """A marker's number and those of the list, which has not got it."""
    if not listed_numbers:
        return word("cites-without-list", number=number)
    first, last = min(listed_numbers), max(listed_numbers)
    if first == last:
        return word("cites-beyond-one", number=number, first=first)
    return word("cites-beyond-list", number=number, first=first, last=last)
