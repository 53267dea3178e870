"""What look-ups mean for a reference: whether its identifiers lead to the work that it names."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from index.evidence import from_publication_types
from index.lookups.records import Work, work_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.entry import Entry
    from index.lookups.records import Lookups
    from index.records import Reference

LEAST_TITLE_SHARE = 0.7
"""Share of the words of a work's title that its reference has to hold. Articles shorten titles at
the colon and change spelling; two works on one subject share about half of their words."""
_LEAST_WORD = 3
_WORD = re.compile(r"[^\W_]+")


def judge(reference: Reference, lookups: Lookups) -> str:
    """`unchecked`, `verified`, `mismatch`, `not_found` or `retracted`."""
    works = [lookups.works[key] for key in work_keys(reference) if key in lookups.works]
    if not works:
        return "unchecked"
    if any(work.retracted and names(reference, work) for work in works):
        return "retracted"
    if any(not work.found for work in works):
        return "not_found"
    return "verified" if all(names(reference, work) for work in works) else "mismatch"


def names(reference: Reference, work: Work) -> bool:
    """Whether a reference's text names a work: by its title, or by the part before a colon."""
    if not work.found or not work.title:
        return False
    held = _words(reference.text)
    titles = [work.title]
    head, colon, _ = work.title.partition(":")
    if colon and len(_words(head)) >= _LEAST_WORD:
        titles.append(head)
    return any(_share(title, held) >= LEAST_TITLE_SHARE for title in titles)


def apply_lookups(entry: Entry, lookups: Lookups) -> Entry:
    """An entry whose references say what was found out about them; its version stays as it was."""
    article = entry.article
    checked = tuple(_apply(reference, lookups) for reference in article.references)
    if checked == article.references:
        return entry
    return replace(entry, article=replace(article, references=checked))


def _apply(reference: Reference, lookups: Lookups) -> Reference:
    check = judge(reference, lookups)
    kinds = _kinds(reference, lookups) if check in {"verified", "retracted"} else iter(())
    evidence = next((kind for kind in kinds if kind), None)
    return replace(reference, check=check, evidence=evidence)


def _kinds(reference: Reference, lookups: Lookups) -> Iterator[str | None]:
    for key in work_keys(reference):
        work = lookups.works.get(key)
        if work is not None:
            yield from_publication_types(work.types)


def _share(title: str, held: set[str]) -> float:
    words = _words(title)
    return len(words & held) / len(words) if words else 0.0


def _words(text: str) -> set[str]:
    """Words of a title in one spelling: small words left out, z for s, e for ae."""
    folded = re.sub(r"<[^>]+>", "", text).casefold()
    folded = folded.replace("isation", "ization").replace("ised", "ized").replace("ae", "e")
    return {word for word in _WORD.findall(folded) if len(word) >= _LEAST_WORD}
