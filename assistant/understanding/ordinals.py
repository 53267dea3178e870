"""Items counted in the answer before: "the third one", "the last one"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.understanding.history import list_items, name_item, sentences_of, subject_of
from assistant.understanding.words import closed, relational_nouns, tokenize

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.understanding.history import Exchange

_NUMBERS = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3,
    "fifth": 4, "5th": 4, "sixth": 5, "6th": 5, "seventh": 6, "eighth": 7, "last": -1, "final": -1,
    "latter": -1, "former": 0,
}  # fmt: skip
_COUNTED = (
    "ones?|item|point|step|stage|phase|option|thing|bullet|type|kind|group|study|trial|review|method|"
    "test|food|tip|reason|part|rule"
)
_ORDINAL = re.compile(
    rf"\b(?:the |that )?(?P<number>{'|'.join(_NUMBERS)})(?: (?P<noun>{_COUNTED}))?"
    r"(?=\W*$|\W+(?!\w+ (?:time|day|week|month|year)s?\b))"
    r"|\b(?:number|no\.?|point|item|step|#) ?(?P<digit>\d{1,2})\b",
    re.IGNORECASE,
)
_EMPTY = closed("one ones item point thing bullet option")


def read_ordinal(reply: str) -> int | None:
    """The place that a reply counts, from 0 or from the end below it; None where it counts none."""
    match = _ORDINAL.search(reply)
    return None if match is None else _position(match)


def _position(match: re.Match[str]) -> int:
    return int(match["digit"]) - 1 if match["digit"] else _NUMBERS[match["number"].casefold()]


def fill_ordinal(question: str, last: Exchange) -> str | None:
    """The question with the item's name for its number, or None where the answer has none."""
    match = _ORDINAL.search(question)
    if match is None:
        return None
    if not match["digit"] and not match["noun"] and question[match.end() :].strip(" ?!."):
        return None  # "the first symptoms of …": an ordinal of its own
    position = _position(match)
    noun = (match["noun"] or "").casefold()
    items = list_items(last.answer)
    if items:
        named = _pick(items, position, name_item)
        named = _within(_with_noun(named, noun), last) if named else None
    else:
        named = _pick(sentences_of(last.answer), position, subject_of) if noun else None
    if not named:
        return None
    if match.start() and named.startswith(("A ", "An ", "The ")):
        named = f"the {named.split(' ', 1)[1]}"
    return f"{question[: match.start()]}{named}{question[match.end() :]}"


def _pick(items: list[str], position: int, name: Callable[[str], str]) -> str | None:
    return (
        name(items[position]) if len(items) > 1 and -len(items) <= position < len(items) else None
    )


def _with_noun(named: str, noun: str) -> str:
    if not noun or noun in _EMPTY or noun in named.casefold():
        return named
    return f"the {named[0].lower()}{named[1:]} {noun}"


def _within(named: str, last: Exchange) -> str:
    """An item with what it is one of: "Reintroduction of the low-FODMAP diet"."""
    frame = [token.lower for token in tokenize(last.question)]
    if last.topic is None or set(last.topic.words) & set(named.casefold().split()):
        return named
    position = frame.index("of") if "of" in frame[1:] else 0
    of_topic = position and frame[position - 1] in relational_nouns() | {"steps", "phases"}
    return f"{named} of {last.topic.text}" if of_topic else named
