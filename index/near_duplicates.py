"""Which articles are one and the same: found again under another address or in another format.

Texts are compared by the Jaccard similarity of their word 5-grams, estimated from the smallest
hashes of their union (bottom-k sketch; Broder 1997, On the resemblance and containment of
documents; Cohen & Kaplan 2007).
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.records import Article

SHINGLE_WORDS = 5
SKETCH_SIZE = 200
SAME_SIMILARITY = 0.8
"""What the same article keeps from a page to its PDF, where captions and headers come and go."""
_WORD = re.compile(r"\w+")


def make_sketch(text: str) -> frozenset[int]:
    """The smallest hashes of a text's word 5-grams; at most 200."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    count = max(1, len(words) - SHINGLE_WORDS + 1)
    grams = {" ".join(words[i : i + SHINGLE_WORDS]) for i in range(count)} if words else set()
    hashes = sorted(zlib.crc32(gram.encode("utf-8", "replace")) for gram in grams)
    return frozenset(hashes[:SKETCH_SIZE])


def estimate_similarity(one: frozenset[int], other: frozenset[int]) -> float:
    """The Jaccard similarity of the texts behind two sketches, 0 to 1."""
    smallest = sorted(one | other)[:SKETCH_SIZE]
    if not smallest:
        return 0.0
    return sum(value in one and value in other for value in smallest) / len(smallest)


@dataclass(slots=True)
class Duplicates:
    """Articles seen so far, to ask whether another one is among them."""

    _sketches: dict[str, frozenset[int]] = field(default_factory=dict)
    _articles: dict[str, Article] = field(default_factory=dict)
    _holders: dict[int, list[str]] = field(default_factory=dict)

    def find(self, article: Article) -> Article | None:
        """An article that is the same, None where there is none.

        A leaflet for adults and one for children can be alike but for a few words: so titles and
        languages have to be the same too.
        """
        sketch = make_sketch(_own_text(article))
        shared = Counter(key for value in sketch for key in self._holders.get(value, ()))
        for key, _ in shared.most_common(3):
            other = self._articles[key]
            alike = estimate_similarity(sketch, self._sketches[key]) >= SAME_SIMILARITY
            if alike and other.language == article.language and _same_title(article, other):
                return other
        return None

    def add(self, article: Article) -> None:
        """Remembers an article."""
        self._articles[article.id] = article
        self._sketches[article.id] = make_sketch(_own_text(article))
        for value in self._sketches[article.id]:
            self._holders.setdefault(value, []).append(article.id)


def _own_text(article: Article) -> str:
    """What an article says without its bylines: each site puts its own name into them."""
    text = article.text
    for block in reversed(article.blocks):
        if block.kind == "byline":
            text = text[: block.start] + text[block.end :]
    return text


def _same_title(one: Article, other: Article) -> bool:
    return _fold(one.title) == _fold(other.title)


def _fold(title: str) -> str:
    """Letters and digits alone."""
    return "".join(_WORD.findall(unicodedata.normalize("NFKC", title).casefold()))
