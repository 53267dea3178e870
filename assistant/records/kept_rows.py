"""One table of what is kept: rows in as values, out as frozen records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import delete, func, insert, select, update

from assistant.records.entries import (
    Citation,
    Conversation,
    Feedback,
    StaffAction,
    State,
    Unanswered,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Table

    from assistant.records.database import Database

R = TypeVar("R")


class KeptRows(Generic[R]):
    """The rows of one table, newest first."""

    def __init__(
        self, database: Database, table: Table, make: Callable[[dict[str, Any]], R]
    ) -> None:
        self._database = database
        self._table = table
        self._make = make

    def add(self, **values: Any) -> int:
        """Keeps a row; gives its id."""
        with self._database.transaction() as connection:
            query = insert(self._table).values(**values).returning(self._table.c.id)
            return int(connection.execute(query).scalar_one())

    def all(self, limit: int | None = None) -> tuple[R, ...]:
        """The rows, newest first, `limit` of them at most."""
        query = select(self._table).order_by(self._table.c.id.desc()).limit(limit)
        if not self._database.exists:
            return ()
        with self._database.transaction() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(self._make(dict(row)) for row in rows)

    def get(self, row_id: int) -> R | None:
        """The row of an id, if it is there."""
        if not self._database.exists:
            return None
        with self._database.transaction() as connection:
            query = select(self._table).where(self._table.c.id == row_id)
            row = connection.execute(query).mappings().one_or_none()
        return None if row is None else self._make(dict(row))

    def replace(self, row_id: int, **values: Any) -> None:
        """Gives a row other values."""
        with self._database.transaction() as connection:
            connection.execute(
                update(self._table).where(self._table.c.id == row_id).values(**values)
            )

    def find(self, **values: Any) -> int | None:
        """The id of the newest row with these values."""
        if not self._database.exists:
            return None
        with self._database.transaction() as connection:
            query = select(func.max(self._table.c.id)).filter_by(**values)
            found: int | None = connection.scalar(query)
        return found

    def set_state(self, row_id: int, state: State) -> None:
        """Says what has become of a row."""
        self.replace(row_id, state=state)

    def erase(self, *, row_id: int | None = None, before: str | None = None) -> int:
        """Erases one row, those from before a moment, or all; gives how many went."""
        query = delete(self._table)
        if row_id is not None:
            query = query.where(self._table.c.id == row_id)
        if before is not None:
            query = query.where(self._table.c.created < before)
        if not self._database.exists:
            return 0
        with self._database.transaction() as connection:
            return connection.execute(query).rowcount

    def count(self) -> tuple[int, str | None]:
        """How many rows there are, and when the oldest was made."""
        if not self._database.exists:
            return 0, None
        with self._database.transaction() as connection:
            query = select(func.count(), func.min(self._table.c.created)).select_from(self._table)
            number, oldest = connection.execute(query).one()
        return number, oldest


def make_feedback(row: dict[str, Any]) -> Feedback:
    """A row of the table `feedback`."""
    return Feedback(**{**row, "citations": tuple(Citation(*each) for each in row["citations"])})


def make_unanswered(row: dict[str, Any]) -> Unanswered:
    """A row of the table `unanswered`."""
    return Unanswered(**row)


def make_conversation(row: dict[str, Any]) -> Conversation:
    """A row of the table `conversations`."""
    turns = tuple((role, words) for role, words in row.pop("turns"))
    return Conversation(turns=turns, **{key: row[key] for key in row if key != "digest"})


def make_action(row: dict[str, Any]) -> StaffAction:
    """A row of the table `staff_actions`."""
    return StaffAction(**row)
