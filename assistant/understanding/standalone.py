"""A question that leans on the conversation, rewritten so that it stands on its own.

Only what the question leans on is carried over: a question that is whole stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.understanding.choosing import choose
from assistant.understanding.discourse import Discourse
from assistant.understanding.ellipsis import complete
from assistant.understanding.filling import end_slot, fill, put_in_place
from assistant.understanding.focus import asks
from assistant.understanding.history import Exchange, pair_turns
from assistant.understanding.leaning import (
    drop_opening,
    find_slots,
    lacks_topic,
    names_nothing,
    turns_away,
)
from assistant.understanding.offers import take_choice, take_reply
from assistant.understanding.ordinals import fill_ordinal
from assistant.understanding.studies import name_people, point_to_source, point_to_study

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.conversation import Turn
    from assistant.understanding.discourse import Mention
    from assistant.understanding.leaning import Slot
    from assistant.understanding.parallels import Likeness

    Chooser = Callable[[Slot, str, Discourse], Mention | None]


MAX_BACK = 3
"""Exchanges that are looked back to for a list, or for a study."""


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question on its own.

    Attributes:
        text: the question as understood.
        topic: what was carried over from the conversation, or None.
        leans: whether the question needed the history.
        aside: whether it asks where something is from, so that later ones go on from before it.
        guessed: whether no form of words told what it means, only how likely phrases are meant.
        counted: whether it names what it counted in an answer: "the third one".
    """

    text: str
    topic: str | None
    leans: bool
    aside: bool = False
    guessed: bool = False
    counted: bool = False


@dataclass(slots=True)
class Reader:
    """Reads the questions of one conversation in their order."""

    chooser: Chooser = choose
    likeness: Likeness | None = None
    discourse: Discourse = field(default_factory=Discourse)
    exchanges: list[Exchange] = field(default_factory=list)
    fillings: dict[str, str] = field(default_factory=dict)

    @property
    def last(self) -> Exchange | None:
        """The newest exchange; None before the first."""
        return self.exchanges[-1] if self.exchanges else None

    def read(self, question: str) -> Standalone:
        """The next question on its own."""
        self.fillings = {}
        away = turns_away(question)
        if self.last is None or away:
            return Standalone(away or question.strip(), None, leans=False)
        asked = drop_opening(question)
        source = point_to_source(asked, self.last)
        if source:
            topic = self.last.topic
            return Standalone(source, topic.text if topic else None, leans=True, aside=True)
        replied = take_choice(asked, self.last) or take_reply(asked, self.last)
        counted = None if replied else self._count_back(asked)
        whole = (
            replied
            or counted
            or complete(question.strip(), self.last, self.likeness)
            or point_to_study(asked, self.last)
        )
        if whole:
            topic = self.last.topic
            return Standalone(
                whole, topic.text if topic else None, leans=True, counted=counted is not None
            )
        return self._fill(question.strip(), asked)

    def take(self, standalone: Standalone, answer: str, asked: str = "") -> None:
        """Takes in what was answered to the question that was read last; `asked` as it was put."""
        if standalone.aside:
            return
        exchange = Exchange.of(drop_opening(standalone.text), answer, asked)
        self.exchanges.append(exchange)
        self.discourse.add(exchange, self.fillings)

    def _count_back(self, asked: str) -> str | None:
        """An ordinal with the item that it counts, in the newest answer that has so many."""
        recent = reversed(self.exchanges[-MAX_BACK:])
        return next(filter(None, (fill_ordinal(asked, exchange) for exchange in recent)), None)

    def _fill(self, question: str, asked: str) -> Standalone:
        text, topic = asked, None
        for slot in sorted(find_slots(asked), key=lambda slot: -slot.start):
            mention = self.chooser(slot, text, self.discourse)
            if mention is not None:
                people = name_people(asked, slot, mention, self.exchanges[-MAX_BACK:])
                topic = mention.text
                text = put_in_place(text, slot, people or topic)
                self.fillings[slot.kind] = " ".join(mention.words)
        if not self.fillings and lacks_topic(asked):
            slot = end_slot(text, needed=names_nothing(asked))
            mention = self.chooser(slot, text, self.discourse)
            if mention is not None:
                text, topic = fill(text, slot, mention), mention.text
                self.fillings["end"] = " ".join(mention.words)
        if self.fillings:
            return Standalone(text, topic, leans=True, guessed=True)
        return Standalone(asked if asks(asked) else question, None, leans=False, guessed=True)


def make_standalone(
    question: str, history: Sequence[Turn], likeness: Likeness | None = None
) -> Standalone:
    """Rewrites a question so that it can be understood without the turns before it.

    Args:
        question: as typed, spelling corrected.
        history: the turns before it, oldest first.
        likeness: how alike a phrase and others are, by meaning; used for ellipses only.
    """
    return read_history(history, likeness).read(question)


def read_history(history: Sequence[Turn], likeness: Likeness | None = None) -> Reader:
    """A reader that has taken in the turns before a question, oldest first."""
    reader = Reader()
    for asked, answer in pair_turns(history):
        reader.take(reader.read(asked), answer, asked)
    reader.likeness = likeness
    return reader
