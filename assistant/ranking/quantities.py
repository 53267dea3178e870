"""Whether a question asks for a quantity, and whether a sentence states one of that kind.

"How many sessions?" wants a number of sessions; any other number is no answer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.keyword import stem_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBER = (
    r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|a few|several)"
)
_TIME = r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|nights?)"


def _find(*patterns: str) -> re.Pattern[str]:
    """Any of some patterns, in any case."""
    return re.compile("|".join(patterns), re.IGNORECASE)


# What is asked for, and how a sentence states it.
_UNITS = (
    (
        _find(
            r"\bdos(?:e|es|age)\b",
            r"\bhow (?:much|many) .*\b(?:take|took|taken|given|daily|a day|per day)\b",
        ),
        _find(
            rf"{_NUMBER}\s*(?:mg|g|mcg|µg|micrograms?|milligrams?|grams?|iu|cfu|billion|ml)\b",
            rf"{_NUMBER}\s*(?:capsules?|tablets?|drops|portions?|spoons?)\b",
        ),
    ),
    (
        _find(
            r"\b(?:percent|percentage|proportion|share|rate|fraction|chance|risk of|odds)\b",
            r"\bhow (?:common|likely)\b",
        ),
        _find(
            r"%|\bper ?cent\b|\b(?:half|third|quarter)\b",
            rf"\b{_NUMBER} (?:in|out of|of) (?:every )?{_NUMBER}\b",
        ),
    ),
    (
        _find(
            r"\bhow (?:long|soon|quickly|often)\b",
            r"\bhow many (?:times )?(?:minutes|hours|days|weeks|months|years)\b",
        ),
        _find(
            rf"\b{_TIME}\b",
            r"\b(?:daily|weekly|monthly|once|twice|overnight|straight away|same day)\b",
        ),
    ),
    (
        _find(r"\bhow old\b|\bwhat age\b|\b(?:average|mean) age\b"),
        _find(
            r"\b(?:aged?|years old|older|younger|over|under|from)\b.*\d",
            rf"\b{_NUMBER}\+?[- ]years?\b",
        ),
    ),
    (
        _find(r"\b(?:cost|price|fee|charge|expensive|pay|free)\b"),
        _find(
            r"[€$£]\s?\d|\bfree of charge\b|\bno (?:fee|charge)\b|\bcosts?\b",
            r"\d\s?(?:kr|dkk|sek|nok|eur|euros?|pounds?|dollars?|usd|gbp)\b",
        ),
    ),
)
_COUNTED = _find(r"\b(?:how many|number of)\s+(?:\w+\s+){0,2}?(\w+s|people|men|women|children)\b")
_WINDOW = 4
_PEOPLE = frozenset(
    stem_words("people participants patients men women adults children volunteers subjects persons")
)


def wants_quantity(question: str) -> bool:
    """Whether a question asks for an amount, a share, a time, an age, a price or a count."""
    return _COUNTED.search(question) is not None or any(
        asked.search(question) for asked, _ in _UNITS
    )


def describe_quantity(question: str, sentences: Sequence[str]) -> list[float]:
    """Whether the sentences state the quantity asked for, and whether they lack it."""
    wanted = [unit for asked, unit in _UNITS if asked.search(question)]
    counted = _COUNTED.search(question)
    if not wanted and counted is None:
        return [0.0, 0.0]
    stated = any(unit.search(sentence) for unit in wanted for sentence in sentences)
    if counted is not None and not stated:
        stated = any(_counts(counted[1], sentence) for sentence in sentences)
    return [float(stated), float(not stated)]


def lacks_quantity(question: str, sentences: Sequence[str]) -> bool:
    """Whether a question asks for a quantity of which no sentence states one."""
    return describe_quantity(question, sentences)[1] > 0


def _counts(noun: str, sentence: str) -> bool:
    """Whether a number stands shortly before a noun: "72 randomised clinical trials"."""
    wanted = set(stem_words(noun))
    if wanted & _PEOPLE:
        wanted |= _PEOPLE
    words = re.findall(r"\d[\d.,]*|\w+", sentence)
    for position, word in enumerate(words):
        if re.fullmatch(_NUMBER, word, re.IGNORECASE):
            following = stem_words(" ".join(words[position + 1 : position + 1 + _WINDOW]))
            if wanted & set(following):
                return True
    return False
