"""The reference lists of articles: which entry is behind a sentence, and what an entry holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.records import Sentence

if TYPE_CHECKING:
    from assistant.intents import Intent
    from index.entry import Entry
    from index.library import Library

LEAST_ALIKE, LEAST_LEAD = 0.6, 0.15
"""Cosine of a sentence and an entry of a reference list, and by how much it is above all others',
from which on the entry is taken to be behind it: right for 14 of 15 numbered sentences."""

_NAMED = re.compile(r"^[^.:]*\b[A-Z][a-zà-ÿ'’-]+ [A-Z]{1,3}\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PMID = re.compile(r"\b(?:pmid|pub ?med)\b", re.IGNORECASE)
_DOI = re.compile(r"\bdoi\b", re.IGNORECASE)


def reference_sentences(entry: Entry) -> dict[int, Sentence]:
    """An article's reference list: number → the entry's words."""
    listed = [s for s in entry.sentences if entry.article.blocks[s.block].kind == "reference"]
    return {
        reference.number: Sentence(s.number, s.start, s.end, s.block, (reference.number,))
        for reference, s in zip(entry.article.references, listed, strict=False)
    }


def references_of(entry: Entry, sentence: Sentence) -> tuple[int, ...]:
    """Numbers of the references behind a sentence: its own, or the last before it in its paragraph.

    A study is cited where it is first told of, and its findings follow.
    """
    before = [s for s in entry.sentences if s.block == sentence.block and s.start <= sentence.start]
    return next((s.references for s in reversed(before) if s.references), ())


def find_behind(entry: Entry, sentence: Sentence, library: Library) -> list[Sentence]:
    """The entries behind a sentence: those that it names, else the one that is clearly likest."""
    listed = reference_sentences(entry)
    named = [listed[n] for n in references_of(entry, sentence) if n in listed]
    return named or find_likely(entry, sentence, library)


def find_likely(entry: Entry, sentence: Sentence, library: Library) -> list[Sentence]:
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


def holds(intent: Intent, entry: Entry, sentence: Sentence, question: str = "") -> bool:
    """Whether an entry of the reference list holds what is asked of it.

    Args:
        intent: one of those about studies.
        entry: the article.
        sentence: of its reference list.
        question: may name the identifier that it wants: a DOI is no answer to "which PMID?".
    """
    reference = next(r for r in entry.article.references if r.number == sentence.references[0])
    text = entry.quote(sentence)
    if intent == "study_identifier":
        asked = {_PMID: reference.pmid, _DOI: reference.doi}
        named = [number for name, number in asked.items() if name.search(question)]
        return any(named or asked.values())
    if intent == "study_author":
        return bool(_NAMED.search(reference.text))
    if intent == "study_date":
        return bool(_YEAR.search(text))
    return True
