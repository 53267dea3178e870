"""Questions that leave out what the one before them said: "and for kids?", "why?", "tell me more"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.understanding.phrases import Phrase, find_phrases
from assistant.understanding.words import (
    AUXILIARIES,
    FUNCTION_WORDS,
    PREPOSITIONS,
    QUESTION_WORDS,
    is_noun_like,
    tokenize,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.understanding.history import Exchange

    Likeness = Callable[[str, Sequence[str]], Sequence[float]]

_ABOUT = re.compile(
    r"^(?:and |but |so |or )*(?:what|how) (?:about|of) (?P<rest>.+?)\s*\??$|"
    r"^(?:and|but|or|also)\b[ ,]+(?P<rest2>.+?)\s*\??$",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"^(?:but |and |so )*(?:why|how come)(?: (?:not|so|is that|is this|exactly|though))?\W*$",
    re.IGNORECASE,
)
_HOW = re.compile(
    r"^(?:but |and |so )*how(?: so| exactly| (?:does|do|did|can|would) (?:that|this|it) "
    r"(?:work|happen|function|go|come about))?\W*$",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"^(?:and |but |so )*(?:is|are|does|would) (?:it|that|this|they)(?: be)? (?:the )?(?:same|different|"
    r"apply|true|valid|similar|also true)(?: thing)?(?P<rest>(?: (?:for|in|with|to|during|when|if)\b.*?))?\W*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:(?:can|could|would) you |please )*(?:tell me|say|explain|give me|any|go|i want to know|know)?"
    r" ?(?:some )?(?:more|further|in more detail|elaborate|go on|continue|details?)"
    r"(?: details?| info(?:rmation)?)?(?: (?:about|on) (?:it|this|that|them|these|those))?(?: please)?\W*$",
    re.IGNORECASE,
)
LIKE = 0.35
"""Cosine of two phrases from which on one can take the other's place."""


def complete(question: str, last: Exchange, likeness: Likeness | None) -> str | None:
    """An elliptical question completed by the one before it, or None where it is whole."""
    stripped = question.strip()
    topic = last.topic
    if _MORE.match(stripped) and topic:
        return f"Tell me more about {topic.text}."
    if _WHY.match(stripped):
        return ask_why(last)
    if _HOW.match(stripped):
        return f"How does {_as_statement(last)} work?" if topic else None
    same = _SAME.match(stripped)
    rest = (same["rest"] or "").strip() if same else _find_rest(stripped)
    if same and not rest:
        return None
    return transfer(rest, last, likeness) if rest else None


def _find_rest(question: str) -> str:
    """What is asked about anew, where the question is nothing but that."""
    match = _ABOUT.match(question)
    rest = (match["rest"] or match["rest2"]) if match else question.rstrip("?!. ")
    words = [token.lower for token in tokenize(rest) if token.is_word]
    if not words or len(words) > 7:
        return ""
    if match and match["rest"]:
        return rest
    starts_with_preposition = words[0] in PREPOSITIONS and words[0] not in {"about", "like"}
    verbs = any(word in AUXILIARIES or word in QUESTION_WORDS for word in words)
    bare = all(is_noun_like(w) or w in {"the", "a", "an", "my", "of"} | PREPOSITIONS for w in words)
    if verbs or not bare:
        return ""
    return rest if match or starts_with_preposition else ""


def transfer(rest: str, last: Exchange, likeness: Likeness | None) -> str:
    """The last question with `rest` in the place of what it stands beside.

    "for women" takes the place of "men" in "how much magnesium do men need"; "magnesium" that of
    "omega 3". Where nothing is like it, it is added.
    """
    preposition, new = _split_preposition(rest)
    frame = last.question.rstrip("?!. ")
    phrases = [p for p in find_phrases(frame) if p.key not in new.casefold()]
    old = _choose_parallel(new, preposition, frame, phrases, likeness)
    if old is None:
        joined = rest if preposition else f"with {rest}"
        return _ask(f"{frame} {joined}") if preposition else _ask_about(rest, last)
    before = frame[: old.start].rstrip()
    own = before.split(" ")[-1].casefold() if before else ""
    if preposition and own in PREPOSITIONS and own != preposition:
        return _ask(f"{before.rsplit(' ', 1)[0]} {rest}{frame[old.end :]}")
    return _ask(f"{frame[: old.start]}{new}{frame[old.end :]}")


def _choose_parallel(
    new: str,
    preposition: str,
    frame: str,
    phrases: Sequence[Phrase],
    likeness: Likeness | None,
) -> Phrase | None:
    if not phrases:
        return None
    if likeness is None:
        same = [
            p for p in phrases if frame[: p.start].rstrip().casefold().endswith(f" {preposition}")
        ]
        return same[-1] if preposition and same else (None if preposition else phrases[0])
    values = likeness(new, [phrase.key for phrase in phrases])
    value, best = max(zip(values, phrases, strict=True), key=lambda pair: pair[0])
    return best if value >= LIKE or not preposition else None


def ask_why(last: Exchange) -> str:
    """ "Why?" with what it asks the reason of: the last question, in the answer's sense."""
    frame = last.question.rstrip("?!. ")
    words = frame.split(" ")
    if words[0].casefold() not in AUXILIARIES:
        return _ask(f"why, regarding {frame}")
    negative = any(
        token.lower in {"not", "no", "never", "cannot", "avoid"} or token.lower.endswith("n't")
        for token in tokenize(last.answer[:120])
    )
    if negative and len(words) > 2:
        words.insert(2, "not")
    return _ask(f"why {words[0].lower()} {' '.join(words[1:])}")


def _as_statement(last: Exchange) -> str:
    topic = last.topic
    return topic.text if topic else ""


def _split_preposition(rest: str) -> tuple[str, str]:
    first, _, following = rest.partition(" ")
    if first.casefold() in PREPOSITIONS and following:
        return first.casefold(), following
    return "", rest


def _ask_about(rest: str, last: Exchange) -> str:
    topic = last.topic
    words = [token.lower for token in tokenize(rest) if token.lower not in FUNCTION_WORDS]
    return f"What about {rest} and {topic.text}?" if topic and words else f"What about {rest}?"


def _ask(text: str) -> str:
    plain = re.sub(r"\s+", " ", text).strip(" ?.,")
    return f"{plain[0].upper()}{plain[1:]}?"
