"""What is chosen where the answer before asked back: "Do you mean A or B?", "the second"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.understanding.filling import append_topic, put_in_place
from assistant.understanding.focus import asks
from assistant.understanding.history import sentences_of
from assistant.understanding.leaning import find_slots
from assistant.understanding.ordinals import read_ordinal
from assistant.understanding.words import FUNCTION_WORDS, tokenize

if TYPE_CHECKING:
    from assistant.understanding.history import Exchange

_OFFER = re.compile(
    r"^(?:do you mean|did you mean|are you asking about|which do you mean[:,]?|is it about|"
    r"mener du|tænker du på|menar du|tänker du på)\s+(?P<options>[^?]+)\?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*,\s*(?:or|eller)\s+|\s+(?:or|eller)\s+|\s*,\s*", re.IGNORECASE)
MAX_WORDS = 6
"""Words of a reply that only chooses."""

LEAST_ASKED = 4
"""Words of a message that can be asked back about; "hello" is not."""


def take_choice(question: str, last: Exchange) -> str | None:
    """The question before with what was chosen, or None where nothing was offered or chosen."""
    options = find_options(last.answer)
    if len(options) < 2 or len(question.split()) > MAX_WORDS:
        return None
    chosen = _choose(question, options)
    if chosen is None:
        return None
    asked = last.asked or last.question
    slots = [slot for slot in find_slots(asked) if slot.kind in {"it", "that", "they"}]
    return put_in_place(asked, slots[0], chosen) if slots else append_topic(asked, chosen)


def take_reply(reply: str, last: Exchange) -> str | None:
    """The question before with a reply behind it, where the answer before only asked back.

    None where it did not, or where the reply asks something itself.
    """
    asked = (last.asked or last.question).rstrip("?!. ")
    asks_back = last.answer.rstrip().endswith("?") and len(asked.split()) >= LEAST_ASKED
    if not asks_back or asks(reply) or len(reply.split()) > MAX_WORDS:
        return None
    return f"{asked}, {reply.rstrip('?!. ')}?"


def find_options(answer: str) -> list[str]:
    """What an answer that asks back offers, in its order."""
    match = _OFFER.match(next(reversed(sentences_of(answer)), ""))
    return [option.strip() for option in _BETWEEN.split(match["options"])] if match else []


def _choose(question: str, options: list[str]) -> str | None:
    """The option that a reply counts or names."""
    position = read_ordinal(question)
    if position is not None:
        return options[position] if -len(options) <= position < len(options) else None
    said = {t.lower for t in tokenize(question) if t.is_word} - FUNCTION_WORDS
    named = [o for o in options if said and said <= set(o.casefold().split())]
    return named[0] if len(named) == 1 else None
