"""What is kept, as frozen records: the rows of the tables of the same name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Thumb = Literal["up", "down"]
State = Literal["new", "article_needed", "answered", "ignored"]
Role = Literal["staff", "editor", "admin"]
STATES: tuple[State, ...] = get_args(State)
ROLES: tuple[Role, ...] = get_args(Role)
"""From the least to the most that a person may do."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A sentence that an answer cited: `article_text[start:end]` as the article was then.

    Attributes:
        quote: its words, which stay when the article changes; empty in rows of older versions.
        dated: the article's date then, ISO 8601; empty where it had none.
    """

    article_id: str
    start: int
    end: int
    quote: str = ""
    dated: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a patient said about an answer.

    Attributes:
        comment, question: redacted; None without the patient's consent.
    """

    id: int
    created: str
    language: str
    thumb: Thumb
    reason: str | None
    comment: str | None
    question: str | None
    answer_kind: str
    citations: tuple[Citation, ...]
    state: State


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question, redacted, that the library did not answer."""

    id: int
    created: str
    language: str
    channel: str
    question: str
    state: State


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation, redacted: role and words of each turn, oldest first."""

    id: int
    created: str
    language: str
    channel: str
    turns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Account:
    """A member of staff.

    Attributes:
        failures: wrong passwords since the last right one.
        locked_until: until when no password is tried.
    """

    name: str
    role: Role
    password_hash: str
    created: str
    failures: int
    locked_until: str | None


@dataclass(frozen=True, slots=True)
class Session:
    """A login: which account, since when, and when it was used last.

    Attributes:
        form_token: what every form of this session must carry.
    """

    account: str
    form_token: str
    created: str
    seen: str


@dataclass(frozen=True, slots=True)
class StaffAction:
    """Who did what to what, and when. Never a patient's words."""

    id: int
    created: str
    account: str
    action: str
    subject: str
