"""The tables, the same on SQLite and Postgres. Moments are text (see `moments`)."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, MetaData, String, Table, Text

METADATA: Final = MetaData()
MOMENT_LENGTH: Final = 20


def _moment(name: str, *, nullable: bool = False, index: bool = False) -> Column[str]:
    return Column(name, String(MOMENT_LENGTH), nullable=nullable, index=index)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


def _text(name: str, length: int) -> Column[str]:
    return Column(name, String(length), nullable=False)


def _kept(name: str, *columns: Column[Any]) -> Table:
    """A table whose rows are looked through by their age."""
    return Table(name, METADATA, _id(), _moment("created", index=True), *columns)


def _said(name: str, *columns: Column[Any]) -> Table:
    """A table of what patients wrote, in which language."""
    return _kept(name, _text("language", 8), *columns)


ABOUT: Final = Table(
    "about", METADATA, Column("name", String(40), primary_key=True), Column("value", Text)
)

FEEDBACK: Final = _said(
    "feedback",
    _text("thumb", 4),
    Column("reason", String(40)),
    Column("comment", Text),
    Column("question", Text),
    _text("answer_kind", 20),
    Column("citations", JSON, nullable=False),
    _text("state", 20),
)

UNANSWERED: Final = _said(
    "unanswered",
    _text("channel", 20),
    Column("question", Text, nullable=False),
    _text("state", 20),
)

CONVERSATIONS: Final = _said(
    "conversations",
    _text("channel", 20),
    Column("turns", JSON, nullable=False),
    Column("digest", String(64), nullable=False, index=True),
)

ACCOUNTS: Final = Table(
    "accounts",
    METADATA,
    Column("name", String(80), primary_key=True),
    _text("role", 20),
    _text("password_hash", 200),
    _moment("created"),
    Column("failures", Integer, nullable=False),
    _moment("locked_until", nullable=True),
)

SESSIONS: Final = Table(
    "sessions",
    METADATA,
    Column("token_hash", String(64), primary_key=True),
    Column("account", ForeignKey("accounts.name", ondelete="CASCADE"), nullable=False, index=True),
    _text("form_token", 64),
    _moment("created"),
    _moment("seen"),
)

ACTIONS: Final = _kept(
    "staff_actions",
    _text("account", 80),
    _text("action", 60),
    Column("subject", String(400), nullable=False),
)

CHOICES: Final = Table(
    "choices",
    METADATA,
    Column("name", String(60), primary_key=True),
    Column("value", JSON, nullable=False),
)

ARTICLE_MARKS: Final = Table(
    "article_marks",
    METADATA,
    Column("article", String(200), primary_key=True),
    Column("practical", Boolean, nullable=False),
)
