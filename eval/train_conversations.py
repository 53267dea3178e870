"""Conversations whose last question a person has rewritten to stand alone, to train on.

Those of `eval/training/turns`, grown: with turns before them that have nothing to do with them,
with slips of the keyboard, after thanks, two of them in a row, and with a whole question in the
last one's place, which takes nothing along. CANARD's and those made of MedQuAD's questions join.
"""

from __future__ import annotations

import json
import random
import tomllib
from collections import defaultdict
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.understanding.medquad_talks import make_talks
from assistant.understanding.train_choice import read_dialogues
from assistant.understanding.turn_pieces import stems_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

TURNS = Path("eval/training/turns")
CASES = Path("eval/training/cases")
EXEMPLARS = Path("assistant/intents/exemplars.toml")
SMALLTALK = ("greeting", "thanks", "goodbye", "identity", "capability")
THANKS = ("thanks", "You're welcome.")
OPENINGS = (
    "something else:", "other question.", "ok thanks.", "right. now", "also", "and", "oh and",
    "one more thing:", "hi again,", "good to know.", "mange tak.",
)  # fmt: skip
LIKE = 0.85
"""Likeness of letters from which on a word typed in two ways counts as the same."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question in its conversation.

    Attributes:
        question: as asked.
        turns: before it, oldest first.
        rewrite: the question, standing alone.
        group: its library or conversation, which stays in one fold; empty to train on in each.
        weight: how much it counts.
        kind: how it was made.
    """

    question: str
    turns: tuple[str, ...]
    rewrite: str
    group: str = ""
    weight: float = 1.0
    kind: str = "written"


def read_conversations(seed: int = 7) -> list[Example]:
    """All of them, grown; those that no word of the turns tells apart are left out."""
    chance = random.Random(seed)
    smalltalk = _read_smalltalk()
    found: list[Example] = []
    for path in sorted(TURNS.glob("*.jsonl")):
        written = list(_read_written(path))
        found += _grow(written, _read_questions(path.stem), chance)
        for own in chance.sample(written, len(written) // 4):
            message = chance.choice(smalltalk)
            found.append(
                replace(own, question=message, rewrite=message, weight=0.7, kind="smalltalk")
            )
    return [*found, *_read_public()]


def label_words(roots: Iterable[str], question: str, rewrite: str) -> list[bool]:
    """For each stem that only the turns hold whether the rewrite takes it along."""
    wanted = stems_of(rewrite) - stems_of(question)
    return [_is_among(root, wanted) for root in roots]


def _is_among(own: str, wanted: Iterable[str]) -> bool:
    """Whether a stem is wanted, or one that is typed nearly like it."""
    return own in wanted or (
        len(own) > 4
        and any(len(s) > 4 and SequenceMatcher(None, own, s).ratio() >= LIKE for s in wanted)
    )


def _read_written(path: Path) -> Iterator[Example]:
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        turns = tuple(turn["content"] for turn in case["history"])
        yield Example(case["question"], turns, case["rewrite"], path.stem, 2.0)


def _read_smalltalk() -> list[str]:
    """Messages that take nothing along."""
    exemplars = tomllib.loads(EXEMPLARS.read_text(encoding="utf-8"))
    return [message for kind in SMALLTALK for message in exemplars[kind]]


def _read_questions(library: str) -> list[str]:
    """Whole questions on a library."""
    lines = [
        json.loads(line)
        for path in sorted((CASES / library).glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [line["question"] for line in lines if line["tags"][0] in {"clean", "informal"}]


def _grow(
    written: Sequence[Example], questions: Sequence[str], chance: random.Random
) -> Iterator[Example]:
    """Each example with its variants."""
    following = defaultdict(list)
    for own in written:
        following[own.turns[-2]].append(own)
    for own in written:
        other = chance.choice(written)
        yield own
        yield replace(own, turns=other.turns[:2] + own.turns, weight=1.0)
        if chance.random() < 0.5:
            yield replace(own, question=slip(own.question, chance), weight=0.7)
        if chance.random() < 0.3:
            yield replace(own, turns=own.turns + THANKS, weight=0.7)
        for later in following[own.rewrite.rstrip("?")] + following[own.rewrite]:
            turns = (*own.turns, own.question, later.turns[-1])
            yield replace(later, turns=turns, weight=1.5)
        if questions:
            yield from _turn_away(own, chance.choice(questions), other.turns[-1], chance)


def _turn_away(own: Example, whole: str, answer: str, chance: random.Random) -> Iterator[Example]:
    """A whole question after an example's turns, and one after its question, too."""
    opening = chance.choice(OPENINGS) + " " if chance.random() < 0.35 else ""
    yield replace(own, question=opening + whole, rewrite=whole, weight=1.0, kind="switch")
    if chance.random() < 0.6:
        yield replace(
            own,
            question=whole,
            rewrite=whole,
            turns=(*own.turns, own.question, answer),
            weight=1.0,
            kind="switch",
        )


def slip(text: str, chance: random.Random) -> str:
    """A text with some letters of its longer words swapped, lost or doubled."""
    words = text.split(" ")
    for place, word in enumerate(words):
        if len(word) > 4 and chance.random() < 0.3:
            at = chance.randrange(1, len(word) - 2)
            before, letter, after = word[:at], word[at], word[at + 1 :]
            swapped, doubled = after[0] + letter + after[1:], letter * 2 + after
            words[place] = before + chance.choice((swapped, after, doubled))
    return " ".join(words)


def _read_public() -> Iterator[Example]:
    """CANARD's turns, with and without the title of what they are about, and MedQuAD's."""
    for dialogue in read_dialogues():
        for turn in dialogue:
            titled = (*turn["topic"], *turn["history"])
            group = turn["dialog_id"]
            asked, rewrite = turn["question"], turn["rewrite"]
            yield Example(asked, titled, rewrite, group, 0.7, "titled")
            if turn["history"]:
                yield Example(asked, tuple(turn["history"]), rewrite, group, 0.4, "public")
    for talk in make_talks(400):
        yield from (_as_example(turn) for turn in talk if turn["history"])


def _as_example(turn: dict[str, Any]) -> Example:
    return Example(turn["question"], tuple(turn["history"]), turn["rewrite"], "", 0.3, "medquad")
