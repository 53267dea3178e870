"""Answers to questions about the articles themselves: who wrote one, when, and what it cites.

They come from an article's own data and its reference list, never by likeness alone.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answer import AnswerSentence
from assistant.citing import cite
from assistant.composition import Composition, Piece, compose
from assistant.function_words import content_stems
from index.keyword import stem_words
from index.records import Sentence
from prompts.dates import write_date
from prompts.texts import load_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from assistant.intents import Intent
    from assistant.ranking import Ranking
    from index.entry import Entry
    from index.library import Library
    from prompts.texts import Texts

MAX_ARTICLES = 3
MAX_TRACED = 6
"""Statements and references from which on no more of an answer's sentences are traced."""

ABOUT_ARTICLES = frozenset(
    {
        "article_author",
        "article_date",
        "article_publisher",
        "article_products",
        "references_list",
    }
)
ABOUT_STUDIES = frozenset(
    {"study_reference", "study_identifier", "study_author", "study_date", "study_journal"}
)
_NUMBERED = re.compile(
    r"\b(?:reference|citation|footnote|source|ref|referens|reference)\.?\s*(?:number|no\.?|nr\.?|#)?"
    r"\s*\[?(\d{1,3})\]?\b",
    re.IGNORECASE,
)
LEAST_ALIKE, LEAST_LEAD = 0.6, 0.15
"""Cosine of a sentence and an entry of a reference list, and by how much it is above all others',
from which on the entry is taken to be behind it: right for 14 of 15 numbered sentences."""

LEAST_SHARE = 0.5
"""Share of a question's words that an entry of a reference list must hold to be meant by them."""

_STUDY_STEMS = frozenset(
    stem_words(
        "study studies trial trials paper research review meta analysis metaanalysis journal pmid"
        " pubmed doi reference source cited citation published found showed author number evidence"
    )
)
_ARTICLE_STEMS = frozenset(
    stem_words(
        "article text page post leaflet digest blog piece author writer wrote written write name"
        " publish published publisher publication date dated old recent new current updated time"
        " website site link url address clinic company hospital pharmacy charity university"
        " organisation say says said claim claims tell telling told people person doctor behind"
        " year month work know run own information page site"
    )
)
_NAMED = re.compile(r"^[^.:]*\b[A-Z][a-zà-ÿ'’-]+ [A-Z]{1,3}\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Provenance:
    """What was found: an answer, or what the article lacks (`missing`, a key of the replies)."""

    composition: Composition | None
    missing: str | None = None
    entry: Entry | None = None


def answer_about_article(
    intent: Intent, entries: Sequence[Entry], replies: Texts, language: str
) -> Provenance:
    """Who wrote or published articles, when, or what they cite.

    Args:
        intent: one of `ABOUT_ARTICLES`, products apart (`assistant/products.py`).
        entries: the articles that are meant, at least one.
        replies: in the reader's language.
        language: the reader's language, for dates.
    """
    if intent == "references_list":
        return _list_references(entries[0])
    said = [(entry, _tell(intent, entry, replies, language)) for entry in entries[:MAX_ARTICLES]]
    known = [(entry, text) for entry, text in said if text]
    if not known:
        missing = f"no_{intent.removeprefix('article_')}"
        return Provenance(None, missing, entries[0])
    return Provenance(_state(known, intent))


def answer_about_study(
    intent: Intent,
    question: str,
    ranking: Ranking,
    *,
    cited: Sequence[tuple[Entry, Sentence]],
    library: Library,
    vector: NDArray[np.float32],
) -> Provenance:
    """The reference behind a statement, with the statement.

    Args:
        intent: one of `ABOUT_STUDIES`.
        question: as understood.
        ranking: the sentences that the question may mean, best first.
        cited: the sentences that it refers back to, where it does; they go first.
        library: where the reference lists stand.
        vector: the question's embedding, `(d,) float32`.
    """
    numbered = _NUMBERED.search(question)
    if numbered:
        return _numbered_reference(int(numbered[1]), ranking, cited)
    found = _find_reference(question, ranking, cited, library, vector)
    if found is None:
        return Provenance(None, "no_reference")
    entry, statement, behind = found
    fitting = [s for s in behind if _holds(intent, entry, s)]
    if not fitting:
        return Provenance(None, "no_identifier", entry)
    before = [Piece(entry, statement)] if statement else []
    return Provenance(compose([*before, *(Piece(entry, s, "item") for s in fitting)]))


def trace(
    intent: Intent,
    cited: Sequence[tuple[Entry, Sentence]],
    library: Library,
    replies: Texts,
    language: str,
    *,
    names_writer: bool = True,
) -> Provenance:
    """The references behind what was just said; who wrote the article where it gives none.

    Args:
        intent: one of `ABOUT_STUDIES`.
        cited: the sentences that were said.
        library: that holds them.
        replies: in the reader's language.
        language: the reader's language, for dates.
        names_writer: whether who wrote the article is an answer, too; to "which study" it is none.
    """
    pieces: list[Piece] = []
    for entry, sentence in cited:
        listed = reference_sentences(entry)
        behind = [listed[n] for n in references_of(entry, sentence) if n in listed]
        behind = behind or _find_likely(entry, sentence, library)
        own = [Piece(entry, s, "item") for s in behind if _holds(intent, entry, s)]
        new = [piece for piece in own if piece not in pieces]
        if new and len(pieces) < MAX_TRACED:
            pieces += [Piece(entry, sentence), *new]
    if pieces:
        return Provenance(compose(pieces))
    if not cited or not (names_writer or intent == "study_identifier"):
        return Provenance(None, "no_reference", cited[0][0] if cited else None)
    if intent == "study_identifier":
        return Provenance(None, "no_identifier", cited[0][0])
    entries = list({entry.article.id: entry for entry, _ in cited}.values())
    whose: Intent = "article_author" if entries[0].article.author else "article_publisher"
    return answer_about_article(whose, entries, replies, language)


def _find_likely(entry: Entry, sentence: Sentence, library: Library) -> list[Sentence]:
    """The entry of the reference list that is clearly likest a sentence without a number."""
    vectors = library.sentence_vectors(entry.article.id)  # (sentences, d)
    likeness = [
        (float(vectors[listed.number] @ vectors[sentence.number]), listed)
        for listed in reference_sentences(entry).values()
    ]
    likeness.sort(key=lambda pair: -pair[0])
    if not likeness or likeness[0][0] < LEAST_ALIKE:
        return []
    clear = len(likeness) < 2 or likeness[0][0] - likeness[1][0] >= LEAST_LEAD
    return [likeness[0][1]] if clear else []


def _numbered_reference(
    number: int, ranking: Ranking, cited: Sequence[tuple[Entry, Sentence]]
) -> Provenance:
    entries = [entry for entry, _ in cited] + [c.entry for c in ranking.candidates]
    entry = next((entry for entry in entries if entry.article.references), None)
    listed = reference_sentences(entry) if entry else {}
    if entry is None or number not in listed:
        return Provenance(None, "no_reference", entry)
    return Provenance(compose([Piece(entry, listed[number])]))


def _find_reference(
    question: str,
    ranking: Ranking,
    cited: Sequence[tuple[Entry, Sentence]],
    library: Library,
    vector: NDArray[np.float32],
) -> tuple[Entry, Sentence | None, list[Sentence]] | None:
    """The statement that is meant and the entries of the reference list behind it.

    An entry is found by the statements that cite it and by its own words: it is often asked for
    by a title or a journal that the text never names.
    """
    for entry, sentence in cited:
        numbers = references_of(entry, sentence)
        if numbers:
            listed = reference_sentences(entry)
            return entry, sentence, [listed[n] for n in numbers if n in listed]
    best: tuple[float, Entry, Sentence | None, list[Sentence]] | None = None
    stems = set(content_stems(question)) - _STUDY_STEMS
    for candidate, score in zip(ranking.candidates[:20], ranking.scores[:20], strict=True):
        listed = reference_sentences(candidate.entry)
        behind = [listed[n] for n in candidate.sentence.references if n in listed]
        if behind:
            odds = 1 / (1 + math.exp(-float(score)))
            words = max(_share(stems, candidate.entry.quote(s)) for s in behind)
            value = odds + 0.5 * words + candidate.similarity
            if best is None or value > best[0]:
                best = value, candidate.entry, candidate.sentence, behind
    articles = dict.fromkeys(c.entry.article.id for c in ranking.candidates[:20])
    for article_id in articles:
        entry = library.entries[article_id]
        vectors = library.sentence_vectors(article_id)  # (sentences, d)
        for sentence in reference_sentences(entry).values():
            words = _share(stems, entry.quote(sentence))
            value = 1.5 * words + float(vectors[sentence.number] @ vector)
            if words >= LEAST_SHARE and (best is None or value > best[0]):
                best = value, entry, None, [sentence]
    return best[1:] if best else None


def _share(stems: set[str], text: str) -> float:
    """Share of some stems that a text holds."""
    return len(stems & set(stem_words(text))) / len(stems) if stems else 0.0


def find_articles(question: str, ranking: Ranking, library: Library) -> list[Entry]:
    """The articles that a question names by words of their title, publisher or address.

    All of a library's few articles where it names none; otherwise the one that fits best.
    """
    stems = set(content_stems(question))
    named: list[tuple[int, Entry]] = []
    for entry in library.entries.values():
        article = entry.article
        name = (
            f"{article.title} {article.publisher or ''} {article.author or ''} {article.url or ''}"
        )
        shared = len(stems & set(content_stems(re.sub(r"[^\w\s]", " ", name))))
        named.append((shared, entry))
    best = max(shared for shared, _ in named)
    if best == 0:
        return list(library.entries.values()) if len(library.entries) <= MAX_ARTICLES else []
    tied = [entry for shared, entry in named if shared == best]
    order = {c.entry.article.id: -i for i, c in reversed(list(enumerate(ranking.candidates)))}
    tied.sort(key=lambda entry: -order.get(entry.article.id, -len(order) - 1))
    return tied if len(tied) <= MAX_ARTICLES else tied[:1]


def find_main_publisher(library: Library) -> list[Entry]:
    """An article of the publisher that most articles have; none where no article names one."""
    named = [entry for entry in library.entries.values() if entry.article.publisher]
    counted = Counter(entry.article.publisher for entry in named)
    return [max(named, key=lambda entry: counted[entry.article.publisher])] if named else []


def references_of(entry: Entry, sentence: Sentence) -> tuple[int, ...]:
    """Numbers of the references behind a sentence: its own, or the last before it in its paragraph.

    A study is cited where it is first told of, and its findings follow.
    """
    before = [s for s in entry.sentences if s.block == sentence.block and s.start <= sentence.start]
    return next((s.references for s in reversed(before) if s.references), ())


def names_subject(question: str) -> bool:
    """Whether a question on an article says of what: "who wrote about magnesium?"."""
    return bool(set(content_stems(question)) - _ARTICLE_STEMS)


def reference_sentences(entry: Entry) -> dict[int, Sentence]:
    """An article's reference list: number → the entry's words."""
    listed = [s for s in entry.sentences if entry.article.blocks[s.block].kind == "reference"]
    return {
        reference.number: Sentence(s.number, s.start, s.end, s.block, (reference.number,))
        for reference, s in zip(entry.article.references, listed, strict=False)
    }


def _tell(intent: Intent, entry: Entry, replies: Texts, language: str) -> str | None:
    """All that an article's own data say of it; None where they lack what is asked for."""
    article = entry.article
    texts = load_texts(language)
    date = write_date(article.published, texts) if article.published else None
    changed = write_date(article.modified, texts) if article.modified else None
    facts = {
        "author": article.author,
        "date": date,
        "modified": changed if changed != date else None,
        "publisher": article.publisher,
    }
    if not facts[intent.removeprefix("article_")]:
        return None
    known = [replies.fill(f"provenance.{k}", **{k: fact}) for k, fact in facts.items() if fact]
    return replies.fill("provenance.about", title=article.title, facts=", ".join(known))


def _state(known: Sequence[tuple[Entry, str]], intent: Intent) -> Composition:
    """Statements on articles, each cited by its byline or, without one, by its title."""
    sources = tuple(
        cite(entry, _evidence(entry, intent), n) for n, (entry, _) in enumerate(known, start=1)
    )
    sentences = tuple(AnswerSentence(text, (n,), 1.0) for n, (_, text) in enumerate(known, start=1))
    text = " ".join(f"{sentence.text} [{sentence.citations[0]}]" for sentence in sentences)
    return Composition(text, sentences, sources)


def _evidence(entry: Entry, intent: Intent) -> Sentence:
    """The byline that states it, or the title, which every article has."""
    article = entry.article
    wanted = article.author if intent == "article_author" else None
    year = (article.published or "")[:4] if intent == "article_date" else None
    for sentence in entry.sentences:
        if article.blocks[sentence.block].kind == "byline":
            quote = entry.quote(sentence)
            if (wanted and wanted in quote) or (year and year in quote):
                return sentence
    return Sentence(-1, 0, len(article.title), 0)


def _list_references(entry: Entry) -> Provenance:
    listed = reference_sentences(entry)
    if not listed:
        return Provenance(None, "no_reference", entry)
    pieces = [Piece(entry, sentence, "item") for sentence in listed.values()]
    return Provenance(compose(pieces))


def _holds(intent: Intent, entry: Entry, sentence: Sentence) -> bool:
    """Whether an entry of the reference list holds what is asked of it."""
    reference = next(r for r in entry.article.references if r.number == sentence.references[0])
    text = entry.quote(sentence)
    if intent == "study_identifier":
        return bool(reference.pmid or reference.doi)
    if intent == "study_author":
        return bool(_NAMED.search(reference.text))
    if intent == "study_date":
        return bool(_YEAR.search(text))
    return True
