"""Where references stand: markers in the text, entries in the list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.entry import Entry
    from index.records import Article, Reference

_LEFT_MARKER = re.compile(r"\[(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\]")


def cited_numbers(entry: Entry) -> Iterator[tuple[int, int, int]]:
    """Number, start and end of the cited sentence, of every marker, in the text's order."""
    article = entry.article
    found = [(mark.offset, n) for mark in article.marks for n in mark.numbers]
    # A marker far beyond the list's end is left in the text by the readers.
    for block in article.blocks:
        if block.kind != "reference":
            words = article.text[block.start : block.end]
            for match in _LEFT_MARKER.finditer(words):
                numbers = [int(n) for n in re.findall(r"\d+", match[1])]
                found += [(block.start + match.start(), n) for n in numbers]
    for offset, number in sorted(found, key=lambda pair: pair[0]):
        start, end = _sentence_at(entry, offset)
        yield number, start, end


def listed(article: Article) -> list[tuple[Reference, int, int]]:
    """Each reference with start and end of its entry in the list; 0 and 0 where unknown."""
    blocks = [block for block in article.blocks if block.kind == "reference"]
    if len(blocks) == len(article.references):
        return [
            (reference, block.start, block.end)
            for reference, block in zip(article.references, blocks, strict=True)
        ]
    return [(reference, *_find(article, reference.text)) for reference in article.references]


def _find(article: Article, text: str) -> tuple[int, int]:
    start = article.text.rfind(text)
    return (start, start + len(text)) if start >= 0 else (0, 0)


def _sentence_at(entry: Entry, offset: int) -> tuple[int, int]:
    """The sentence that holds a marker, or the one that ends right before it."""
    before = [s for s in entry.sentences if s.start < offset <= s.end + 2]
    if before:
        return before[-1].start, before[-1].end
    for block in entry.article.blocks:
        if block.start <= offset <= block.end:
            return block.start, block.end
    return 0, 0
