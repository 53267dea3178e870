"""What goes into triage and what comes out: turns, levels, and the result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

Urgency: TypeAlias = Literal["none", "urgent", "crisis", "emergency"]
Language: TypeAlias = Literal["en", "da", "sv"]
FloatArray: TypeAlias = npt.NDArray[np.float32]

URGENCIES: tuple[Urgency, ...] = ("none", "urgent", "crisis", "emergency")


class TurnRecord(Protocol):
    """A turn of the conversation as the rest of the program holds it."""

    @property
    def role(self) -> str:
        """`user` or `assistant`."""

    @property
    def content(self) -> str:
        """What was said."""


Turn: TypeAlias = TurnRecord | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TriageResult:
    """How urgent a conversation is, and why.

    Attributes:
        urgency: The level that the program acts on.
        topic: What it is about, such as `heart`; `information` for a general question on a
            danger (urgency `none`, a quiet notice fits); empty for anything ordinary.
        probability: How sure it is that the message is dangerous at all, 0 to 1.
        rules: Ids of the rules that held, for reports; empty when the classifier decided alone.
        language: The language that the message was read in.
        carried: True when an earlier turn, not this message, sets the level.
        over: True when the message says that an emergency or a crisis is over.
    """

    urgency: Urgency
    topic: str
    probability: float
    rules: tuple[str, ...]
    language: Language
    carried: bool = False
    over: bool = False


def split_turns(history: Sequence[Turn]) -> list[tuple[str, str]]:
    """Gives (role, content) of every turn, whatever kind of record holds it."""
    return [
        (turn["role"], turn["content"]) if isinstance(turn, Mapping) else (turn.role, turn.content)
        for turn in history
    ]
