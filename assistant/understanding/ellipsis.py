"""Questions that leave out what the last one said: "and for kids?", "why?", "tell me more"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.understanding.bare import complete_bare, find_bare_question
from assistant.understanding.history import first_sentence
from assistant.understanding.leaning import drop_opening
from assistant.understanding.parallels import choose_parallel, names_people
from assistant.understanding.phrases import find_phrases
from assistant.understanding.words import (
    AUXILIARIES,
    FUNCTION_WORDS,
    PREPOSITIONS,
    QUESTION_WORDS,
    is_noun_like,
    tokenize,
)

if TYPE_CHECKING:
    from assistant.understanding.history import Exchange
    from assistant.understanding.parallels import Likeness

_LINK = r"^(?:and |but |so |or )*"
_ABOUT = re.compile(
    _LINK + r"(?:what|how) (?:about|of) (?P<rest>.+?)\s*\??$|"
    r"^(?:and|but|or|also)\b[ ,]+(?P<rest2>.+?)\s*\??$",
    re.IGNORECASE,
)
_WHY = re.compile(
    _LINK + r"(?:why|how come)(?: (?:not|so|is that|is this|exactly|though))?"
    r"(?P<rest>(?: (?:in|at|on|for|with|during|before|after)\b.*?)?)\W*$",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:why|how come) not\b", re.IGNORECASE)
_CLAUSE = re.compile(
    _LINK + rf"(?P<rest>(?:if|when|while) (?!(?:{'|'.join(sorted(AUXILIARIES))})\b)\w+ .+?)\W*$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    rf",|\b(?:{'|'.join(sorted(AUXILIARIES))}) (?:i|you|we|they|he|she|it|the|my|this|that)\b"
    rf"|\b(?:{'|'.join(sorted(QUESTION_WORDS - {'when'}))})\b",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"^(?:no|sorry|well|oh|actually|but)*\W*i (?:mean|meant) (?P<rest>.+?)"
    r"(?:,? (?:not|instead of|rather than) .+?)?\W*$",
    re.IGNORECASE,
)
_HOW = re.compile(
    _LINK + r"how(?: so| exactly| (?:does|do|did|can|would) (?:that|this|it) "
    r"(?:work|happen|function|go|come about))?\W*$",
    re.IGNORECASE,
)
_IT = re.compile(r"\bit (?:work|function)\b", re.IGNORECASE)
_SAME = re.compile(
    _LINK + r"(?:is|are|does|would) (?:it|that|this|they)(?: be)?"
    r" (?:the )?(?:same|different|apply|true|valid|similar|also true)(?: thing)?"
    r"(?P<rest>(?: (?:for|in|with|to|during|when|if)\b.*?))?\W*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:(?:can|could|would) you |please )*"
    r"(?:tell me|say|explain|give me|any|go|i want to know|know)? ?"
    r"(?:some )?(?:more|further|in more detail|elaborate|go on|continue|details?)"
    r"(?: details?| info(?:rmation)?)?(?: (?:about|on) (?:it|this|that|them|these|those))?"
    r"(?: please)?\W*$",
    re.IGNORECASE,
)
MAX_REST_WORDS = 7


def complete(question: str, last: Exchange, likeness: Likeness | None) -> str | None:
    """An elliptical question completed by the one before it, or None where it is whole."""
    stripped = question.strip()
    topic = last.topic
    if _MORE.match(stripped) and topic:
        return f"Tell me more about {topic.text}."
    why = _WHY.match(stripped)
    if why:
        negative = _NOT.search(stripped) is not None
        return _ask(f"{ask_why(last, negative=negative).rstrip('?')}{why['rest']}")
    if _HOW.match(stripped):
        return ask_how(last, of_topic=_IT.search(stripped) is not None)
    asked = find_bare_question(drop_opening(stripped))
    if asked:
        bare = complete_bare(asked, last, likeness)
        return _ask(bare) if bare else None
    clause = find_clause(stripped)
    if clause:
        return _ask(f"{last.question.rstrip('?!. ')} {clause}")
    rest = find_new_phrase(stripped)
    return transfer(rest, last, likeness) if rest else None


def find_clause(question: str) -> str:
    """The condition that a question adds to the last one, where it is nothing but that."""
    match = _CLAUSE.match(question)
    return match["rest"] if match and not _ASKS.search(match["rest"]) else ""


def transfer(rest: str, last: Exchange, likeness: Likeness | None) -> str:
    """The last question with `rest` in the place of what it stands beside.

    "for women" takes the place of "men" in "how much magnesium do men need"; "magnesium" that of
    "omega 3". Where nothing is like it, it is added.
    """
    preposition, new = split_preposition(rest)
    frame = last.question.rstrip("?!. ")
    words = new.casefold().split()
    phrases = [p for p in find_phrases(frame) if not set(p.words[:-1]) & set(words)]
    phrases = [p for p in phrases if p.key != new.casefold()]
    old = choose_parallel(new, preposition, frame, phrases, likeness)
    if old is None and preposition:
        return _ask(f"{frame} {rest}")
    if old is None:
        people = likeness is not None and names_people(new, likeness)
        return _ask(f"{frame} for {new}") if people else _ask_about(rest, last)
    before = frame[: old.start].rstrip()
    own = before.split(" ")[-1].casefold() if before else ""
    if own in QUESTION_WORDS:
        return _ask(f"what about {rest}: {frame}")
    if preposition and own in PREPOSITIONS and own != preposition:
        return _ask(f"{before.rsplit(' ', 1)[0]} {rest}{frame[old.end :]}")
    return _ask(f"{frame[: old.start]}{new}{frame[old.end :]}")


def ask_why(last: Exchange, *, negative: bool = False) -> str:
    """A bare "why?" with what it asks the reason of: the last question, as it was answered."""
    frame = last.question.rstrip("?!. ")
    words = frame.split(" ")
    if words[0].casefold() not in AUXILIARIES:
        said = first_sentence(last.answer)
        return _ask(f"why: {said}") if said else _ask(f"why: {frame}")
    negative = negative or any(
        token.lower in {"not", "no", "never", "cannot", "avoid"} or token.lower.endswith("n't")
        for token in tokenize(first_sentence(last.answer))
    )
    if negative and len(words) > 2:
        words.insert(2, "not")
    return _ask(f"why {words[0].lower()} {' '.join(words[1:])}")


def ask_how(last: Exchange, *, of_topic: bool) -> str | None:
    """A bare "how?" with what was said to happen; "how does it work?" with what it is.

    Args:
        last: the exchange before.
        of_topic: whether "it" is asked about, which is rather a thing than what was said of it.
    """
    said = first_sentence(last.answer)
    if said and not (of_topic and last.topic):
        lowered = said[0].lower() + said[1:] if said[1:2].islower() else said
        return _ask(f"how does this work: {lowered}")
    return _ask(f"how does {last.topic.text} work") if last.topic else None


def find_new_phrase(question: str) -> str:
    """What is asked about anew, where the question is nothing but that; empty where it is more."""
    same = _SAME.match(question)
    if same:
        return (same["rest"] or "").strip()
    meant = _MEANT.match(question)
    if meant:
        return _name_meant(meant["rest"])
    match = _ABOUT.match(question)
    rest = (match["rest"] or match["rest2"]) if match else question.rstrip("?!. ")
    tokens = [token for token in tokenize(rest) if token.is_word]
    words = [token.lower for token in tokens]
    if not words or len(words) > MAX_REST_WORDS:
        return ""
    if match and match["rest"]:
        return rest
    verbs = any(word in AUXILIARIES or word in QUESTION_WORDS for word in words)
    small = PREPOSITIONS | {"the", "a", "an", "my", "of"}
    names = {token.lower for token in tokens if token.text.isupper() and len(token.text) > 1}
    if verbs or not all(is_noun_like(word) or word in small | names for word in words):
        return ""
    return rest if match or words[0] in PREPOSITIONS - {"about", "like"} else ""


def _name_meant(rest: str) -> str:
    """What somebody says to have meant: "the nerve one" is the nerve."""
    words = rest.split()
    kept = words[:-1] if len(words) > 1 and words[-1].casefold() in {"one", "ones"} else words
    return " ".join(kept) if len(kept) <= MAX_REST_WORDS else ""


def split_preposition(rest: str) -> tuple[str, str]:
    """The preposition that a phrase begins with, or nothing, and the phrase without it."""
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
