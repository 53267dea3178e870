"""Search by words: BM25 over the passages, derived from the library and never stored.

BM25 as in Lucene (Robertson and Zaragoza 2009; Lù 2024, arXiv 2407.03618), words stemmed per
language (Snowball).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from index.look_alikes import fold_mixed_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STEMMERS = {"en": "english", "da": "danish", "sv": "swedish", "no": "norwegian", "nb": "norwegian"}
WORD = re.compile(r"\w+")
KEPT = 2**15
"""How many texts of the library have their stems kept, with some 1.3 kB for a sentence."""


class KeywordIndex:
    """Ranks texts by the words that they share with a query."""

    def __init__(self, texts: Sequence[str], languages: Sequence[str]) -> None:
        import bm25s

        self._languages = tuple(sorted(set(languages)))
        self._size = len(texts)
        tokens = [stem_words(t, (lang,)) for t, lang in zip(texts, languages, strict=True)]
        self._index: Any = bm25s.BM25(method="lucene")
        self._vocabulary = {token for text in tokens for token in text}
        if self._vocabulary:
            self._index.index(tokens, show_progress=False)

    def search(self, query: str, limit: int) -> list[tuple[int, float]]:
        """Positions of the best texts with their scores, best first, those above zero only."""
        tokens = stem_words(query, self._languages)
        known = [token for token in tokens if token in self._vocabulary]
        if not known:
            return []
        scores = self._index.get_scores(known)
        order = np.lexsort((np.arange(self._size), -scores))[:limit]
        return [(int(i), float(scores[i])) for i in order if scores[i] > 0]


def stem_words(text: str, languages: Iterable[str] = ("en",)) -> list[str]:
    """The words of a text as stems, in order; with several languages each word in each once."""
    folded = unicodedata.normalize("NFKC", fold_mixed_words(text)).casefold()
    words = WORD.findall(folded)
    stems = [_stemmer(language).stemWords(words) for language in languages]
    return [stem for group in zip(*stems, strict=True) for stem in dict.fromkeys(group)]


@lru_cache(maxsize=KEPT)
def library_stems(text: str) -> tuple[str, ...]:
    """English stems of a text of the library, in order, kept for the questions to come.

    Never for what people write, which nothing may keep.
    """
    return tuple(stem_words(text))


@cache
def _stemmer(language: str) -> Any:
    import Stemmer

    return Stemmer.Stemmer(STEMMERS.get(language, "english"))
