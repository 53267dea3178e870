"""Logins: an opaque random token in the browser, its hash and all else here."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, or_, select, update

from assistant.records.entries import Account, Session
from assistant.records.moments import moment_now
from assistant.records.tables import ACCOUNTS, SESSIONS

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from assistant.records.database import Database
    from assistant.settings import Settings


class Sessions:
    """Begins, finds and ends sessions; one that is too old or idle too long is none."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._hours = settings.session_hours
        self._idle_minutes = settings.session_idle_minutes

    def begin(self, account: str) -> str:
        """Begins a session; gives the token, which is stored nowhere."""
        token, now = secrets.token_urlsafe(32), moment_now()
        values = {
            "token_hash": hash_token(token),
            "account": account,
            "form_token": secrets.token_urlsafe(32),
            "created": now,
            "seen": now,
        }
        with self._database.transaction() as connection:
            connection.execute(insert(SESSIONS).values(**values))
        return token

    def find(self, token: str) -> tuple[Session, Account] | None:
        """The session of a token and its account as it is now; notes that it was used."""
        if not token or not self._database.exists:
            return None
        mine = SESSIONS.c.token_hash == hash_token(token)
        with self._database.transaction() as connection:
            query = select(SESSIONS).where(mine, ~self._expired())
            row = connection.execute(query).mappings().one_or_none()
            if row is None:
                return None
            session = Session(**{key: row[key] for key in Session.__slots__})
            query = select(ACCOUNTS).where(ACCOUNTS.c.name == session.account)
            account = Account(**connection.execute(query).mappings().one())
            # Once a minute is enough, and spares a write for every click.
            if session.seen < moment_now(minutes=-1):
                connection.execute(update(SESSIONS).where(mine).values(seen=moment_now()))
        return session, account

    def end(self, token: str) -> None:
        """Ends the session of a token."""
        with self._database.transaction() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.token_hash == hash_token(token)))

    def expire(self) -> int:
        """Erases the sessions that no longer hold; gives how many went."""
        if not self._database.exists:
            return 0
        with self._database.transaction() as connection:
            return connection.execute(delete(SESSIONS).where(self._expired())).rowcount

    def _expired(self) -> ColumnElement[bool]:
        return or_(
            SESSIONS.c.created < moment_now(hours=-self._hours),
            SESSIONS.c.seen < moment_now(minutes=-self._idle_minutes),
        )


def hash_token(token: str) -> str:
    """What is stored of a token. It is random, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()
