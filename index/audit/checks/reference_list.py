"""Whether markers in the text and the entries of the reference list belong together."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from index.audit.checks.reference_places import cited_numbers, listed
from index.audit.findings import Basis, Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

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
            held = f"its list has {_describe(known)}" if known else "it has no reference list"
            yield Hit(start, end, f"The text cites [{number}], but {held}.")


def find_listed_not_cited(entry: Entry, _: Basis) -> Iterator[Hit]:
    """Entries of the list that no marker names."""
    cited = {number for number, *_place in cited_numbers(entry)}
    if not cited and entry.article.references:
        count = len(entry.article.references)
        yield Hit.on_article(
            f"The article lists {count} {'work' if count == 1 else 'works'} and cites none in its "
            "text, so no sentence can be traced to its source.",
            "Put the numbers of the works behind the sentences that rest on them.",
        )
        return
    for reference, start, end in listed(entry.article):
        if reference.number not in cited:
            yield Hit(start, end, f"Reference {reference.number} is listed but never cited.")


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
            yield Hit(start, end, f"The text cites [{number}] before it has cited [{expected}].")
            break
        expected = max(expected, number + 1)
    previous = 0
    for reference, start, end in listed(entry.article):
        if reference.number < previous:
            yield Hit(
                start, end, f"Reference {reference.number} stands behind reference {previous}."
            )
            return
        previous = reference.number


def _same(first: Reference, second: Reference, one: str, other: str) -> str | None:
    """Why two entries are one, if they are."""
    from rapidfuzz import fuzz

    if first.number == second.number:
        return f"Two entries of the list have the number {first.number}."
    names = f"References {first.number} and {second.number}"
    if first.pmid and first.pmid == second.pmid:
        return f"{names} have the same PubMed number, {first.pmid}."
    if first.doi and second.doi and first.doi.casefold() == second.doi.casefold():
        return f"{names} have the same DOI, {first.doi}."
    if fuzz.ratio(one, other, score_cutoff=_SAME_TEXT):
        return f"{names} are the same work."
    return None


def _plain(text: str) -> str:
    """The words of an entry without its identifiers, which one of two entries may lack."""
    return " ".join(re.findall(r"\w+", _IDENTIFIERS.sub(" ", text.casefold())))


def _describe(numbers: set[int]) -> str:
    return f"only {min(numbers)} to {max(numbers)}" if len(numbers) > 1 else f"only {min(numbers)}"
