"""What a library's own words tell about how a question is to be read; made once per state."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.triage.gloss import Glossary, load_glossaries
from assistant.understanding.phrases import find_phrases
from assistant.understanding.spelling import Speller
from index.glossary.abbreviations import Abbreviations
from index.keyword import stem_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from index.library import Library
    from index.records import Article

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A library's vocabulary, topics and abbreviations.

    Attributes:
        counts: its words, lower-cased, with how often they stand there; references left out.
        topics: stems, joined by spaces, of the noun phrases in titles and headings.
        abbreviations: short and long forms that the articles define.
        speller: puts misspelt words right towards these words.
        glossaries: Danish and Swedish words with their English gloss.
    """

    counts: Mapping[str, int]
    topics: frozenset[str]
    abbreviations: Abbreviations
    speller: Speller
    glossaries: Mapping[str, Glossary]

    @classmethod
    def of(cls, library: Library) -> Lexicon:
        """The lexicon of a library; takes time in proportion to its length."""
        return cls.of_articles(entry.article for entry in library.entries.values())

    @classmethod
    def of_articles(cls, articles: Iterable[Article]) -> Lexicon:
        """The lexicon of articles."""
        counts: Counter[str] = Counter()
        topics: set[str] = set()
        texts: list[str] = []
        for article in articles:
            text = _read_body(article)
            texts.append(text)
            counts.update(_WORD.findall(text.casefold()))
            topics.update(_find_topics(article))
        glossaries = {str(language): g for language, g in load_glossaries().items()}
        return cls(
            counts=counts,
            topics=frozenset(topics),
            abbreviations=Abbreviations.of_texts(texts),
            speller=Speller(counts, _glossary_words(glossaries.values())),
            glossaries=glossaries,
        )

    def knows(self, word: str) -> bool:
        """Whether the library holds a lower-cased word."""
        return word in self.counts


def _read_body(article: Article) -> str:
    """An article's text without its list of references, whose words are other people's."""
    blocks = (b for b in article.blocks if b.kind not in {"reference", "byline"})
    return "\n\n".join([article.title, *(article.text[b.start : b.end] for b in blocks)])


def _find_topics(article: Article) -> set[str]:
    headings = [b for b in article.blocks if b.kind == "heading"]
    lines = [article.title, *(article.text[b.start : b.end] for b in headings)]
    phrases = [phrase for line in lines for phrase in find_phrases(line)]
    return {" ".join(stem_words(phrase.key)) for phrase in phrases}


def _glossary_words(glossaries: Iterable[Glossary]) -> frozenset[str]:
    return frozenset(
        word
        for g in glossaries
        for phrase in [*g.phrases, *((s,) for s in g.stems)]
        for word in phrase
    )
