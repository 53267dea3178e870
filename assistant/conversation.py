"""A question with the turns before it, as every way into the assistant hands it over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from index.errors import GutbrainError

Role = Literal["user", "assistant"]
ROLES = ("user", "assistant")
Level = Literal["simple", "plain", "detailed"]
LEVELS: tuple[Level, ...] = get_args(Level)


class BadInput(GutbrainError):
    """A question or a history that cannot be answered as it is."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side said."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """A question and the turns before it, oldest first.

    Attributes:
        level: how much, and how simply, the reader wants to be told.
    """

    question: str
    history: tuple[Turn, ...] = ()
    level: Level = "plain"

    @property
    def last_said(self) -> str:
        """The words of the turn before the question; nothing where it is the first."""
        return self.history[-1].content if self.history else ""


def parse_conversation(record: object, max_characters: int) -> Conversation:
    """Checks `{"question": …, "history": [{"role": …, "content": …}, …], "level": …}`.

    Raises:
        BadInput: saying what was given and what is allowed; never the words themselves.
    """
    if not isinstance(record, Mapping):
        raise BadInput(f"Expected an object with a question, got {_name(record)}.")
    question = record.get("question")
    if not isinstance(question, str):
        raise BadInput(f"The question must be text, got {_name(question)}.")
    if not question.strip():
        raise BadInput("The question is empty: write what you would like to know.")
    if len(question) > max_characters:
        raise BadInput(
            f"The question has {len(question):,} characters, at most {max_characters:,} are "
            "allowed: shorten it to what you would like to know."
        )
    history = record.get("history") or ()
    if isinstance(history, str | bytes) or not isinstance(history, Sequence):
        raise BadInput(f"The history must be a list of turns, got {_name(history)}.")
    turns = tuple(_parse_turn(turn, position) for position, turn in enumerate(history))
    level = record.get("level") or "plain"
    if level not in LEVELS:
        raise BadInput(f"The level must be one of {', '.join(LEVELS)}.")
    return Conversation(question, turns, level)


def _parse_turn(turn: object, position: int) -> Turn:
    place = f"history[{position}]"
    if not isinstance(turn, Mapping):
        raise BadInput(f"{place} must be an object with role and content, got {_name(turn)}.")
    role, content = turn.get("role"), turn.get("content")
    if role not in ROLES:
        raise BadInput(f"{place}.role must be one of {', '.join(ROLES)}.")
    if not isinstance(content, str):
        raise BadInput(f"{place}.content must be text, got {_name(content)}.")
    return Turn(cast("Role", role), content)


def _name(value: Any) -> str:
    return "nothing" if value is None else type(value).__name__
