"""Trains what tells small talk from all that triage is there for.

    python -m assistant.triage.train_smalltalk

Small talk is that of `assistant/intents/exemplars.toml`, `exemplars/smalltalk_ordinary.jsonl` and
half of `exemplars/farewells.jsonl`; all else are the exemplars of triage, the gravest three times
as heavy, and each message of a person in its conversations. Reports of what is held out how much is
told, and which dangers with it: what answers a question of the assistant is never taken for small
talk, and short words behind a danger end none. Needs scikit-learn.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.intents import SMALLTALK
from assistant.intents.train_intents import HELD_OUT as INTENTS_HELD_OUT
from assistant.intents.train_intents import make_messages
from assistant.triage.classifier import load_weights
from assistant.triage.conversation import final_question
from assistant.triage.evaluate import HELD_OUT, read_cases
from assistant.triage.exemplars import (
    CONVERSATIONS,
    HELD_OUT_CONVERSATIONS,
    load_conversations,
    load_exemplars,
)
from assistant.triage.reading import Reader
from assistant.triage.smalltalk import MOST_WORDS, SURE, WEIGHTS
from assistant.triage.train import stack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from assistant.triage.exemplars import Exemplar

STRENGTH = 16.0
"""Inverse of the penalty. Of 201 messages of small talk held out .54 are told from log odds of 2
on, .40 with 4 and .26 with 1, with one danger of 2,649 in each (what follows a danger apart)."""

HARMLESS = 0.25
"""Share of the harmless exemplars that are learnt from."""

GRAVE = 3.0
"""How often an emergency or a crisis counts."""

PREFIX = "smalltalk"
SAID = SMALLTALK | {"more", "unclear"}
"""Intents of what neither tells nor asks about anything of the body."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a person wrote, and what is known of it."""

    text: str
    is_small: bool
    level: str
    asked: bool = False


def main() -> None:
    """Trains, reports and writes the weights."""
    chance = random.Random(0)
    held_out = list(_hold_out())
    texts = {one.text for one in held_out}
    learnt = [one for one in _gather(chance) if one.text not in texts]
    reader = Reader()
    rarities = load_weights(reader.rule_part_names).rarities

    def vectorise(messages: Sequence[Message]) -> object:
        return stack(reader.read_all([one.text for one in messages]), reader, rarities)

    counts = [GRAVE if one.level in {"crisis", "emergency"} else 1.0 for one in learnt]
    model = LogisticRegression(C=STRENGTH, max_iter=400)
    model.fit(vectorise(learnt), [one.is_small for one in learnt], sample_weight=counts)
    told = model.decision_function(vectorise(held_out)) >= SURE
    short = np.array([len(one.text.split()) <= MOST_WORDS for one in held_out])
    _report(held_out, told & short)
    weights = model.coef_[0].astype(np.float16)
    np.savez_compressed(WEIGHTS, weights=weights, bias=model.intercept_[0].astype(np.float32))


def _gather(chance: random.Random) -> Iterable[Message]:
    messages, intents, _ = make_messages()
    for text, intent in zip(messages, intents, strict=True):
        if intent in SAID:
            yield Message(text, is_small=True, level="none")
    yield from _label(load_exemplars(), chance)
    yield from _take_turns(CONVERSATIONS)


def _hold_out() -> Iterable[Message]:
    for line in INTENTS_HELD_OUT.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["intent"] in SAID:
            yield Message(row["text"], is_small=True, level="none")
    yield from _label(read_cases(HELD_OUT), random.Random(0))
    yield from _take_turns(HELD_OUT_CONVERSATIONS)


def _label(exemplars: Iterable[Exemplar], chance: random.Random) -> Iterable[Message]:
    for one in exemplars:
        is_small = one.id.startswith(PREFIX)
        if is_small or one.urgency != "none" or chance.random() < HARMLESS:
            yield Message(one.message, is_small, one.urgency)


def _take_turns(folder: Path) -> Iterable[Message]:
    for one in load_conversations(folder):
        (role, before), (_, text) = one.turns[-2:]
        asked = role == "assistant" and bool(final_question(before))
        yield Message(text, is_small=False, level=one.urgency, asked=asked)


def _report(messages: Sequence[Message], told: np.ndarray) -> None:
    groups = {
        "small talk": [one.is_small for one in messages],
        "dangers": [one.level != "none" and not one.asked for one in messages],
        "dangers told when asked": [one.level != "none" and one.asked for one in messages],
    }
    for name, members in groups.items():
        print(f"{name}: {int(told[members].sum())} of {sum(members)}")
    for one, is_told in zip(messages, told, strict=True):
        if is_told and one.level != "none":
            print(one.level, one.text)


if __name__ == "__main__":
    main()
