"""A question with the turns before it, as every way into the assistant hands it over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from index.errors import GutbrainError

Role = Literal["user", "assistant"]
ROLES = ("user", "assistant")


class BadInput(GutbrainError):
    """A question or a history that cannot be answered as it is."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side said."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """A question and the turns before it, oldest first."""

    question: str
    history: tuple[Turn, ...] = ()


def parse_conversation(record: object, max_characters: int) -> Conversation:
    """Checks `{"question": …, "history": [{"role": …, "content": …}, …]}`.

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
    return Conversation(question, tuple(_parse_turn(turn, i) for i, turn in enumerate(history)))


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
