"""A lead-in keeps what it promises: who reads "three ways:" expects three.

One item stands well behind a lead-in that it completes ("Do not take it if you:"). Behind one that
announces several it breaks a promise, and two of five look like all there are: then all follow.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from assistant.composition import Piece
from assistant.lists import items_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.entry import Entry

LONGEST = 10
"""Items up to which a list is given whole for the sake of its lead-in."""

_ANNOUNCING = {
    "en": r"two|three|four|five|six|seven|eight|nine|ten|several|these|following|order|are",
    "da": r"to|tre|fire|fem|seks|syv|otte|ni|ti|flere|disse|følgende|rækkefølge|er",
    "sv": r"två|tre|fyra|fem|sex|sju|åtta|nio|tio|flera|dessa|följande|ordning|är",
}
"""Words by which a lead-in announces several, a copula only at its end ("Common causes are:")."""

_PATTERNS = {
    language: re.compile(
        rf"\b(?:(?:{words.rpartition('|')[0]})\b.*|{words.rpartition('|')[2]}):$",
        re.IGNORECASE | re.DOTALL,
    )
    for language, words in _ANNOUNCING.items()
}


def announces_several(words: str, language: str) -> bool:
    """Whether a lead-in promises more than one item of the list that it introduces."""
    return bool(_PATTERNS.get(language, _PATTERNS["en"]).search(words.rstrip()))


def brings_whole_list(piece: Piece) -> tuple[str, int] | None:
    """The list that follows whole where this item of it is said; None where none does."""
    group = _group_of(piece)
    if group is None or not _is_due(piece.entry, group, [piece]):
        return None
    return piece.entry.article.id, group


def keep_promises(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of an answer, each list that is announced or said in part said whole."""
    said: dict[tuple[str, int], list[Piece]] = defaultdict(list)
    for piece in pieces:
        group = _group_of(piece)
        if group is not None:
            said[piece.entry.article.id, group].append(piece)
    kept: list[Piece] = []
    for piece in pieces:
        group = _group_of(piece)
        members = [] if group is None else said[piece.entry.article.id, group]
        if group is None or not _is_due(piece.entry, group, members):
            kept.append(piece)
        elif piece is members[0]:
            kept += [Piece(piece.entry, item, "item") for item in items_of(piece.entry, group)]
    return kept


def _is_due(entry: Entry, group: int, said: Sequence[Piece]) -> bool:
    """Whether all items of a list are to follow where some are said."""
    items = items_of(entry, group)
    lead_in = entry.article.blocks[items[0].block].lead_in
    if lead_in is None or len(items) > LONGEST:
        return False
    words = entry.article.block_text(lead_in)
    several = announces_several(words, entry.article.language)
    return several or (len(said) > 1 and words.rstrip().endswith(":"))


def _group_of(piece: Piece) -> int | None:
    """The list that a piece is an item of; rows stand under the head of their table."""
    block = piece.entry.article.blocks[piece.sentence.block]
    return block.group if block.kind == "list_item" else None
