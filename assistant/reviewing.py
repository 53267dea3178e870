"""Who checked an article: the sentence in which it says so of itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.entry import Entry
    from index.records import Sentence

FIRST, LAST = 3, 6
"""Sentences at an article's start and end where it speaks of itself; in between "reviewed by EFSA"
is said of something else."""

_REVIEW = re.compile(
    r"\b(?:(?:medically|clinically|fact.?|last) (?:reviewed|checked)|reviewed by|reviewer\b"
    r"|(?:not|has|have|been) (?:been |yet |not )*(?:reviewed|checked)"
    r"|(?:gennemgået|kontrolleret|godkendt) af|(?:fakta)?granskad|granskats|granskat)\b",
    re.IGNORECASE,
)


def find_review(entry: Entry) -> Sentence | None:
    """The sentence that tells who has or has not checked an article; None where none does."""
    blocks = entry.article.blocks
    own = [s for s in entry.sentences if blocks[s.block].kind == "paragraph"]
    ends = [*own[:FIRST], *own[FIRST:][-LAST:]]
    bylines = [s for s in entry.sentences if blocks[s.block].kind == "byline"]
    return next((s for s in [*bylines, *ends] if _REVIEW.search(entry.quote(s))), None)


def names_reviewer(author: str) -> bool:
    """Whether what an article gives as its author tells who checked it."""
    return bool(_REVIEW.search(author))
