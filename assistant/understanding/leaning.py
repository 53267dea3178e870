"""What in a question points to what was said before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assistant.understanding.words import (
    AUXILIARIES,
    FUNCTION_WORDS,
    PREPOSITIONS,
    QUESTION_WORDS,
    Token,
    closed,
    is_noun_like,
    tokenize,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

SlotKind = Literal["he", "she", "they", "it", "that", "that_noun", "the_noun", "one", "end"]
PRONOUNS: dict[str, SlotKind] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
}
_POSSESSIVE = closed("his her its their")
_DEMONSTRATIVE = closed("this that these those")
_EMPTY_IT = re.compile(
    r"\b(?:is|was|does|would) it (?:ok|okay|true|safe|possible|normal|bad|good|better|dangerous|wise|"
    r"worth|healthy|harmful|common|necessary|enough|best|legal|allowed|advisable|important|right|take|"
    r"hurt|matter|make sense)\b[^,.?!]*\b(?:to|that|if|when|for|\w+ing)\b"
)
_OPENING = re.compile(
    r"^(?:(?:ok(?:ay)?|thanks?(?: you)?|thx|great|good|cool|hm+|oh|well|and|but|so|also|or|then|yes|no|"
    r"please|hi|hello|sorry)\b[\s,.!:;-]*)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a question that is filled from the history.

    Attributes:
        kind: what stands there.
        start: offset of what is replaced.
        end: offset behind it; equal to `start` where something is put in.
        possessive: whether it owns what follows ("its dose").
        noun: the noun behind a demonstrative or "the", lower-cased: "study" in "that study".
    """

    kind: SlotKind
    start: int
    end: int
    possessive: bool = False
    noun: str = ""


def drop_opening(question: str) -> str:
    """A question without the small words that link it to the turn before."""
    rest = _OPENING.sub("", question).strip()
    return rest or question.strip()


def find_slots(question: str) -> list[Slot]:
    """Pronouns and demonstratives that nothing inside the question explains, one per kind."""
    tokens = tokenize(question)
    found: dict[SlotKind, Slot] = {}
    for position, token in enumerate(tokens):
        slot = _read_slot(tokens, position)
        if slot and slot.kind not in found and not _is_bound(question, tokens, position, slot):
            found[slot.kind] = slot
    return list(found.values())


def _read_slot(tokens: Sequence[Token], position: int) -> Slot | None:
    token = tokens[position]
    if token.lower in PRONOUNS:
        possessive = token.lower in _POSSESSIVE and (
            token.lower != "her" or _noun_follows(tokens, position)
        )
        return Slot(PRONOUNS[token.lower], token.start, token.end, possessive)
    if token.lower in _DEMONSTRATIVE:
        return _read_demonstrative(tokens, position)
    return None


def _read_demonstrative(tokens: Sequence[Token], position: int) -> Slot | None:
    """ "this" alone, or with its noun; "that" as a conjunction or relative pronoun is none."""
    token = tokens[position]
    words = [t for t in tokens[position + 1 : position + 4] if t.is_word]
    following = words[0].lower if words else ""
    before = tokens[position - 1].lower if position else ""
    if following and following not in FUNCTION_WORDS and _noun_follows(tokens, position):
        if token.lower == "that" and before and is_noun_like(before):
            return None
        nouns = _run_of_nouns(tokens, position + 1)
        return Slot("that_noun", token.start, nouns[-1].end, noun=nouns[-1].lower)
    if token.lower == "that" and before and is_noun_like(before) and before not in FUNCTION_WORDS:
        return None
    if token.lower == "that" and following not in {""} | AUXILIARIES | PREPOSITIONS | {"?", "and"}:
        return None
    return Slot("that", token.start, token.end)


def _noun_follows(tokens: Sequence[Token], position: int) -> bool:
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    return following is not None and following.is_word and is_noun_like(following.lower)


def _run_of_nouns(tokens: Sequence[Token], start: int) -> list[Token]:
    end = start
    while end < len(tokens) and tokens[end].is_word and is_noun_like(tokens[end].lower):
        end += 1
    return list(tokens[start:end])


def _is_bound(question: str, tokens: Sequence[Token], position: int, slot: Slot) -> bool:
    """Whether the question itself says what a pronoun means, or "it" means nothing at all."""
    if slot.kind == "it" and _EMPTY_IT.search(question.casefold()):
        return True
    before = tokens[:position]
    own = [t for t in before if t.is_word and is_noun_like(t.lower)]
    clause = any(
        t.lower in {"if", "when", "because", "after", "before", "while", ",", "and", ".", "that"}
        for t in before[1:]
    )
    names = any(t.text[0].isupper() for t in own if t.start > 0)
    if slot.kind in {"he", "she"}:
        return names and clause
    if slot.kind in {"they", "it"}:
        subject = bool(before) and before[0].lower not in QUESTION_WORDS | {"and"}
        return bool(own) and clause and (subject or len(own) > 1)
    return False
