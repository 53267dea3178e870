"""Accounts of the staff desk: passwords by argon2, and a lock after repeated failures."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from assistant.records.entries import ROLES, Account, Role
from assistant.records.errors import BadRecord
from assistant.records.moments import moment_now
from assistant.records.tables import ACCOUNTS, SESSIONS

if TYPE_CHECKING:
    from argon2 import PasswordHasher
    from sqlalchemy import Connection

    from assistant.records.database import Database

NAME: Final = re.compile(r"[\w.@+-]{1,80}")
MIN_PASSWORD_CHARACTERS: Final = 12
MAX_PASSWORD_CHARACTERS: Final = 200
FREE_FAILURES: Final = 5
LOCK_MINUTES: Final = 15


class Accounts:
    """Makes, changes and checks accounts. Names are compared without regard to case."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, role: str, password: str) -> None:
        """Makes an account.

        Raises:
            BadRecord: if name, role or password is not allowed, or the name is taken.
        """
        key = check_name(name)
        values = {"role": check_role(role), "password_hash": _hash(password)}
        try:
            with self._database.transaction() as connection:
                if _find(connection, key):
                    raise BadRecord(f"There is an account {key} already: take another name.")
                row = {"name": key, "created": moment_now(), "failures": 0, **values}
                connection.execute(insert(ACCOUNTS).values(**row))
        except IntegrityError:
            raise BadRecord(f"There is an account {key} already: take another name.") from None

    def change(self, name: str, *, role: str | None = None, password: str | None = None) -> None:
        """Changes role or password, and ends the account's lock and its sessions.

        Raises:
            BadRecord: if there is no such account, a value is not allowed, or the last admin would
                lose that role.
        """
        values: dict[str, Any] = {"failures": 0, "locked_until": None}
        if role is not None:
            values["role"] = check_role(role)
        if password is not None:
            values["password_hash"] = _hash(password)
        with self._database.transaction() as connection:
            account = _require(connection, name)
            if role not in {None, "admin"}:
                _keep_an_admin(connection, account)
            connection.execute(
                update(ACCOUNTS).where(ACCOUNTS.c.name == account.name).values(**values)
            )
            connection.execute(delete(SESSIONS).where(SESSIONS.c.account == account.name))

    def remove(self, name: str) -> None:
        """Removes an account and ends its sessions; raises as `change`."""
        with self._database.transaction() as connection:
            account = _require(connection, name)
            _keep_an_admin(connection, account)
            connection.execute(delete(SESSIONS).where(SESSIONS.c.account == account.name))
            connection.execute(delete(ACCOUNTS).where(ACCOUNTS.c.name == account.name))

    def all(self) -> tuple[Account, ...]:
        """All accounts, by name."""
        if not self._database.exists:
            return ()
        with self._database.transaction() as connection:
            rows = connection.execute(select(ACCOUNTS).order_by(ACCOUNTS.c.name)).mappings()
            return tuple(Account(**row) for row in rows)

    def check_password(self, name: str, password: str) -> Account | None:
        """The account, if that is its password and it is not locked.

        A name that does not exist takes as long as a wrong password. Five failures lock an
        account for 15 minutes; each further one locks it again.
        """
        with self._database.transaction() as connection:
            account = _find(connection, name.casefold())
        stored = account.password_hash if account else _decoy_hash()
        matches = _verify(stored, password[:MAX_PASSWORD_CHARACTERS])
        if account is None or (account.locked_until or "") > moment_now():
            return None
        with self._database.transaction() as connection:
            return _take_note(connection, account, matches=matches)


def check_name(name: str) -> str:
    """The name as it is stored.

    Raises:
        BadRecord: if it is not allowed.
    """
    if not NAME.fullmatch(name):
        raise BadRecord(
            f"An account cannot be called {name!r}: allowed are letters, digits and . @ + - _, "
            "80 at most."
        )
    return name.casefold()


def check_role(role: str) -> Role:
    """The role.

    Raises:
        BadRecord: if there is no such role.
    """
    for known in ROLES:
        if role == known:
            return known
    raise BadRecord(f"There is no role {role!r}: allowed are {', '.join(ROLES)}.")


def _take_note(connection: Connection, account: Account, *, matches: bool) -> Account | None:
    mine = ACCOUNTS.c.name == account.name
    if matches:
        connection.execute(update(ACCOUNTS).where(mine).values(failures=0, locked_until=None))
        return account
    # Counted in the database, so that parallel attempts cannot share one failure.
    connection.execute(update(ACCOUNTS).where(mine).values(failures=ACCOUNTS.c.failures + 1))
    connection.execute(
        update(ACCOUNTS)
        .where(mine, ACCOUNTS.c.failures >= FREE_FAILURES)
        .values(locked_until=moment_now(minutes=LOCK_MINUTES))
    )
    return None


def _find(connection: Connection, key: str) -> Account | None:
    query = select(ACCOUNTS).where(ACCOUNTS.c.name == key)
    row = connection.execute(query).mappings().one_or_none()
    return Account(**row) if row else None


def _require(connection: Connection, name: str) -> Account:
    account = _find(connection, name.casefold())
    if account is None:
        raise BadRecord(f"There is no account {name!r}: `python -m assistant account list`.")
    return account


def _keep_an_admin(connection: Connection, leaving: Account) -> None:
    query = select(ACCOUNTS.c.name).where(ACCOUNTS.c.role == "admin").with_for_update()
    if set(connection.scalars(query)) == {leaving.name}:
        raise BadRecord(f"{leaving.name} is the last admin: make another one first.")


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _decoy_hash() -> str:
    return _hasher().hash("nobody's password")


def _hash(password: str) -> str:
    if not MIN_PASSWORD_CHARACTERS <= len(password) <= MAX_PASSWORD_CHARACTERS:
        raise BadRecord(
            f"A password of {len(password)} characters was given: allowed are "
            f"{MIN_PASSWORD_CHARACTERS} to {MAX_PASSWORD_CHARACTERS}."
        )
    return _hasher().hash(password)


def _verify(stored: str, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
