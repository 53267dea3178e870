"""How hard an article is to read, and what in it is too long to be cited.

English: the grade of Flesch and Kincaid (1975). Other languages: LIX (Björnsson 1968), which needs
no syllables.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from index.audit.findings import Basis, Hit
from index.audit.wordings import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.entry import Entry

MAX_GRADE = 12.0
"""Years of school; guidance for patients asks for 6 to 8, and names of illnesses alone add some."""
MAX_LIX = 55.0
"""From here on a text is counted as very hard: the prose of experts."""
MAX_SECTION_WORDS = 500
MAX_QUOTE_WORDS = 80
_LEAST_WORDS = 100
_LONG_WORD = 6

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouy]+")


def measure_readability(entry: Entry) -> tuple[str, float] | None:
    """`grade` or `lix`, and its value; None for a text too short to measure."""
    article = entry.article
    kinds = ("paragraph", "list_item")
    sentences = [entry.quote(s) for s in entry.sentences if article.blocks[s.block].kind in kinds]
    words = [word for sentence in sentences for word in _WORD.findall(sentence)]
    if len(words) < _LEAST_WORDS:
        return None
    length = len(words) / len(sentences)
    if article.language == "en":
        syllables = sum(_count_syllables(word.lower()) for word in words)
        return "grade", round(0.39 * length + 11.8 * syllables / len(words) - 15.59, 1)
    long_words = sum(len(word) > _LONG_WORD for word in words)
    return "lix", round(length + 100 * long_words / len(words), 1)


def find_hard_to_read(entry: Entry, _: Basis) -> Iterator[Hit]:
    """Articles whose words and sentences are too long for most patients."""
    measured = measure_readability(entry)
    if measured is None:
        return
    scale, value = measured
    limit = MAX_GRADE if scale == "grade" else MAX_LIX
    if value > limit:
        yield Hit.on_article(word(scale, value=f"{value:g}", limit=f"{limit:g}"))


def find_long_sections(entry: Entry, _: Basis) -> Iterator[Hit]:
    """Sections whose place a reader cannot find again, since no heading divides them."""
    article = entry.article
    body = [b for b in article.blocks if b.kind in {"paragraph", "list_item", "table_row"}]
    for section, blocks in groupby(body, key=lambda block: block.section):
        held = list(blocks)
        count = sum(len(article.text[b.start : b.end].split()) for b in held)
        if count > MAX_SECTION_WORDS:
            reason = word("long-start", count=count, limit=MAX_SECTION_WORDS)
            if section:
                reason = word(
                    "long-section", section=section[-1], count=count, limit=MAX_SECTION_WORDS
                )
            yield Hit(held[0].start, held[0].end, reason)


def find_long_quotes(entry: Entry, _: Basis) -> Iterator[Hit]:
    """Sentences, list items and table rows that are too long to be read as a quote."""
    for sentence in entry.sentences:
        if entry.article.blocks[sentence.block].kind not in {"reference", "byline"}:
            count = len(entry.quote(sentence).split())
            if count > MAX_QUOTE_WORDS:
                reason = word("long-quote", count=count, limit=MAX_QUOTE_WORDS)
                yield Hit.of(sentence, reason)


def _count_syllables(word: str) -> int:
    """Groups of vowels, a silent e at the end left out."""
    count = len(_VOWELS.findall(word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and count > 1
    return max(count - silent, 1)
