"""Answers to questions about the articles themselves: who wrote one, when, and what it cites.

They come from an article's own data and its reference list, never by likeness alone.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.composition import Piece, Statements, compose
from assistant.function_words import content_stems
from assistant.reference_lists import find_behind, holds, reference_sentences, references_of
from assistant.reviewing import find_review, names_reviewer
from assistant.studies import find_study
from index.keyword import stem_words
from index.readers.bylines import Byline
from index.readers.unsaid import find_said
from prompts.dates import write_date
from prompts.texts import load_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from assistant.composition import Composition
    from assistant.evidence import WordWeights
    from assistant.intents import Intent
    from assistant.naming import Register
    from assistant.ranking import Ranking
    from index.entry import Entry
    from index.library import Library
    from index.records import Article, Sentence
    from prompts.texts import Texts

MAX_ARTICLES = 3
MAX_TRACED = 6
"""Statements and references from which on no more of an answer's sentences are traced."""

ABOUT_ARTICLES = frozenset(
    {
        "article_author",
        "article_date",
        "article_publisher",
        "article_review",
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
_LACKING = {"study_author": "person", "study_date": "date", "study_identifier": "no_identifier"}
"""What an entry of a reference list may lack, as the replies call it."""

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
        " year month work know run own information page site check checked review reviewed reviewer"
        " approve approved verify verified clinician specialist expert medical medically profession"
        " pharmacist nurse dietitian professional"
    )
)


@dataclass(frozen=True, slots=True)
class Provenance:
    """What was found: an answer, or what the articles lack (`missing`, a key of the replies).

    `near` stands beside what they lack: the entry of a reference list that gives no PMID; `notice`
    beside an answer: which of the articles lack what others tell. No sentence bears that out.
    """

    composition: Composition | None
    missing: str | None = None
    entries: tuple[Entry, ...] = ()
    near: tuple[Piece, ...] = ()
    notice: str | None = None


def answer_about_article(
    intent: Intent,
    entries: Sequence[Entry],
    replies: Texts,
    language: str,
    *,
    counts: bool = False,
) -> Provenance:
    """Who wrote or published articles, when, or what they cite; of each one, that it lacks this.

    Args:
        intent: one of `ABOUT_ARTICLES`, products apart (`assistant/products.py`).
        entries: the articles that are meant, at least one.
        replies: in the reader's language.
        language: the reader's language, for dates.
        counts: whether only the number of references is asked for.
    """
    meant = tuple(entries[:MAX_ARTICLES])
    missing = f"no_{intent.removeprefix('article_')}"
    told = Statements()
    said: list[str] = []
    lacking: list[Entry] = []
    for entry in meant:
        if intent == "references_list":
            found = _tell_references(entry, told, replies, counts=counts)
        elif intent == "article_review":
            found = _tell_review(entry, told, replies)
        else:
            found = _tell(intent, entry, told, replies, language)
        if found:
            said.append(found)
        else:
            lacking.append(entry)
    if not said:
        return Provenance(None, missing, meant)
    lacks = f"abstain.{missing}"
    notice = " ".join(replies.fill(lacks, title=entry.article.title) for entry in lacking)
    text = ("\n\n" if intent == "references_list" else " ").join(said)
    return Provenance(told.set(text), notice=notice or None)


def answer_about_study(
    intent: Intent,
    question: str,
    ranking: Ranking,
    *,
    cited: Sequence[tuple[Entry, Sentence]],
    library: Library,
    vector: NDArray[np.float32],
    weights: WordWeights,
) -> Provenance:
    """The reference behind a statement, with the statement.

    Args:
        intent: one of `ABOUT_STUDIES`.
        question: as understood.
        ranking: the sentences that the question may mean, best first.
        cited: the sentences that it refers back to, where it does; they go first.
        library: where the reference lists stand.
        vector: the question's embedding, `(d,) float32`.
        weights: how much each word counts.
    """
    numbered = _NUMBERED.search(question)
    if numbered:
        return _numbered_reference(int(numbered[1]), ranking, cited)
    found = _find_cited(cited) or find_study(question, ranking, library, vector, weights)
    if found is None:
        return Provenance(None, "no_reference")
    entry, statement, behind = found
    fitting = [s for s in behind if holds(intent, entry, s, question)]
    if not fitting:
        near = tuple(Piece(entry, s, "item") for s in behind)
        return Provenance(None, _LACKING[intent], (entry,), near)
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
        behind = find_behind(entry, sentence, library)
        own = [Piece(entry, s, "item") for s in behind if holds(intent, entry, s)]
        new = [piece for piece in own if piece not in pieces]
        if new and len(pieces) < MAX_TRACED:
            pieces += [Piece(entry, sentence), *new]
    if pieces:
        return Provenance(compose(pieces))
    if not cited or not (names_writer or intent == "study_identifier"):
        return Provenance(None, "no_reference")
    if intent == "study_identifier":
        return Provenance(None, "no_identifier", (cited[0][0],))
    entries = list({entry.article.id: entry for entry, _ in cited}.values())
    whose: Intent = "article_author" if entries[0].article.author else "article_publisher"
    return answer_about_article(whose, entries, replies, language)


def _numbered_reference(
    number: int, ranking: Ranking, cited: Sequence[tuple[Entry, Sentence]]
) -> Provenance:
    entries = [entry for entry, _ in cited] + [c.entry for c in ranking.candidates]
    entry = next((entry for entry in entries if entry.article.references), None)
    listed = reference_sentences(entry) if entry else {}
    if entry is None or number not in listed:
        return Provenance(None, "no_reference")
    return Provenance(compose([Piece(entry, listed[number])]))


def _find_cited(
    cited: Sequence[tuple[Entry, Sentence]],
) -> tuple[Entry, Sentence | None, list[Sentence]] | None:
    """The first of the sentences that a question refers back to that has references."""
    for entry, sentence in cited:
        numbers = references_of(entry, sentence)
        if numbers:
            listed = reference_sentences(entry)
            return entry, sentence, [listed[n] for n in numbers if n in listed]
    return None


def find_articles(question: str, ranking: Ranking, register: Register) -> list[Entry]:
    """The articles that a question names, the likeliest first.

    All of a library's few articles where it names none; otherwise the one that fits best.
    """
    named = register.find(question, _ARTICLE_STEMS | _STUDY_STEMS)
    if not named:
        return list(register.entries) if len(register.entries) <= MAX_ARTICLES else []
    order = {c.entry.article.id: -i for i, c in reversed(list(enumerate(ranking.candidates)))}
    named.sort(key=lambda entry: -order.get(entry.article.id, -len(order) - 1))
    return named if len(named) <= MAX_ARTICLES else named[:1]


def find_main_publisher(library: Library) -> list[Entry]:
    """An article of the publisher that most articles have; none where no article names one."""
    named = [entry for entry in library.entries.values() if entry.article.publisher]
    counted = Counter(entry.article.publisher for entry in named)
    return [max(named, key=lambda entry: counted[entry.article.publisher])] if named else []


def names_subject(question: str) -> bool:
    """Whether a question on an article says of what: "who wrote about magnesium?"."""
    return bool(set(content_stems(question)) - _ARTICLE_STEMS)


def _tell(
    intent: Intent, entry: Entry, told: Statements, replies: Texts, language: str
) -> str | None:
    """What its bylines say, or else all that an article's own data say of it.

    None where they lack what is asked for.
    """
    asked, facts = intent.removeprefix("article_"), _write_facts(entry.article, language)
    if asked not in facts:
        return None
    bylines = _find_bylines(entry, "published" if asked == "date" else asked)
    known: list[str] = []
    if bylines:
        # In their own words, which can be read where the markers lead. In an index of before, a
        # change may stand in the data alone.
        known = [" · ".join(entry.quote(byline).rstrip(".") for byline in bylines)]
        lacking = asked == "date" and not any("modified" in _find_said(b, entry) for b in bylines)
        facts = {key: fact for key, fact in facts.items() if key == "modified" and lacking}
    known += [replies.fill(f"provenance.{key}", **{key: fact}) for key, fact in facts.items()]
    words = replies.fill("provenance.about", title=entry.article.title, facts=", ".join(known))
    return told.say_of(entry, words, *bylines)


def _write_facts(article: Article, language: str) -> dict[str, str]:
    """What an article's own data say of it, as people write it."""
    texts = load_texts(language)
    date = write_date(article.published, texts) if article.published else None
    changed = write_date(article.modified, texts) if article.modified else None
    facts = {
        "author": ", ".join(filter(None, (article.author, article.credentials))),
        "date": date,
        "modified": changed if changed != date else None,
        "publisher": article.publisher,
    }
    return {key: fact for key, fact in facts.items() if fact}


def _tell_references(entry: Entry, told: Statements, replies: Texts, *, counts: bool) -> str | None:
    """How many entries an article's reference list has, and where more is asked, which."""
    listed = reference_sentences(entry)
    if not listed:
        return None
    key = "provenance.reference_count" if counts else "provenance.references"
    words = replies.fill(key, title=entry.article.title, count=str(len(listed)))
    lines = [told.say(words, entry)]
    if not counts:
        lines += [f"- {told.say(entry.quote(s), entry, s)}" for s in listed.values()]
    return "\n".join(lines)


def _tell_review(entry: Entry, told: Statements, replies: Texts) -> str | None:
    """Who checked an article or that nobody did, as it says of itself."""
    article, sentence = entry.article, find_review(entry)
    author = ", ".join(filter(None, (article.author, article.credentials)))
    in_byline = sentence is not None and article.blocks[sentence.block].kind == "byline"
    if names_reviewer(author) and not in_byline:
        facts = replies.fill("provenance.author", author=author)
        return told.say(replies.fill("provenance.about", title=article.title, facts=facts), entry)
    if sentence is None:
        return None
    facts = entry.quote(sentence).rstrip(".")
    words = replies.fill("provenance.about", title=article.title, facts=facts)
    return told.say_of(entry, words, sentence)


def _find_bylines(entry: Entry, fact: str) -> list[Sentence]:
    """The bylines that say all that an article's bylines say, the one that says most first.

    None where none of them says the fact. Whichever fact is asked for they are the same, so that
    who asks for two in one message gets one sentence.
    """
    blocks = entry.article.blocks
    bylines = [s for s in entry.sentences if blocks[s.block].kind == "byline"]
    said = {sentence: _find_said(sentence, entry) for sentence in bylines}
    told: list[Sentence] = []
    known = frozenset[str]()
    for sentence in sorted(bylines, key=lambda sentence: -len(said[sentence])):
        if not said[sentence] <= known:
            told.append(sentence)
            known |= said[sentence]
    return told if fact in known else []


def find_byline(entry: Entry, fact: str) -> Sentence | None:
    """The byline that says a fact, the one that says most where several do; None without."""
    return next((b for b in _find_bylines(entry, fact) if fact in _find_said(b, entry)), None)


def _find_said(byline: Sentence, entry: Entry) -> frozenset[str]:
    """Which of an article's facts a byline says."""
    article = entry.article
    facts = Byline(
        author=article.author,
        credentials=article.credentials,
        published=article.published,
        modified=article.modified,
        publisher=article.publisher,
    )
    return find_said(entry.quote(byline), facts, article.language)
