"""What a conversation has spoken of so far: each noun phrase with where and how often it stood."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.understanding.phrases import find_phrases
from assistant.understanding.words import is_noun_like

if TYPE_CHECKING:
    from assistant.understanding.history import Exchange
    from assistant.understanding.phrases import Phrase


@dataclass(slots=True)
class Mention:
    """A noun phrase of the conversation; grows as the conversation does.

    Attributes:
        text: as it is best written.
        words: lower-cased, without an article.
        name: whether it is written as a name.
        count: how often it was mentioned.
        first_exchange: number of the exchange that first mentioned it, from 0.
        last_exchange: number of the one that last did.
        asked: how often a question mentioned it.
        in_last_question: whether the newest question did.
        in_last_answer: whether the newest answer did.
        place: share of the newest text that stood before it, 0 to 1.
        leads: whether it came first in that text.
        filled: slot kind → how often it was put into such a slot.
        filled_exchange: number of the exchange whose question it was last put into; -1 for none.
        alone: whether it was a whole turn, as a title is.
        before: the word before its newest mention.
        after: the word behind it.
    """

    text: str
    words: tuple[str, ...]
    name: bool
    count: int = 0
    first_exchange: int = 0
    last_exchange: int = 0
    asked: int = 0
    in_last_question: bool = False
    in_last_answer: bool = False
    place: float = 0.0
    leads: bool = False
    filled: dict[str, int] = field(default_factory=dict)
    filled_exchange: int = -1
    alone: bool = False
    before: str = ""
    after: str = ""


class Discourse:
    """The noun phrases of the exchanges so far."""

    def __init__(self) -> None:
        self.mentions: dict[str, Mention] = {}
        self.size = 0
        self.main_key = ""
        self.last_question = ""
        self.last_answer = ""

    def add(self, exchange: Exchange, fillings: dict[str, str]) -> None:
        """Takes in an exchange.

        Args:
            exchange: its question as understood, and the answer.
            fillings: slot kind → key of the mention that was put there.
        """
        for mention in self.mentions.values():
            mention.in_last_question = mention.in_last_answer = False
        self._take(exchange.question, asked=True)
        self._take(exchange.answer, asked=False)
        for kind, key in fillings.items():
            if key in self.mentions:
                mention = self.mentions[key]
                mention.filled[kind] = mention.filled.get(kind, 0) + 1
                mention.filled_exchange = self.size
        self.main_key = exchange.topic.key if exchange.topic else ""
        self.last_question, self.last_answer = exchange.question, exchange.answer
        self.size += 1

    def _take(self, text: str, *, asked: bool) -> None:
        for position, phrase in enumerate(find_phrases(text)):
            if not phrase.key or not any(is_noun_like(w) or phrase.name for w in phrase.words):
                continue
            mention = self.mentions.get(phrase.key)
            if mention is None:
                mention = Mention(phrase.text, phrase.words, phrase.name, first_exchange=self.size)
                self.mentions[phrase.key] = mention
            self._update(mention, phrase, text, position, asked=asked)

    def _update(
        self, mention: Mention, phrase: Phrase, text: str, position: int, *, asked: bool
    ) -> None:
        mention.count += 1
        mention.asked += asked
        mention.last_exchange = self.size
        mention.in_last_question = mention.in_last_question or asked
        mention.in_last_answer = mention.in_last_answer or not asked
        mention.place = phrase.start / max(1, len(text))
        mention.leads = position == 0
        mention.before, mention.after = phrase.before, phrase.after
        mention.name = mention.name or phrase.name
        mention.alone = mention.alone or phrase.text == text.strip(" .?!")
        sentence_case = mention.text[0].isupper() and mention.text[1:2].islower()
        if (sentence_case and phrase.text[0].islower()) or phrase.text.isupper():
            mention.text = phrase.text  # the capital was a sentence's, or the letters a short form
