"""A conversation as one row of pieces, for the network that judges it whole.

What the person says now stands last and on side 1; what they said before stands on side 0. Of what
the assistant said a question alone is read with which it ends, on side 1: an answer is told in an
article's words and ends with a marker, and no article may raise an alarm or end one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assistant.answerability.pieces import load_tokenizer
from assistant.triage.network import BEGINS, ENDS
from assistant.triage.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

MOST_PIECES: Final = 200
NOW_PIECES: Final = 120
EARLIER_PIECES: Final = 40
ASKED_PIECES: Final = 24

MOST_ANSWER_WORDS: Final = 10
"""A yes or no with more words than this tells for itself what it means."""

_STATED: Final = (
    (r"\b(?:are|were) you\b", "i am", "i am not"),
    (r"\b(?:do|did) you\b", "i do", "i do not"),
    (r"\bhave you\b", "i have", "i have not"),
    (r"\bhad you\b", "i had", "i had not"),
    (r"\bcan you\b", "i can", "i cannot"),
    (r"\bcould you\b", "i could", "i could not"),
    (r"\b(?:is|are) there\b", "there is", "there is no"),
    (
        r"\b(is|are|does|do|has|have|did|was|can|could|will|would) (he|she|it|they|this|that)\b",
        r"\2 \1",
        r"\2 \1 not",
    ),
    (
        r"\b(is|are|does|do|has|have|did|was|can) ((?:your|the|his|her) \w+)\b",
        r"\2 \1",
        r"\2 \1 not",
    ),
    # As Danish and Swedish ask: "think you on …".
    (r"^(\w+) you\b", r"i \1", r"i \1 not"),
    (r"^(?:and |so |but )?any\b", "there is", "there is no"),
)
_SWAPPED: Final = (("yourself", "myself"), ("yours", "mine"), ("your", "my"), ("you", "i"))


@dataclass(frozen=True, slots=True)
class LaidOut:
    """Pieces of one conversation and the side of each, `(1, n) int64`."""

    ids: NDArray[np.int64]
    sides: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Part:
    pieces: list[int]
    side: int


def final_question(said: str) -> str:
    """The question with which the assistant ends; empty where it ends otherwise."""
    told = said.rstrip()
    if not told.endswith("?"):
        return ""
    before = max(told.rfind(sign, 0, len(told) - 1) for sign in ".!?\n")
    return told[before + 1 :].strip()


def plain_answer(answer: str) -> bool | None:
    """Whether an answer, in English, is a plain yes or a plain no; None for any other."""
    if len(answer.split()) > MOST_ANSWER_WORDS:
        return None
    if pattern("no").match(answer):
        return False
    return True if pattern("yes").match(answer) else None


def as_statement(question: str, *, denied: bool) -> str:
    """What a yes, or a no, to a question says, in English; empty where it cannot be told.

    "Do you have a plan to end your life?" → "i do have a plan to end my life".
    """
    asked = question.rstrip("? ")
    for form, said, otherwise in _STATED:
        if re.search(form, asked):
            stated = re.sub(form, otherwise if denied else said, asked, count=1)
            for word, swapped in _SWAPPED:
                stated = re.sub(rf"\b{word}\b", swapped, stated)
            return stated
    return ""


def lay_out_turns(turns: Sequence[tuple[str, str]], kept: Collection[int] = ()) -> LaidOut:
    """Lays out a conversation, in English or put into it word by word.

    Where not all of it has room, what is `kept` goes first and then the newest.

    Args:
        turns: `user` or `assistant` and what was said, oldest first; the last is the person's.
        kept: places of turns that must not be left out, such as those that told of a danger.
    """
    now = _Part([*_shorten(_cut_up(turns[-1][1] or "."), NOW_PIECES), ENDS], 1)
    room = MOST_PIECES - 1 - len(now.pieces)
    before: dict[int, _Part] = {}
    for place in sorted(range(len(turns) - 1), key=lambda place: (place not in kept, -place)):
        part = _lay_out(*turns[place])
        if part and len(part.pieces) <= room:
            before[place] = part
            room -= len(part.pieces)
    parts = [_Part([BEGINS], 0), *(before[place] for place in sorted(before)), now]
    return LaidOut(
        ids=np.array([[piece for part in parts for piece in part.pieces]]),
        sides=np.array([[part.side for part in parts for _ in part.pieces]]),
    )


def _lay_out(role: str, said: str) -> _Part | None:
    if role == "user":
        return _Part([*_shorten(_cut_up(said), EARLIER_PIECES), ENDS], 0)
    asked = _cut_up(final_question(said))[-ASKED_PIECES:]
    return _Part([*asked, ENDS], 1) if asked else None


def _cut_up(text: str) -> list[int]:
    pieces: list[int] = load_tokenizer().encode(text, add_special_tokens=False).ids
    return pieces


def _shorten(pieces: list[int], most: int) -> list[int]:
    """The first and the last pieces of what is too long."""
    half = most // 2
    return pieces if len(pieces) <= most else pieces[:half] + pieces[-half:]
