"""Where a case's gold sentences stand in a library, and whether a source is one of them.

Gold is found by its words or its checksum, not by its number or offsets, so that a data set
survives another way of reading or cutting an article.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from eval.errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from eval.cases import Gold
    from eval.dataset import Dataset
    from index.entry import Entry
    from index.records import Article

LEAST_OVERLAP: Final = 0.5
"""Share of the shorter of two spans that must be common for them to be the same sentence."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of an article's canonical text, or anything of the article."""

    article_id: str
    start: int
    end: int
    is_whole: bool = False

    def is_same(self, other: Span) -> bool:
        """Whether the two mark the same sentence, give or take how it was cut."""
        if self.article_id != other.article_id:
            return False
        if self.is_whole or other.is_whole:
            return True
        common = min(self.end, other.end) - max(self.start, other.start)
        return common >= LEAST_OVERLAP * min(self.end - self.start, other.end - other.start) > 0


def hash_sentence(text: str) -> str:
    """sha256 of a text with its white space collapsed and its case folded, in hexadecimal."""
    return hashlib.sha256(collapse(text).casefold().encode()).hexdigest()


def collapse(text: str) -> str:
    """The text with every run of white space as one space, none at the ends."""
    return " ".join(text.split())


@dataclass(slots=True)
class GoldFinder:
    """Finds gold sentences in a library's articles; remembers each article's checksums."""

    entries: Mapping[str, Entry]
    _hashes: dict[str, list[dict[str, list[Span]]]] = field(default_factory=dict)

    def find(self, gold: Gold) -> tuple[Span, ...]:
        """The spans that a gold entry means; none where the library does not hold it.

        Articles that bear its name are searched first, then all others: an article's id changes
        when it moves, its sentences do not.
        """
        every = self.entries.values()
        named = [entry for entry in every if bears_name(entry.article, gold.article)]
        if gold.is_whole:
            return tuple(Span(e.article.id, 0, len(e.article.text), is_whole=True) for e in named)
        for entries in (named, every):
            spans = tuple(span for entry in entries for span in self._find_in(entry, gold))
            if spans:
                return spans
        return ()

    def _find_in(self, entry: Entry, gold: Gold) -> list[Span]:
        if gold.contains is not None:
            parts = [collapse(part).casefold() for part in (gold.contains, *gold.also)]
            return _first_filled(
                [span for span, text in pieces if _holds_all(text, parts)]
                for pieces in _pieces(entry)
            )
        key = entry.article.id
        if key not in self._hashes:
            self._hashes[key] = [_index_hashes(pieces) for pieces in _pieces(entry)]
        wanted = [gold.sha256 or "", *gold.sha256_variants]
        return _first_filled(
            [span for digest in wanted for span in hashes.get(digest, [])]
            for hashes in self._hashes[key]
        )


def check_library(dataset: Dataset, finder: GoldFinder) -> None:
    """Refuses a data set that was made for another library.

    Raises:
        DatasetError: not one gold sentence of the data set stands in the library.
    """
    gold = [entry for case in dataset.questions for entry in case.gold]
    if gold and not any(finder.find(entry) for entry in gold):
        raise DatasetError(
            f"The library holds none of the {len(gold)} gold sentences of {dataset.name}: give the "
            "--home of the library that the data set was made for."
        )


def bears_name(article: Article, name: str) -> bool:
    """Whether a data set's name for an article means this one."""
    wanted = _slug(name)
    own = (article.id, article.source, article.title, article.url, article.publisher)
    return article.id.startswith(name) or any(
        f"-{wanted}-" in f"-{_slug(text)}-" for text in own if text
    )


def _slug(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text.casefold()).strip("-")


def _pieces(entry: Entry) -> Iterator[list[tuple[Span, str]]]:
    """The article's sentences, then neighbours joined, then blocks: from fine to coarse."""
    sentences, text = entry.sentences, entry.article.text
    pairs = [
        (first, second) for first, second in pairwise(sentences) if first.block == second.block
    ]
    ranges = (
        [(sentence.start, sentence.end) for sentence in sentences],
        [(first.start, second.end) for first, second in pairs],
        [(block.start, block.end) for block in entry.article.blocks],
    )
    for spans in ranges:
        yield [(Span(entry.article.id, start, end), text[start:end]) for start, end in spans]


def _holds_all(text: str, parts: Iterable[str]) -> bool:
    flat = collapse(text).casefold()
    return all(part in flat for part in parts)


def _index_hashes(pieces: Iterable[tuple[Span, str]]) -> dict[str, list[Span]]:
    hashes: dict[str, list[Span]] = {}
    for span, text in pieces:
        hashes.setdefault(hash_sentence(text), []).append(span)
    return hashes


def _first_filled(choices: Iterable[list[Span]]) -> list[Span]:
    return next((choice for choice in choices if choice), [])
