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
_BEFORE_ITEM = re.compile(r"\b(?:about|of|on|for|from|with|in|or|and)$", re.IGNORECASE)
_EMPTY = closed("one ones item point thing bullet option")


def read_ordinal(reply: str) -> int | None:
    """The place that a reply counts, from 0 or from the end below it; None where it counts none."""
    match = _ORDINAL.search(reply)
    return None if match is None else _position(match)


def _position(match: re.Match[str]) -> int:
    return int(match["digit"]) - 1 if match["digit"] else _NUMBERS[match["number"].casefold()]


def fill_ordinal(question: str, last: Exchange) -> str | None:
    """The question with items' names for their numbers, or None where the answer has none."""
    counting = [match for match in _ORDINAL.finditer(question) if _counts(match, question)]
    filled = question
    for match in reversed(counting):
        named = _name_counted(match, last)
        if named is None:
            return None
        if match.start() and named.startswith(("A ", "An ", "The ")):
            named = f"the {named.split(' ', 1)[1]}"
        filled = f"{filled[: match.start()]}{named}{filled[match.end() :]}"
    return filled if counting else None


def _counts(match: re.Match[str], question: str) -> bool:
    """Whether a number counts items: "how long do they last" and "what comes first" do not."""
    if match["digit"] or match["noun"]:
        return True
    if question[match.end() :].strip(" ?!."):
        return False  # "the first symptoms of …": an ordinal of its own
    before = question[: match.start()].strip(" ,")
    is_named = match.group().casefold().startswith(("the ", "that "))
    return is_named or not before or _BEFORE_ITEM.search(before) is not None


def _name_counted(match: re.Match[str], last: Exchange) -> str | None:
    """The item of the answer that a number counts; None where it has none."""
    noun = (match["noun"] or "").casefold()
    items = list_items(last.answer)
    if not items:
        return _pick(sentences_of(last.answer), _position(match), subject_of) if noun else None
    named = _pick(items, _position(match), name_item)
    return _within(_with_noun(named, noun), last) if named else None


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
