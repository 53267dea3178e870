"""Where a second question begins in a sentence: "what is it, do I have to fast".

A logistic regression over what stands on both sides of each place where one may begin, trained by
`train_splitting.py`. People join two questions with "and", a comma or nothing at all, and say "and"
within one.
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib import resources
from itertools import takewhile
from typing import TYPE_CHECKING

import numpy as np

from assistant.linear import Linear
from assistant.understanding.leaning import names_nothing
from assistant.understanding.words import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DEMONSTRATIVES,
    DETERMINERS,
    FIRST_AND_SECOND,
    FUNCTION_WORDS,
    PERSON_PRONOUNS,
    PLURAL_PRONOUNS,
    POSSESSIVES,
    PREPOSITIONS,
    QUESTION_WORDS,
    THING_PRONOUNS,
    Token,
    closed,
    is_noun_like,
    tokenize,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

LINKS = closed("and or but also n plus then , ; - – / &")
BEGINS = 0.25
"""Probability from which on a question begins. By regressions that have not seen the library, 257
of 327 sentences that hold two questions are cut where they should, 12 of 247 that only look like
it, and 180 of 9,000 questions of `cases`, many of which do ask two things."""

NEAR = 3
"""Tokens within which no two questions begin."""

LONGEST = 200
"""Tokens of a sentence that is looked at."""

BOUND = 4.0
_DENIES = closed("not never")
_GREETING = closed("hi hello ok okay so well please")
_PRONOUNS = FIRST_AND_SECOND | PERSON_PRONOUNS | PLURAL_PRONOUNS | THING_PRONOUNS | DEMONSTRATIVES
_ASKING = QUESTION_WORDS | AUXILIARIES
_CLASSES = {
    "question": QUESTION_WORDS,
    "auxiliary": AUXILIARIES,
    "pronoun": _PRONOUNS,
    "preposition": PREPOSITIONS,
    "determiner": DETERMINERS | POSSESSIVES,
    "small": CONJUNCTIONS | ADVERBS,
}
_MEASURES = closed("much many long often far soon")
_SUBJECTS = _PRONOUNS | DETERMINERS | POSSESSIVES
_LINKED = (closed("and n &"), closed("or"), closed("but"), closed("also plus"), closed(","))
"""Words that join, by what they mean."""

FEATURES = (
    *("and", "or", "but", "also", "comma", "other_mark", "no_link", "several_links"),
    "first_question",
    *(f"second_{name}" for name in (*_CLASSES, "noun", "verb")),
    *("what_about", "how_much", "auxiliary_subject", "question_auxiliary"),
    *("log_before", "log_after", "same_opening"),
    *("both_ask_linked", "both_ask_unlinked", "question_verb"),
    *("before_asks", "before_auxiliaries", "before_question", "before_says", "before_verb_first"),
    *("ends_preposition", "ends_auxiliary", "ends_noun", "ends_question"),
    *("after_auxiliary", "after_pronoun", "after_says", "after_verb", "after_asks", "after_empty"),
)


def split_at(sentence: str) -> list[tuple[int, int]]:
    """Offsets of each question that a sentence holds, first and last; all of it where it is one."""
    tokens = tokenize(sentence)
    places = find_places(tokens)
    if not places:
        return [(0, len(sentence))]
    rows = np.array([describe_place(tokens, place, sentence) for place in places], dtype=float)
    least = math.log(BEGINS / (1 - BEGINS))
    likely = zip(load_model().log_odds(rows).tolist(), places, strict=True)
    begins = [0]
    for odds, place in sorted(likely, reverse=True):
        if odds >= least and all(abs(place - other) >= NEAR for other in begins):
            begins.append(place)
    begins.sort()
    ends = [_drop_links(tokens, place) for place in begins[1:]]
    return [
        (tokens[first].start, tokens[last - 1].end)
        for first, last in zip(begins, [*ends, len(tokens)], strict=True)
    ]


def find_places(tokens: Sequence[Token]) -> list[int]:
    """Positions of words by which a second question may begin; none in endless ones.

    "… and do not eat" shares the verb of what stands before.
    """
    if len(tokens) > LONGEST:
        return []
    words = [token.lower for token in tokens]
    return [
        position
        for position in range(2, len(tokens) - 1)
        if words[position] in _ASKING and words[position + 1] not in _DENIES
    ]


def describe_place(tokens: Sequence[Token], place: int, sentence: str) -> list[float]:
    """`FEATURES` of a place.

    Args:
        tokens: of the sentence.
        place: the first word of what may be a question.
        sentence: as typed.
    """
    end = _drop_links(tokens, place)
    links = {token.lower for token in tokens[end:place]}
    before = [token.lower for token in tokens[:end] if token.is_word]
    after = [token.lower for token in tokens[place:] if token.is_word]
    first, second = [*after, "", ""][:2]
    opening = [word for word in before if word not in LINKS | _GREETING]
    both_ask = first in _ASKING and [*opening, ""][0] in _ASKING
    joins = [bool(links & own) for own in _LINKED]
    return [
        float(value)
        for value in (
            *joins,
            bool(links) and not any(joins),
            not links,
            place - end > 1,
            first in QUESTION_WORDS,
            *_classify(second),
            (first, second) in {("what", "about"), ("how", "about")},
            first == "how" and second in _MEASURES,
            first in AUXILIARIES and second in _SUBJECTS,
            first in QUESTION_WORDS and second in AUXILIARIES,
            math.log1p(len(before)),
            math.log1p(len(after)),
            first == [*opening, ""][0],
            bool(links) and both_ask,
            not links and both_ask,
            first in QUESTION_WORDS and _may_be_verb(second),
            *_describe_before(before, opening),
            *_describe_after(after, sentence[tokens[place].start :]),
        )
    ]


def _drop_links(tokens: Sequence[Token], place: int) -> int:
    """The position behind the last word before a place that is no link."""
    return place - sum(
        1
        for _ in takewhile(
            lambda t: t.lower in LINKS, (tokens[n] for n in range(place - 1, -1, -1))
        )
    )


def _classify(word: str) -> list[bool]:
    noun = bool(word) and is_noun_like(word)
    return [*(word in own for own in _CLASSES.values()), noun, _may_be_verb(word)]


def _may_be_verb(word: str) -> bool:
    return bool(word) and word not in FUNCTION_WORDS and not is_noun_like(word)


def _describe_before(before: Sequence[str], opening: Sequence[str]) -> list[float]:
    last = ["", *before][-1]
    auxiliaries = sum(word in AUXILIARIES for word in before)
    return [
        [*opening, ""][0] in _ASKING,
        min(auxiliaries, 3),
        any(word in QUESTION_WORDS for word in before),
        any(word not in FUNCTION_WORDS for word in before),
        any(word in AUXILIARIES for word in opening[:4]),
        last in PREPOSITIONS,
        last in AUXILIARIES,
        is_noun_like(last),
        last in QUESTION_WORDS,
    ]


def _describe_after(after: Sequence[str], text: str) -> list[float]:
    return [
        any(word in AUXILIARIES for word in after),
        any(word in _PRONOUNS for word in after),
        any(word not in FUNCTION_WORDS for word in after),
        any(_may_be_verb(word) for word in after),
        any(word in _ASKING for word in after),
        names_nothing(text),
    ]


@cache
def load_model() -> Linear:
    """The weights of this package."""
    path = resources.files("assistant.understanding").joinpath("splitting.json")
    return Linear.from_record(json.loads(path.read_text(encoding="utf-8")), BOUND)
