""" "The third one", "the last one": items of the list in the answer before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.understanding.history import list_items, name_item

if TYPE_CHECKING:
    from assistant.understanding.history import Exchange

_NUMBERS = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3,
    "fifth": 4, "5th": 4, "sixth": 5, "6th": 5, "seventh": 6, "eighth": 7, "last": -1, "final": -1,
    "latter": -1, "former": 0,
}  # fmt: skip
_ORDINAL = re.compile(
    r"\b(?:the |that )?(?P<number>" + "|".join(_NUMBERS) + r")"
    r"(?: (?P<noun>ones?|item|point|step|stage|phase|option|thing|bullet|type|kind|group|study|trial|"
    r"review|method|test|food|tip|reason|part|rule))?(?=\W*$|\W+(?!\w+ (?:time|day|week|month|year)s?\b))"
    r"|\b(?:number|no\.?|point|item|step|#) ?(?P<digit>\d{1,2})\b",
    re.IGNORECASE,
)


def fill_ordinal(question: str, last: Exchange) -> str | None:
    """The question with the item's name for its number, or None where no list has it."""
    match = _ORDINAL.search(question)
    if match is None:
        return None
    items = list_items(last.answer) or _split_sentences(last.answer, match["noun"] or "")
    digit, number = match["digit"], match["number"]
    position = int(digit) - 1 if digit else _NUMBERS[number.casefold()]
    if not items or not -len(items) <= position < len(items):
        return None
    if not digit and not match["noun"] and question[match.end() :].strip(" ?!."):
        return None  # "the first symptoms of …": an ordinal of its own
    named = name_item(items[position])
    noun = (match["noun"] or "").casefold()
    if noun and noun not in {"one", "ones", "item", "point", "thing", "bullet", "option"}:
        named = named if noun in named.casefold() else f"the {named[0].lower()}{named[1:]} {noun}"
    return f"{question[: match.start()]}{named}{question[match.end() :]}"


def _split_sentences(answer: str, noun: str) -> list[str]:
    """Without a list, the sentences of an answer can be counted: "the second one", "study"."""
    sentences = [s.strip() for s in re.split(r"(?<=[.!?])\s+", answer) if s.strip()]
    return sentences if noun and len(sentences) > 1 else []
