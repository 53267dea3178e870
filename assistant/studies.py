"""Which study a question means: by what the articles tell of it and by its reference.

A study is told of in several sentences, and its number stands behind the first or the last of
them. So a question is held against the whole account and the entry of the reference list.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.function_words import content_stems, content_words
from assistant.reference_lists import reference_sentences
from index.keyword import stem_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from assistant.evidence import WordWeights
    from assistant.ranking import Ranking
    from index.entry import Entry
    from index.library import Library
    from index.records import Reference, Sentence

LEAST_SHARE = 0.5
"""Share of a question's words, by weight, that a study's account, its reference and what they
stand under must hold to be meant."""

LOOKED_AT = 20
"""Sentences found whose articles are looked through."""

CALLED = 0.8
"""The same share, by which an entry of a reference list is meant in an article that the search did
not find: "Yano 2015 Cell" names nothing that the articles' sentences hold."""

_ASKING = frozenset(
    stem_words(
        "study studies trial trials paper research researchers review meta analysis metaanalysis"
        " journal pmid pubmed doi reference source cited cite citation published publish printed"
        " appear found find showed show shown prove author authors first lead led run ran number"
        " evidence guideline guidelines follow scientist scientists wrote write written carried"
        " conducted article text page claim claims say says said name year date based behind team"
        " come work figure experiment statement support supports doctor people percent know tell"
    )
)
"""Stems that ask for a study rather than name one."""


@dataclass(frozen=True, slots=True)
class Account:
    """What an article tells of a study.

    Attributes:
        entry: the article.
        sentences: that tell of it, none where only the reference list names it.
        behind: its entries of the reference list.
    """

    entry: Entry
    sentences: tuple[Sentence, ...]
    behind: tuple[Sentence, ...]

    @property
    def stems(self) -> frozenset[str]:
        """The stems of its sentences and entries."""
        return frozenset(
            stem
            for s in (*self.sentences, *self.behind)
            for stem in stem_words(self.entry.quote(s))
        )

    @property
    def named(self) -> frozenset[str]:
        """The stems of its entries alone: they tell which of two accounts side by side is meant."""
        return frozenset(stem for s in self.behind for stem in stem_words(self.entry.quote(s)))

    @property
    def around(self) -> frozenset[str]:
        """The stems of the title and headings that it stands under."""
        article = self.entry.article
        section = article.blocks[self.sentences[0].block].section if self.sentences else ()
        return frozenset(stem_words(" ".join([article.title, *section])))

    def best_sentence(self, stems: set[str]) -> Sentence | None:
        """The sentence that holds most of some stems; among equals one that has the number."""

        def value(sentence: Sentence) -> tuple[int, bool]:
            held = stems & set(stem_words(self.entry.quote(sentence)))
            return len(held), bool(sentence.references)

        return max(self.sentences, key=value, default=None)


def find_study(
    question: str,
    ranking: Ranking,
    library: Library,
    vector: NDArray[np.float32],
    weights: WordWeights,
) -> tuple[Entry, Sentence | None, list[Sentence]] | None:
    """The article that tells of the study that is meant, the sentence, and the references.

    Args:
        question: as understood.
        ranking: the sentences that the question may mean, best first.
        library: where the reference lists stand.
        vector: the question's embedding, `(d,) float32`.
        weights: how much each word counts.
    """
    stems = set(content_stems(question)) - _ASKING
    total = sum(map(weights.weight, stems))
    found = dict.fromkeys(c.entry.article.id for c in ranking.candidates[:LOOKED_AT])
    found |= dict.fromkeys(_find_citing(question, stems, library, weights))
    best: tuple[float, Account] | None = None
    for article_id in found:
        entry = library.entries[article_id]
        vectors = library.sentence_vectors(article_id)  # (sentences, d)
        for account in accounts_of(entry):
            own = account.stems & stems
            held = sum(map(weights.weight, own | (account.around & stems)))
            if total and held < LEAST_SHARE * total:
                continue
            likeness = max(
                float(vectors[s.number] @ vector) for s in (*account.sentences, *account.behind)
            )
            named = set(account.named & stems)
            share = sum(weights.weight(s) for told in (own, named) for s in told) / (total or 1.0)
            if best is None or share + likeness > best[0]:
                best = share + likeness, account
    if best is None:
        return None
    account = best[1]
    return account.entry, account.best_sentence(stems), list(account.behind)


def _find_citing(
    question: str, stems: set[str], library: Library, weights: WordWeights
) -> Iterator[str]:
    """Ids of the articles of which an entry of the reference list is called by its words."""
    words = {
        word.casefold(): weights.weight(stem)
        for word in content_words(question)
        for stem in stem_words(word)
        if stem in stems
    }
    least = CALLED * sum(words.values())

    def is_called(reference: Reference) -> bool:
        text = reference.text.casefold()
        return sum(weight for word, weight in words.items() if word in text) >= least

    for entry in library.entries.values() if words else ():
        if any(map(is_called, entry.article.references)):
            yield entry.article.id


def accounts_of(entry: Entry) -> Iterator[Account]:
    """Every account of a study, and every reference by itself."""
    listed = reference_sentences(entry)
    told = [s for s in entry.sentences if entry.article.blocks[s.block].kind != "reference"]
    for _, block in groupby(told, key=lambda s: s.block):
        sentences = list(block)
        numbered = [i for i, s in enumerate(sentences) if s.references]
        bounds = [-1, *numbered, len(sentences)]
        for before, here, after in zip(bounds, numbered, bounds[2:], strict=False):
            behind = tuple(listed[n] for n in sentences[here].references if n in listed)
            if behind:
                yield Account(entry, tuple(sentences[before + 1 : after]), behind)
    for sentence in listed.values():
        yield Account(entry, (), (sentence,))
