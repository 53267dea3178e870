"""What a question may mean in its conversation: several readings, of which the library tells one.

The reading by rules alone stands first. Others put another phrase into a pronoun's place, the new
phrase into another place of an earlier question, or say of what the conversation is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

from assistant.understanding.bare import ask_of_each, complete_bare, find_bare_question
from assistant.understanding.choosing import rank_mentions
from assistant.understanding.ellipsis import find_clause, find_new_phrase, split_preposition
from assistant.understanding.filling import append_topic, fill
from assistant.understanding.leaning import drop_opening, find_slots
from assistant.understanding.parallels import names_people
from assistant.understanding.phrases import find_phrases
from assistant.understanding.rambling import shorten
from assistant.understanding.vague import is_vague
from assistant.understanding.words import DETERMINERS
from index.keyword import stem_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.understanding.history import Exchange
    from assistant.understanding.lexicon import Lexicon
    from assistant.understanding.parallels import Likeness
    from assistant.understanding.standalone import Reader, Standalone

Way = Literal["rules", "alone", "place", "added", "mention", "topic", "clause"]
WAYS: tuple[Way, ...] = get_args(Way)
MAX_MENTIONS = 3
MAX_BACK = 3
"""Exchanges that are looked back to."""
MAX_READINGS = 7


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a question.

    Attributes:
        text: the question, standing alone.
        way: how it was made: by the rules; as it was asked; the new phrase in a place of an earlier
            question or behind it; a mention in a pronoun's place; what was spoken of behind it.
        back: how many exchanges ago stood what it carries over.
        carried: what it carries over; empty for nothing.
        known: whether that is a topic of the library's titles and headings.
    """

    text: str
    way: Way
    back: int = 0
    carried: str = ""
    known: bool = False


def find_readings(
    question: str, reader: Reader, ruled: Standalone, lexicon: Lexicon
) -> tuple[Reading, ...]:
    """The readings of a question, the one by rules first.

    Args:
        question: as typed, spelling corrected.
        reader: that has taken in the conversation.
        ruled: its own reading.
        lexicon: of the library.
    """
    first = Reading(ruled.text, "rules", 0, ruled.topic or "")
    found = {_key(first.text): first}
    for reading in _make_readings(question, reader, lexicon):
        if not is_vague(reading.text, lexicon):
            found.setdefault(_key(reading.text), reading)
    return tuple(_mark_topic(reading, lexicon) for reading in found.values())[:MAX_READINGS]


def _mark_topic(reading: Reading, lexicon: Lexicon) -> Reading:
    words = [word for word in reading.carried.casefold().split() if word not in DETERMINERS]
    stems = " ".join(stem_words(" ".join(words)))
    return replace(reading, known=bool(words) and stems in lexicon.topics)


def _make_readings(question: str, reader: Reader, lexicon: Lexicon) -> Iterator[Reading]:
    shorter = shorten(question, lexicon)
    for text in shorter:
        yield Reading(text, "clause")
    if reader.last is not None:
        asked = drop_opening(shorter[0] if shorter else question)
        yield from _lean(question, asked, reader)


def _lean(question: str, asked: str, reader: Reader) -> Iterator[Reading]:
    """What a question means where it leans on the conversation."""
    yield Reading(asked, "alone")
    new, bare, clause = find_new_phrase(question), find_bare_question(asked), find_clause(question)
    recent = list(enumerate(reversed(reader.exchanges)))[:MAX_BACK]
    if bare:
        for back, exchange in recent:
            yield from _ask_bare(bare, exchange, back, reader.likeness)
    elif clause:
        for back, exchange in recent:
            frame = exchange.question.rstrip("?!. ")
            yield Reading(f"{frame} {clause}?", "added", back, frame)
    elif new:
        for back, exchange in recent:
            yield from _put_in_places(new, exchange, back, reader.likeness)
    elif find_slots(asked):
        yield from _fill_with_mentions(asked, reader)
    else:
        for back, exchange in recent:
            yield from _add_topics(asked, exchange, back)


def _ask_bare(
    bare: str, exchange: Exchange, back: int, likeness: Likeness | None
) -> Iterator[Reading]:
    """A question word alone with an earlier question, or with a phrase of it."""
    whole = complete_bare(bare, exchange, likeness)
    if whole:
        yield Reading(whole, "place", back, exchange.question.rstrip("?!. "))
    for text in ask_of_each(bare, exchange):
        yield Reading(text, "topic", back, text)


def _put_in_places(
    new: str, exchange: Exchange, back: int, likeness: Likeness | None
) -> Iterator[Reading]:
    """The new phrase in the place of each phrase of an earlier question, or behind it.

    People take the place of people only.
    """
    frame = exchange.question.rstrip("?!. ")
    preposition, phrase = split_preposition(new)
    people = likeness is not None and names_people(phrase, likeness)
    for old in find_phrases(frame):
        if people and likeness is not None and not names_people(old.key, likeness):
            continue
        before = frame[: old.start].rstrip()
        if preposition and before.casefold().endswith(f" {preposition}"):
            before = before[: -len(preposition)].rstrip()
            yield Reading(f"{before} {new}{frame[old.end :]}?", "place", back, frame)
        else:
            yield Reading(f"{before} {phrase}{frame[old.end :]}?".strip(), "place", back, frame)
    yield Reading(
        f"{frame} {preposition or ('for' if people else 'with')} {phrase}?", "added", back, frame
    )


def _fill_with_mentions(asked: str, reader: Reader) -> Iterator[Reading]:
    """What a pronoun may stand for: what is likeliest by use, and what was last asked about."""
    for slot in find_slots(asked)[:1]:
        ranked = rank_mentions(slot, asked, reader.discourse)
        topics = [e.topic.key for e in reader.exchanges[-MAX_BACK:] if e.topic]
        asked_about = [m for m in ranked if " ".join(m.words) in topics]
        for mention in dict.fromkeys(map(id, [*ranked[:MAX_MENTIONS], *asked_about])):
            chosen = next(m for m in ranked if id(m) == mention)
            back = reader.discourse.size - 1 - chosen.last_exchange
            yield Reading(fill(asked, slot, chosen), "mention", back, chosen.text)


def _add_topics(asked: str, exchange: Exchange, back: int) -> Iterator[Reading]:
    """The question with what an exchange was about behind it."""
    phrases = [phrase for phrase in find_phrases(exchange.question) if phrase.words]
    topics = [exchange.topic, *phrases[-1:]] if exchange.topic else phrases[-1:]
    held = set(asked.casefold().split())
    for topic in dict.fromkeys(topics):
        if topic and not set(topic.words) <= held:
            yield Reading(append_topic(asked, topic.text), "topic", back, topic.text)


def _key(text: str) -> str:
    return " ".join(text.casefold().strip(" ?!.").split())
