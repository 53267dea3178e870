"""A chat model's rewrite of a question, held against the conversation that it was made from.

A rewrite may put in what the conversation named and nothing else, and must keep all that the
question itself said: it resolves words, it does not ask for something.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from assistant.function_words import content_words
from assistant.support.lexicon import load_lexicon
from assistant.understanding.words import QUESTION_WORDS, closed, tokenize
from index.keyword import stem_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.conversation import Conversation

MAX_WORDS = 60
SAME_WORD = 84
"""Likeness (0 to 100) of a typed word and its right spelling."""

_POINTING = closed(
    "one ones first second third fourth fifth last latter former previous more else instead "
    "same other another also exactly tell explain"
)
"""Words that point into the conversation; a rewrite says what they point to."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LABEL = re.compile(
    r"^\s*(?:(?:rewritten |standalone )?(?:question|message)\s*:|[-*•>]|\d[.)])\s*", re.IGNORECASE
)


def read_rewrite(text: str) -> str:
    """The question in what a model wrote: its first line, without label and quotation marks."""
    lines = read_lines(text)
    return lines[0] if lines else ""


def read_lines(text: str) -> list[str]:
    """The questions that a model wrote, a line each, without numbers, bullets and quotes."""
    lines = (_LABEL.sub("", line, count=1).strip(" \t\"'“”*`") for line in text.splitlines())
    return [line for line in lines if re.search(r"\w", line) and len(line.split()) <= MAX_WORDS]


def is_faithful(rewrite: str, conversation: Conversation) -> bool:
    """Whether a rewrite asks the question of a conversation and nothing beyond it.

    Args:
        rewrite: what the model wrote.
        conversation: redacted, with the question in its right spelling.
    """
    question = conversation.question
    turns = [turn.content for turn in conversation.history]
    asked = [turn.content for turn in conversation.history if turn.role == "user"][-1:]
    return (
        "[" not in rewrite
        and _all_known(content_words(rewrite), content_words(" ".join([question, *turns])))
        and _all_known(_lasting(question), content_words(rewrite))
        and _within(find_numbers(question), find_numbers(rewrite))
        and _within(find_numbers(rewrite), find_numbers(" ".join([question, *turns])))
        and _within(_denials(question), _denials(rewrite))
        and _within(_denials(rewrite), _denials(" ".join([question, *asked])))
        and _within(_asks(rewrite), _asks(" ".join([question, *asked])))
    )


def _lasting(question: str) -> list[str]:
    """The words of a question that must stay: all that name something."""
    return [word for word in content_words(question) if word.casefold() not in _POINTING]


def _all_known(words: Iterable[str], known: Iterable[str]) -> bool:
    """Whether every word stands among others, as another form or spelling at least."""
    spelt = [word.casefold() for word in known]
    stems = {stem for word in spelt for stem in stem_words(word)}
    return all(
        stems.intersection(stem_words(word))
        or process.extractOne(word.casefold(), spelt, scorer=fuzz.ratio, score_cutoff=SAME_WORD)
        for word in words
    )


def _within(some: set[str], others: set[str]) -> bool:
    return some <= others


def find_numbers(text: str) -> set[str]:
    """The numbers of a text, as written."""
    return set(_NUMBER.findall(text))


def _denials(text: str) -> set[str]:
    """That it denies, in whatever word."""
    negators = load_lexicon().classes["negators"]
    words = {token.lower for token in tokenize(text)}
    return {"not"} if words & negators or "n't" in text.replace("’", "'") else set()


def _asks(text: str) -> set[str]:
    return {token.lower for token in tokenize(text)} & QUESTION_WORDS
