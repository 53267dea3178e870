"""Drafts → drafts: what only shows once the whole article is there.

Bold lines that are headings, bylines and the reference list are found here, the same way for every
format; what is no text of the article is left out before (`leaving_out`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from index.readers.bylines import Byline, read_byline
from index.readers.drafts import clusters_of
from index.readers.inline import plain_text, split_pieces
from index.readers.leaving_out import leave_out
from index.readers.references import (
    LOOKS_CITED,
    is_reference_entry,
    is_reference_heading,
    split_number,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.readers.drafts import Draft

_BULLET = re.compile(r"^\s*[•◦▪‣·●○■§\uf0b7\uf0a7]\s+")
_QUESTION = re.compile(r"\?[\"”’)\s]*$")
_LOOK_AHEAD = 8
_MAX_LABEL_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Drafts in their final order and kinds, and what the bylines among them say."""

    drafts: list[Draft]
    byline: Byline


def arrange(drafts: list[Draft], title: str) -> Arrangement:
    """Puts an article's drafts right; the title itself is not among those given back."""
    kept = leave_out(drafts, title)
    _join_bullets(kept)
    _raise_bold_headings(kept)
    _raise_reference_headings(kept)
    _mark_labels(kept)
    _mark_references(kept)
    return Arrangement(kept, _mark_bylines(kept))


def is_question(text: str) -> bool:
    """Whether a heading asks something."""
    return bool(_QUESTION.search(text))


def _join_bullets(drafts: list[Draft]) -> None:
    """Makes paragraphs that begin with bullets, as word processors write them, lists."""
    group = max((draft.group or 0 for draft in drafts), default=0)
    for bulleted, run in groupby(drafts, key=_has_bullet):
        items = list(run)
        if not bulleted or len(items) < 2:
            continue
        group += 1
        for item in items:
            item.kind, item.group, item.cluster = "list_item", group, group
            item.drop_first_character()


def _has_bullet(draft: Draft) -> bool:
    return draft.kind == "paragraph" and bool(_BULLET.match(draft.words))


def _raise_bold_headings(drafts: list[Draft]) -> None:
    """Makes bold one-line paragraphs headings.

    Questions and `References` always, others where there are no other headings. Articles written
    in the classic editor often have none. Beside real headings a bold line is more often a
    product's name or a warning.
    """
    has_headings = any(
        draft.kind == "heading" and not is_reference_heading(draft.words) for draft in drafts
    )
    for index, draft in enumerate(drafts[:-1]):
        words = draft.words
        if draft.kind != "paragraph" or not draft.bold or draft.hrefs() or len(words) > 120:
            continue
        follows = drafts[index + 1].kind != "heading"
        plain = not has_headings and not words.endswith((".", "!", ":", ",", ";"))
        if follows and (is_question(words) or is_reference_heading(words) or plain):
            draft.kind = "heading"
            draft.level = _level_above(drafts, index) + 1


def _raise_reference_headings(drafts: list[Draft]) -> None:
    """Makes a paragraph that says `References` and nothing else a heading above a list."""
    for draft, below in pairwise(drafts):
        announces = draft.kind == "paragraph" and is_reference_heading(draft.words)
        if announces and (below.group is not None or split_number(below.words)[0]):
            draft.kind, draft.level = "heading", 2


def _level_above(drafts: list[Draft], index: int) -> int:
    """Level of the last heading of the source's own before `index`; 1 where there is none."""
    for draft in reversed(drafts[:index]):
        if draft.kind == "heading":
            return draft.level - 1 if draft.bold and draft.level > 2 else draft.level
    return 1


def _mark_labels(drafts: list[Draft]) -> None:
    """Finds headings that only introduce the list below them (`Popular at the clinic:`)."""
    for draft, below in pairwise(drafts):
        if draft.kind == "heading" and draft.words.endswith(":") and below.group is not None:
            draft.label = True


def _mark_references(drafts: list[Draft]) -> None:
    """Finds the reference entries: notes that marks lead to, and what a heading announces."""
    for start, end in clusters_of(drafts):
        notes = [draft for draft in drafts[start:end] if draft.parent is None]
        if 2 * sum(draft.cited for draft in notes) > len(notes):
            for draft in notes:
                draft.cited = True
    _mark_entries_below_headings(drafts)
    if not any(draft.kind == "reference" for draft in drafts):
        for draft in _numbered_notes(drafts):
            draft.kind = "reference"
    _part_references(drafts)


def _mark_entries_below_headings(drafts: list[Draft]) -> None:
    level = 0
    for index, draft in enumerate(drafts):
        if draft.kind == "heading":
            if is_reference_heading(draft.words) and not _is_about_food(drafts, index):
                level = draft.level
            elif level and draft.level <= level:
                level = 0
        elif draft.cited or (level and _is_entry(draft)):
            draft.kind = "reference"


def _numbered_notes(drafts: list[Draft]) -> list[Draft]:
    """Entries that end the text without a heading: numbered from 1, and each is cited above."""
    notes: list[Draft] = []
    for draft in reversed(drafts):
        number = draft.number or split_number(draft.words)[0]
        if draft.kind == "heading" or not number or not LOOKS_CITED.search(draft.words):
            break
        notes.insert(0, draft)
        if number == 1:
            above = "".join(d.words for d in drafts[: len(drafts) - len(notes)])
            numbers = [d.number or split_number(d.words)[0] for d in notes]
            in_order = numbers == list(range(1, len(notes) + 1))
            return notes if in_order and all(map(_marks(above).__contains__, numbers)) else []
    return []


def _marks(text: str) -> set[int]:
    """Numbers that stand raised, or in brackets, in a text."""
    found = re.findall(r"(?<=\S)[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\d{1,3}\]", text)
    return {int(unicodedata.normalize("NFKC", mark).strip("[]")) for mark in found}


def _part_references(drafts: list[Draft]) -> None:
    """Makes an entry of each line of a paragraph, where every line reads like one."""
    for index in reversed(range(len(drafts))):
        draft = drafts[index]
        lines = split_pieces(draft.pieces, 1) if draft.kind == "reference" else []
        if len(lines) > 1 and all(is_reference_entry(plain_text(line)) for line in lines):
            drafts[index : index + 1] = [replace(draft, pieces=line, number=None) for line in lines]


def _is_entry(draft: Draft) -> bool:
    """Whether a block below the heading of a reference list is an entry of it."""
    if draft.kind == "list_item":
        return True
    return (
        draft.kind == "paragraph"
        and is_reference_entry(draft.words, draft.hrefs())
        and read_byline(draft.words) is None
    )


def _is_about_food(drafts: Sequence[Draft], index: int) -> bool:
    """Whether `Sources` are those of a vitamin: nothing below looks cited, and text follows."""
    following = [
        position
        for position in range(index + 1, len(drafts))
        if drafts[position].kind == "heading" and drafts[position].level <= drafts[index].level
    ]
    below = drafts[index + 1 : following[0]] if following else []
    return bool(below) and not any(is_reference_entry(d.words, d.hrefs()) for d in below)


def _mark_bylines(drafts: list[Draft]) -> Byline:
    """Turns author and date lines at either end of the text into bylines and reads them."""
    byline = Byline()
    body = [draft for draft in drafts if draft.kind != "reference"]
    ends = body[:_LOOK_AHEAD] + body[_LOOK_AHEAD:][-_LOOK_AHEAD // 2 :]
    for draft, below in pairwise([*ends, None]):
        may_be = draft is not None and draft.kind in {"paragraph", "list_item", "byline"}
        if draft is None or not may_be:
            continue
        found = read_byline(draft.words) or _read_two_lines(draft, below)
        if found:
            draft.kind = "byline"
            byline = replace(
                byline,
                author=byline.author or found.author,
                credentials=byline.credentials or found.credentials,
                published=byline.published or found.published,
                modified=byline.modified or found.modified,
            )
    return byline


def _read_two_lines(draft: Draft, below: Draft | None) -> Byline | None:
    """What a name or a word such as `Reviewed` says together with the date in the line below it."""
    if below is None or below.kind != "paragraph" or len(draft.words) > _MAX_LABEL_CHARACTERS:
        return None
    dated = read_byline(below.words)
    if dated is None or dated.author or not (dated.published or dated.modified):
        return None
    return next(
        filter(None, (read_byline(f"{draft.words}{sign}{below.words}") for sign in (" · ", ": "))),
        None,
    )
