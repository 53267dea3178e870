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
    predicates,
    relational_nouns,
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
COMPARATIVES = closed("better worse safer stronger best worst same different")
MAX_OPEN_WORDS = 9
_CLAUSE = closed(
    "if when because after before while and but so that til till until , . ; : ? ! - –"
)
_EMPTY_IT = re.compile(
    r"\b(?:is|was|does|would|be|it's) (?:it )?(?:ok|okay|true|safe|possible|normal|bad|good|better|"
    r"dangerous|wise|worth|healthy|harmful|common|necessary|enough|best|legal|allowed|advisable|"
    r"important|right|make sense)\b[^,.?!]*\b(?:to|that|if|when|\w+ing)\b|"
    r"\bit (?:take|mean|matter|hurt|help)s?\b[^,.?!]*"
    r"\b(?:to|til|till|until|for|when|if|that|before)\b|"
    r"^it(?:'s| is) (?:my|our)\b|"
    r"\b\w+n't it\W*$"
)
_SAYING = closed(
    "show shows showed shown say says said saying think thought find finds found believe read "
    "heard hear mean means know tell told claim claims claimed true suggest suggests suggested "
    "feel felt so hope sure wonder worried afraid notice noticed proves proved prove state states "
    "stated is"
)
_TURN = re.compile(
    r"^(?:ok(?:ay)?[\s,.!]*|thanks?[\s,.!]*|and[\s,]*|but[\s,]*|also[\s,]*)*(?:(?:now )?"
    r"(?:something|on something) (?:else|different)|(?:an)?other (?:question|thing|topic|subject)|"
    r"(?:a )?(?:different|new|separate|unrelated) (?:question|thing|topic|subject))\b[\s,.:;–-]*",
    re.IGNORECASE,
)
_LINK = re.compile(r"\W*(?:and|or|but|what about|og|men|och|eller)\b(?! thank)", re.IGNORECASE)
_OPENING = re.compile(
    r"^(?:(?:ok(?:ay)?|(?:many )?thanks?(?: you)?(?: so much| very much| a lot| again)?|thx|cheers|"
    r"great|good|cool|hm+|oh|well|and|but|so|also|or|then|"
    r"yes|no|please|hi|hello|sorry)\b[\s,.!:;-]*)+",
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
        needed: whether the question means nothing unless it is filled.
        noun: the noun behind a demonstrative or "the", lower-cased: "study" in "that study".
    """

    kind: SlotKind
    start: int
    end: int
    possessive: bool = False
    noun: str = ""
    needed: bool = False


def _names(word: str) -> bool:
    """Whether a lower-cased word may name something, and not only say what it is like."""
    return is_noun_like(word) and word not in predicates()


def opens_with_link(question: str) -> bool:
    """Whether a question goes on from the turn before: "and the second one?"."""
    return _LINK.match(question) is not None


def drop_opening(question: str) -> str:
    """A question without the small words that link it to the turn before."""
    rest = _OPENING.sub("", question).strip()
    return rest or question.strip()


def _content(tokens: Sequence[Token]) -> list[Token]:
    """Lower-case nouns that stand for themselves."""
    own = [t for t in tokens if t.is_word and t.text.islower() and is_noun_like(t.lower)]
    return [t for t in own if t.lower not in relational_nouns()]


def turns_away(question: str) -> str | None:
    """What follows words such as "something else:", which drop the topic; None without them."""
    match = _TURN.match(question)
    rest = question[match.end() :].strip() if match else ""
    return rest or None


def find_slots(question: str) -> list[Slot]:
    """Pronouns and demonstratives that nothing inside the question explains, one per kind."""
    tokens = tokenize(question)
    found: dict[SlotKind, Slot] = {}
    for position in range(len(tokens)):
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
    if token.lower in {"one", "ones"} and _stands_for_noun(tokens, position):
        return Slot("it", token.start, token.end)
    if token.lower == "the" and _is_bare_article(tokens, position):
        return Slot(
            "that_noun", token.start, tokens[position + 1].end, noun=tokens[position + 1].lower
        )
    if token.lower in _DEMONSTRATIVE and _is_judged(tokens, position):
        return Slot("that", token.start, token.end, needed=position < 2)
    if token.lower in _DEMONSTRATIVE:
        return _read_demonstrative(tokens, position)
    return None


def _read_demonstrative(tokens: Sequence[Token], position: int) -> Slot | None:
    """A demonstrative alone or with its noun; "that" may also be a conjunction, which is none."""
    token = tokens[position]
    words = [t for t in tokens[position + 1 : position + 4] if t.is_word]
    following = words[0].lower if words else ""
    participle = following.endswith("ed") and len(words) < 2
    before = tokens[position - 1].lower if position else ""
    if token.lower == "that" and before in _SAYING and following:
        return None
    if (
        following
        and not participle
        and following not in FUNCTION_WORDS
        and _noun_follows(tokens, position)
    ):
        if token.lower == "that" and before and is_noun_like(before):
            return None
        nouns = _run_of_nouns(tokens, position + 1)
        return Slot("that_noun", token.start, nouns[-1].end, noun=nouns[-1].lower)
    if token.lower == "that" and before and is_noun_like(before) and before not in FUNCTION_WORDS:
        return None
    if (
        token.lower == "that"
        and not participle
        and following not in {""} | AUXILIARIES | PREPOSITIONS | {"?", "and"}
    ):
        return None
    return Slot("that", token.start, token.end)


def _is_judged(tokens: Sequence[Token], position: int) -> bool:
    """Whether it is only asked what a demonstrative is like: "is that better than zinc"."""
    like, after = [*(token.lower for token in tokens[position + 1 : position + 3]), "", ""][:2]
    told = like in COMPARATIVES or like in predicates()
    asked = position > 0 and tokens[position - 1].lower in AUXILIARIES
    return told and asked and (not after.isalpha() or after in FUNCTION_WORDS)


def _is_bare_article(tokens: Sequence[Token], position: int) -> bool:
    """Whether "the article" stands here with nothing said of what it is on."""
    noun, after = [*(t.lower for t in tokens[position + 1 : position + 3]), "", ""][:2]
    return noun in {"article", "page", "leaflet"} and after not in {"on", "about", "by", "of", "in"}


def _stands_for_noun(tokens: Sequence[Token], position: int) -> bool:
    """Whether "one" ends a question behind a preposition or a verb: "the price of one"."""
    ends = not any(token.is_word for token in tokens[position + 1 :])
    before = tokens[position - 1].lower if position else ""
    return ends and before != "the" and not is_noun_like(before)


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
    own = [t for t in before if t.is_word and _names(t.lower)]
    if slot.kind == "they" and len(_content(tokens)) > (1 if own else 2):
        return True  # "which antibiotic do they give for SIBO": nobody in particular
    if not own or slot.noun:
        return False
    clause = any(t.lower in _CLAUSE for t in before[1:])
    if slot.kind in {"he", "she"}:
        if {"my", "our"} & {t.lower for t in before}:
            return True
        related = any(t.lower in {"my", "our", "a", "the"} for t in before)
        return clause and (related or any(t.text[0].isupper() for t in own if t.start > 0))
    told = before[0].lower not in QUESTION_WORDS | AUXILIARIES
    return clause or (told and before[0].lower not in PREPOSITIONS)


def names_nothing(question: str) -> bool:
    """Whether a question holds no noun at all: "how much should I take?"."""
    return not any(t.is_word and _names(t.lower) for t in tokenize(question))


def lacks_topic(question: str) -> bool:
    """Whether a question without a pronoun still leaves open what it is about.

    It does where it names nothing ("how much should I take?"), or only what is of something else
    ("what are the side effects?"), or compares without saying with what.
    """
    words = [token.lower for token in tokenize(question) if token.is_word]
    asks = bool(words) and (words[0] in QUESTION_WORDS | AUXILIARIES or "?" in question)
    if not asks or {"you", "my", "our"} & set(words) or len(words) > MAX_OPEN_WORDS:
        return False
    own = [word for word in words if is_noun_like(word)]
    if not any(map(_names, own)):
        return bool(AUXILIARIES & set(words)) and any(w not in FUNCTION_WORDS for w in words)
    if COMPARATIVES & set(words) and "than" not in words and "the" in words:
        return True
    related = relational_nouns()
    return all(word in related or word.removesuffix("s") in related for word in own)
