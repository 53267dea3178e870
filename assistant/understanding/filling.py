"""Puts chosen phrases into the slots of a question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.understanding.leaning import Slot
from assistant.understanding.words import closed, is_noun_like, tokenize

if TYPE_CHECKING:
    from assistant.understanding.discourse import Mention


ARTICLES = closed("article page text leaflet post guide")
"""What is said about them is asked of them: "the article" becomes "the article on magnesium"."""


def fill(question: str, slot: Slot, mention: Mention) -> str:
    """The question with a mention in a slot."""
    return put_in_place(question, slot, mention.text)


def put_in_place(question: str, slot: Slot, said: str) -> str:
    """The question with words in a slot."""
    opens = said.split(" ", 1)[0]
    if opens in {"The", "A", "An"} and slot.start > 0:
        said = said[0].lower() + said[1:]
    if slot.kind == "end":
        return append_topic(question, said)
    if slot.noun in ARTICLES:
        noun = question[slot.start : slot.end]
        return f"{question[: slot.start]}{noun} on {said}{question[slot.end :]}"
    if slot.possessive:
        said += "'" if said.endswith("s") else "'s"
    filled = f"{question[: slot.start]}{said}{question[slot.end :]}"
    return re.sub(r"\b(the|a|an|my|your) (the|a|an)\b", r"\2", filled)


def append_topic(question: str, topic: str) -> str:
    """The question with what it is on behind its last word."""
    before = question.rstrip(" ?!.")
    return f"{before} {_link(before)} {topic}{question.rstrip()[len(before) :]}"


def end_slot(question: str, *, needed: bool = False) -> Slot:
    """The place behind the question's last word, where a topic can be added."""
    end = len(question.rstrip(" ?!."))
    return Slot("end", end, end, needed=needed)


def _link(before: str) -> str:
    last = [token.lower for token in tokenize(before) if token.is_word][-1:]
    return "of" if last and is_noun_like(last[0]) else "with"
