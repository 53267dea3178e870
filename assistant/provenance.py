"""Answers to questions about the articles themselves: who wrote one, when, and what it cites.

They come from an article's own data and its reference list, never by likeness alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answer import AnswerSentence
from assistant.citing import cite
from assistant.composition import Composition, Piece, compose
from assistant.function_words import content_stems
from index.records import Sentence
from prompts.dates import write_date
from prompts.texts import load_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.intents import Intent
    from assistant.ranking import Ranking
    from index.entry import Entry
    from index.library import Library
    from prompts.texts import Texts

MAX_ARTICLES = 3
ABOUT_ARTICLES = frozenset(
    {"article_author", "article_date", "article_publisher", "references_list"}
)
ABOUT_STUDIES = frozenset(
    {"study_reference", "study_identifier", "study_author", "study_date", "study_journal"}
)
_NUMBERED = re.compile(
    r"\b(?:reference|citation|footnote|source|ref|referens|reference)\.?\s*(?:number|no\.?|nr\.?|#)?"
    r"\s*\[?(\d{1,3})\]?\b",
    re.IGNORECASE,
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
        intent: one of `ABOUT_ARTICLES`.
        entries: the articles that are meant, at least one.
        replies: in the reader's language.
        language: the reader's language, for dates.
    """
    if intent == "references_list":
        return _list_references(entries[0], replies)
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
    cited: Sequence[tuple[Entry, Sentence]],
) -> Provenance:
    """The reference behind a statement, with the statement.

    Args:
        intent: one of `ABOUT_STUDIES`.
        question: as understood.
        ranking: the sentences that the question may mean, best first.
        cited: the sentences that it refers back to, where it does; they go first.
    """
    numbered = _NUMBERED.search(question)
    pairs = [*cited, *((c.entry, c.sentence) for c in ranking.candidates[:8])]
    if numbered and pairs:
        entry = pairs[0][0]
        entries = reference_sentences(entry)
        number = int(numbered[1])
        if number in entries:
            return Provenance(compose([Piece(entry, entries[number])]))
        return Provenance(None, "no_reference", entry)
    statement = next(((e, s) for e, s in pairs if s.references), None)
    if statement is None:
        return Provenance(None, "no_reference", pairs[0][0] if pairs else None)
    entry, sentence = statement
    listed = reference_sentences(entry)
    behind = [listed[number] for number in sentence.references if number in listed]
    fitting = [s for s in behind if _holds(intent, entry, s)]
    if not fitting:
        return Provenance(None, "no_identifier", entry)
    return Provenance(
        compose([Piece(entry, sentence), *(Piece(entry, s, "item") for s in fitting)])
    )


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


def reference_sentences(entry: Entry) -> dict[int, Sentence]:
    """An article's reference list: number → the entry's words."""
    listed = [s for s in entry.sentences if entry.article.blocks[s.block].kind == "reference"]
    return {
        reference.number: Sentence(s.number, s.start, s.end, s.block, (reference.number,))
        for reference, s in zip(entry.article.references, listed, strict=False)
    }


def _tell(intent: Intent, entry: Entry, replies: Texts, language: str) -> str | None:
    article = entry.article
    if intent == "article_author":
        author = article.author
        return (
            replies.fill("provenance.author", title=article.title, author=author)
            if author
            else None
        )
    if intent == "article_publisher":
        name = article.publisher
        return (
            replies.fill("provenance.publisher", title=article.title, publisher=name)
            if name
            else None
        )
    if not article.published:
        return None
    texts = load_texts(language)
    date = write_date(article.published, texts)
    changed = write_date(article.modified, texts) if article.modified else date
    if changed == date:
        return replies.fill("provenance.date", title=article.title, date=date)
    return replies.fill(
        "provenance.date_modified", title=article.title, date=date, modified=changed
    )


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


def _list_references(entry: Entry, replies: Texts) -> Provenance:
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
