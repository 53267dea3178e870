"""Questions that are a question word with little else: "how long?", "with what?", "which ones?".

What they ask of stands in the question before. Where that can take the new question word in the
place of its own, it does ("how often do I do belly breathing?"); where it cannot, what it was on
follows ("how much saffron?").
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.understanding.leaning import find_slots
from assistant.understanding.parallels import names_people
from assistant.understanding.phrases import find_phrases
from assistant.understanding.studies import SOURCES
from assistant.understanding.words import (
    AUXILIARIES,
    FUNCTION_WORDS,
    PREPOSITIONS,
    QUESTION_WORDS,
    closed,
    is_noun_like,
    relational_nouns,
    tokenize,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.understanding.history import Exchange
    from assistant.understanding.parallels import Likeness

MAX_WORDS = 5
_BE = closed("is are was were what's")
_CIRCUMSTANCES = closed("how when where")
"""Question words that ask how, when or where something is: a verb goes on behind them."""

_AMOUNTS = closed("much many")
_PERIODS = closed("times days weeks months years hours minutes seconds")
_LEFT_OPEN = closed("else about come so exactly then")


def find_bare_question(question: str) -> str:
    """What is asked, in the asker's words, where that is all; empty where there is more."""
    asked = question.strip().rstrip("?!. ")
    words = [token.lower for token in tokenize(asked)]
    named = any(word[0].isupper() and not word.isupper() for word in asked.split()[1:])
    if not 0 < len(words) <= MAX_WORDS or named or find_slots(asked):
        return ""
    rest = words[1:] if words[0] in PREPOSITIONS else words
    if not rest or rest[0] not in QUESTION_WORDS - _BE or rest[0] in {"why", "who", "whose"}:
        return ""
    alone = len(rest) == 1 and (rest[0] in {"when", "where"} or len(words) > 1)
    content = [word for word in rest[1:] if word not in FUNCTION_WORDS]
    verbs = [word for word in content if not is_noun_like(word) or word.endswith("ed")]
    told = verbs or (AUXILIARIES | _LEFT_OPEN) & set(rest[1:])
    if alone:
        return asked
    open_still = len(rest) > 1 and not told and not SOURCES & set(rest)
    return asked if open_still and not _names_topic(rest) else ""


def _names_topic(words: Sequence[str]) -> bool:
    """Whether more is named than what is counted: "how many weeks probiotics", "which foods in"."""
    places = [place for place, word in enumerate(words) if is_noun_like(word)]
    together = all(after == before + 1 for before, after in pairwise(places))
    return not together or (bool(_PERIODS & set(words)) and len(places) > 1)


def complete_bare(asked: str, last: Exchange, likeness: Likeness | None) -> str | None:
    """A bare question with what the last one says; None where that says nothing.

    Args:
        asked: as `find_bare_question` gives it.
        last: the exchange before.
        likeness: by meaning; with it "how much?" is not asked of the children who take something.
    """
    told = take_predicate(last.question)
    if told and asks_circumstance(asked):
        return f"{asked} {told}?"
    topic = _find_thing(last, likeness)
    return _ask_of(asked, topic) if topic else None


def _find_thing(last: Exchange, likeness: Likeness | None) -> str:
    """What a question is on: its topic, or the first phrase that is not on people."""
    if last.topic is None:
        return ""
    others = [p for p in find_phrases(last.question) if p.words and p.key != last.topic.key]
    if likeness is None or not others or not names_people(last.topic.key, likeness):
        return last.topic.text
    return next((p.text for p in others if not names_people(p.key, likeness)), last.topic.text)


def asks_circumstance(asked: str) -> bool:
    """Whether a bare question asks how, when, where or with what, and not for a thing."""
    words = [token.lower for token in tokenize(asked)]
    if words[0] in PREPOSITIONS:
        return True
    if words[0] not in _CIRCUMSTANCES:
        return False
    return words[1:2] == [] or words[1] not in _AMOUNTS or bool(_PERIODS & set(words))


def take_predicate(question: str) -> str:
    """A question from its helping verb on: "do I take iron" of "how long do I take iron".

    Empty where the question word is what is done or does it: "which foods help", "what is X".
    """
    frame = question.rstrip("?!. ")
    tokens = [token for token in tokenize(frame) if token.is_word]
    place = next((n for n, t in enumerate(tokens[:5]) if t.lower in AUXILIARIES), None)
    if place is None or place + 1 == len(tokens):
        return ""
    opens = tokens[0].lower
    asks_thing = opens in QUESTION_WORDS - _CIRCUMSTANCES - {"why"}
    helping = tokens[place]
    if asks_thing and (helping.lower in _BE or place > 1):
        return ""
    rest = frame[helping.end :]
    return f"{helping.lower}{rest}" if place == 0 or opens in QUESTION_WORDS else ""


def _ask_of(asked: str, topic: str) -> str:
    """A question for a thing with what it is of: "how much saffron?", "which pills for reflux?"."""
    words = [token.lower for token in tokenize(asked)]
    if words[-1] in {"much", "many", "which", "what"}:
        return f"{asked} {topic}?"
    last = words[-1]
    link = "of" if last in relational_nouns() or not is_noun_like(last) else "for"
    return f"{asked} {link} {topic}?"


def ask_of_each(asked: str, last: Exchange) -> list[str]:
    """A bare question with each phrase of the last one, for the library to choose."""
    return [_ask_of(asked, phrase.text) for phrase in find_phrases(last.question) if phrase.words]
