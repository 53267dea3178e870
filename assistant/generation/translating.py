"""A chat model's translation of a question into English, held against the question itself.

A glossary knows part of the words. Those must come back; what is new in the English must be what
words that it does not know may stand for, or what was spoken of before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process

from assistant.answerability.alignment import vectors_of
from assistant.function_words import content_words
from assistant.generation.rewriting import find_numbers
from assistant.support.lexicon import load_lexicon
from assistant.triage.gloss import gloss
from assistant.understanding.known_words import known_words
from assistant.understanding.words import PREPOSITIONS
from index.keyword import WORD, stem_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.conversation import Conversation
    from assistant.triage.gloss import Glossary
    from assistant.understanding import Lexicon

ALIKE = 0.4
"""Cosine from which on two English words are taken for the same: "belly" for "stomach"."""

COGNATE = 78
"""Likeness (0 to 100) from which on a foreign word is the English one: "gastroskopi"."""

SURE, SHORTEST_COGNATE = 84, 6
"""The same for a word that must come back as the library's, and the fewest letters that tell."""

COMPOUND = 9
"""Letters from which on a word may be two in English: "fedtsyrer" is "fatty acids"."""

_ABOUT_SOMEBODY = re.compile(r"[^.,;!?]*\[[^\]]*\][^.,;!?]*")
"""What holds what redaction took out: who the patient is, which no search needs."""


def is_translation(
    english: str, conversation: Conversation, glossary: Glossary, lexicon: Lexicon
) -> bool:
    """Whether English words can be what a question asks.

    Args:
        english: what the model wrote.
        conversation: redacted, in the glossary's language; its last question is translated.
        glossary: of that language.
        lexicon: of the library, whose words may stand in the question as they are, or nearly.
    """
    question = _ABOUT_SOMEBODY.sub("", conversation.question)
    glossed, strange = _read(question, glossary, lexicon)
    before = " ".join(turn.content for turn in conversation.history)
    meant = gloss(question.casefold(), glossary)
    spoken = content_words(f"{question} {meant} {before} {gloss(before.casefold(), glossary)}")
    said = [word for word in content_words(english) if word.casefold() not in PREPOSITIONS]
    new = [word for word in said if not _is_among(word, spoken)]
    unseen = [word for word in strange if not _is_among(word, said)]
    return (
        "[" not in english
        and find_numbers(english) == find_numbers(question)
        and _denies(english) == _denies(meant)
        and not _turns(english, meant)
        and all(any(_is_among(word, said) for word in words) for words in glossed)
        and len(new) <= sum(2 if len(word) >= COMPOUND else 1 for word in unseen)
    )


def _read(question: str, glossary: Glossary, lexicon: Lexicon) -> tuple[list[list[str]], list[str]]:
    """What a question's words may be in English, and the words that nothing here knows."""
    glossed: list[list[str]] = []
    strange: list[str] = []
    for word in content_words(question):
        found = glossary.look_up(word.casefold())
        if found is None and (cognate := _find_cognate(word.casefold(), lexicon)):
            glossed.append([word, cognate])
        elif found is None:
            strange.append(word)
        elif content_words(found):  # else it is one of the small words of English
            glossed.append([word, *content_words(found)])
    return glossed, strange


def _find_cognate(word: str, lexicon: Lexicon) -> str | None:
    """The library's word that a foreign one is, or nearly: "autisme"."""
    if lexicon.knows(word) or word in known_words("en"):
        return word
    if len(word) < SHORTEST_COGNATE:
        return None
    found = process.extractOne(word, lexicon.counts.keys(), scorer=fuzz.ratio, score_cutoff=SURE)
    return found[0] if found else None


def _is_among(word: str, others: Sequence[str]) -> bool:
    """Whether a word stands among others in another form, spelling, or near meaning."""
    if not others:
        return False
    stems = {stem for other in others for stem in stem_words(other)}
    spelt = [other.casefold() for other in others]
    return bool(
        stems.intersection(stem_words(word))
        or process.extractOne(word.casefold(), spelt, scorer=fuzz.ratio, score_cutoff=COGNATE)
        or _cosine(word.casefold(), spelt) >= ALIKE
    )


def _cosine(word: str, others: Sequence[str]) -> float:
    return float(np.max(vectors_of((word,)) @ vectors_of(tuple(others)).T))


def _turns(english: str, meant: str) -> bool:
    """Whether a word says the opposite of one that was meant: "after" for "before"."""
    here, there = ({word.casefold() for word in WORD.findall(text)} for text in (english, meant))
    opposites = load_lexicon().opposites
    return any(opposites.get(word, frozenset()) & there for word in here - there)


def _denies(text: str) -> bool:
    negators = load_lexicon().classes["negators"]
    return bool({word.casefold() for word in WORD.findall(text)} & negators) or "n't" in text
