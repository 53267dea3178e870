"""Single exemplars put one behind another: dangers after harmless talk, before it, or again.

They give the network for conversations the breadth of all exemplars. A danger stays whatever
harmless messages come after it, and counts though another one has ended; what ends it is learnt
from conversations that were written.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assistant.triage.conversation import final_question
from assistant.triage.exemplars import TurnExemplar

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from assistant.triage.exemplars import Exemplar
    from assistant.triage.records import Urgency

SHARES: Final = {"en": 0.5, "da": 0.25, "sv": 0.25}

DANGERS_LAST: Final = {"emergency": 900, "crisis": 800, "urgent": 900}
DANGERS_FIRST: Final = {"emergency": 800, "crisis": 700, "urgent": 700}
DANGERS_AGAIN: Final = {"emergency": 700, "crisis": 600, "urgent": 500}
HARD_LAST, HARD_FIRST, ORDINARY_LAST = 1500, 1500, 4000
"""How many chains there are, in all languages together."""

FEW, MANY, LONG = 3, 14, 0.3
"""Harmless messages beside the one that counts: up to a few, or up to many in a share of chains."""

LONGEST_FILLER: Final = 140
ASKED_BACK = 0.3
"""How many harmless messages behind others answer a question of the assistant."""

ANSWERED = 3000
"""How many chains end with a plain yes or no to a question that the assistant asks back."""

QUESTIONS = Path(__file__).parent / "exemplars" / "questions"

Chain = tuple[TurnExemplar, str | None]
Turns = list[tuple[str, str]]


def chain_messages(
    exemplars: Sequence[Exemplar], conversations: Sequence[TurnExemplar], chance: random.Random
) -> Iterator[Chain]:
    """Chains, each with the topic or the kind of what it is about, where that is known.

    Args:
        exemplars: single messages.
        conversations: those that ended are gone on with; questions of the assistant are theirs.
        chance: what is drawn.
    """
    for language, share in SHARES.items():
        ours = [one for one in exemplars if one.language == language]
        talks = [one for one in conversations if one.language == language]
        chained = _Chainer(ours, talks, chance)

        def draw(ours: Sequence[Exemplar], most: int, share: float = share) -> Sequence[Exemplar]:
            return chance.sample(list(ours), min(int(most * share), len(ours)))

        for level, most in DANGERS_LAST.items():
            yield from map(chained.end, draw([o for o in ours if o.urgency == level], most))
        for level, most in DANGERS_FIRST.items():
            yield from map(chained.begin, draw([o for o in ours if o.urgency == level], most))
        for level, most in DANGERS_AGAIN.items():
            yield from map(chained.go_on, draw([o for o in ours if o.urgency == level], most))
        harmless = [one for one in ours if one.urgency == "none"]
        hard = [one for one in harmless if one.kind != "ordinary"]
        yield from map(chained.end, draw(hard, HARD_LAST))
        yield from map(chained.begin, draw(hard, HARD_FIRST))
        ordinary = [one for one in harmless if one.kind == "ordinary"]
        yield from map(chained.end, draw(ordinary, ORDINARY_LAST))
        asked = load_questions(language)
        yield from (chained.answer(chance.choice(asked)) for _ in range(int(ANSWERED * share)))


@dataclass(frozen=True, slots=True)
class AskedBack:
    """A question, plain answers to it, and the level that they leave the conversation at."""

    question: str
    answers: Sequence[str]
    urgency: Urgency


def load_questions(language: str) -> list[AskedBack]:
    """The questions on dangers in a language, each once for yes and once for no."""
    plain = tomllib.loads((QUESTIONS / "answers.toml").read_text(encoding="utf-8"))[language]
    lines = (QUESTIONS / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [
        AskedBack(row["question"], plain[said], row[said]) for row in rows for said in ("yes", "no")
    ]


class _Chainer:
    """Makes the chains of one language."""

    def __init__(
        self,
        exemplars: Sequence[Exemplar],
        conversations: Sequence[TurnExemplar],
        chance: random.Random,
    ) -> None:
        self._language, self._chance = exemplars[0].language, chance
        self._fillers = [
            one.message
            for one in exemplars
            if one.kind == "ordinary" and len(one.message) < LONGEST_FILLER
        ]
        self._ended = [
            one.turns for one in conversations if (one.kind, one.urgency) == ("over", "none")
        ]
        self._asked = [
            text
            for one in conversations
            if one.kind == "harmless"
            for role, text in one.turns
            if role == "assistant" and final_question(text)
        ]

    def end(self, one: Exemplar) -> Chain:
        """Harmless messages, and then this one."""
        return self._close(one, [*self._fill(), ("user", one.message)])

    def begin(self, one: Exemplar) -> Chain:
        """This one, and then harmless messages."""
        return self._close(one, [("user", one.message), *self._fill()])

    def go_on(self, one: Exemplar) -> Chain:
        """A danger that ended, perhaps harmless messages, and then this one."""
        between = self._fill() if self._chance.random() < 0.5 else []
        ended = self._chance.choice(self._ended)
        return self._close(one, [*ended, *between, ("user", one.message)])

    def answer(self, asked: AskedBack) -> Chain:
        """Harmless messages, the question and an answer, at times with a harmless one behind it."""
        answer = self._chance.choice(asked.answers)
        turns = [*self._fill(), ("assistant", asked.question), ("user", answer)]
        if self._chance.random() < ASKED_BACK:
            turns.append(("user", self._chance.choice(self._fillers)))
        language = self._language
        return TurnExemplar(language, "answer", tuple(turns), asked.urgency), None

    def _fill(self) -> Turns:
        most = MANY if self._chance.random() < LONG else FEW
        turns: Turns = []
        for text in self._chance.choices(self._fillers, k=self._chance.randint(1, most)):
            if self._chance.random() < ASKED_BACK:
                turns.append(("assistant", self._chance.choice(self._asked)))
            turns.append(("user", text))
        return turns

    @staticmethod
    def _close(one: Exemplar, turns: Turns) -> Chain:
        label = one.topic if one.urgency != "none" else one.kind
        return TurnExemplar(one.language, "chain", tuple(turns), one.urgency), label
