"""The database: SQLite in the home, or what `GUTBRAIN_DATABASE_URL` names; made on first use.

The schema's version stands in the table `about`. An older database is brought up to date in one
transaction, step by step; a newer one is refused. The steps are few and short, so they are plain
SQLAlchemy and need no tool for migrations.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import create_engine, event, insert, select, text, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from assistant.records.errors import NewerRecords, RecordsError
from assistant.records.tables import ABOUT, METADATA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from assistant.settings import Settings

SCHEMA_VERSION: Final = 1
STEPS: dict[int, Callable[[Connection], None]] = {}
"""Version → what brings a database of that version to the next one."""
MIGRATION_LOCK: Final = 7_160_043
DRIVER: Final = "postgresql+psycopg"


class Database:
    """Transactions on the records' database."""

    def __init__(self, url: str, file: Path | None) -> None:
        """`file` is where an SQLite database lies; it is made when something is written."""
        self._url = url
        self._file = file
        self._engine: Engine | None = None
        self._opening = threading.Lock()

    @classmethod
    def of(cls, settings: Settings) -> Database:
        """The database that the settings name; nothing is opened yet.

        Raises:
            RecordsError: if the URL is not one of a database that can be used.
        """
        if settings.database_url is None:
            file = settings.home / "records.sqlite"
            return cls(f"sqlite:///{file.absolute()}", file)
        return cls(_check_url(settings.database_url), None)

    @property
    def exists(self) -> bool:
        """Whether anything can have been kept: an SQLite file that is there, or a server."""
        return self._file is None or self._file.exists()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection whose work is kept when the block ends, and undone on an error.

        Raises:
            RecordsError: if the database cannot be opened, read or written.
        """
        try:
            with self._open().begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            # Its own words could hold what was to be stored; the type alone does not.
            raise RecordsError(
                f"The records cannot be read or written ({_kind_of(error)}): see that the home has "
                "free space and can be written, or that GUTBRAIN_DATABASE_URL names a server that "
                "answers."
            ) from None

    def compact(self) -> None:
        """Gives the space of what was erased back to the disk, on SQLite."""
        if self._file is not None and self.exists:
            with self._open().connect().execution_options(isolation_level="AUTOCOMMIT") as c:
                c.execute(text("VACUUM"))

    def close(self) -> None:
        """Releases all connections."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def _open(self) -> Engine:
        with self._opening:
            if self._engine is None:
                self._engine = self._connect()
            return self._engine

    def _connect(self) -> Engine:
        if self._file is not None:
            _make_private(self._file)
        engine = create_engine(self._url, pool_pre_ping=True, hide_parameters=True)
        if self._file is not None:
            event.listen(engine, "connect", _set_up_sqlite)
        try:
            with engine.begin() as connection:
                bring_up_to_date(connection)
        except BaseException:
            engine.dispose()
            raise
        return engine


def bring_up_to_date(connection: Connection) -> None:
    """Makes the tables, or brings those of an older version to this one.

    Raises:
        NewerRecords: if a newer version of the program made them.
    """
    if connection.dialect.name == "postgresql":
        # Two processes that start at the same time wait for each other here.
        connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
    else:
        connection.execute(text("BEGIN IMMEDIATE"))
    ABOUT.create(connection, checkfirst=True)
    stored = connection.scalar(select(ABOUT.c.value).where(ABOUT.c.name == "schema"))
    if stored is None:
        METADATA.create_all(connection)
        connection.execute(insert(ABOUT).values(name="schema", value=str(SCHEMA_VERSION)))
        return
    if int(stored) > SCHEMA_VERSION:
        raise NewerRecords(
            f"The records have schema {stored}, this program knows {SCHEMA_VERSION} at most: "
            "update the program, or restore a backup."
        )
    for version in range(int(stored), SCHEMA_VERSION):
        STEPS[version](connection)
        connection.execute(
            update(ABOUT).where(ABOUT.c.name == "schema").values(value=str(version + 1))
        )


def _check_url(given: str) -> str:
    try:
        url = make_url(given)
        if url.get_backend_name() == "postgresql" and url.drivername == "postgresql":
            url = url.set(drivername=DRIVER)
        if url.drivername != DRIVER:
            raise RecordsError(
                f"GUTBRAIN_DATABASE_URL names a database of the kind {url.drivername}: needed is "
                "postgresql://USER:PASSWORD@HOST/NAME, or nothing for SQLite in the home."
            )
        url.get_dialect().import_dbapi()
    except ArgumentError:
        raise RecordsError(
            "GUTBRAIN_DATABASE_URL is no URL: needed is postgresql://USER:PASSWORD@HOST/NAME."
        ) from None
    except (ImportError, NoSuchModuleError):
        raise RecordsError(
            "Records on Postgres need a driver: pip install 'psycopg[binary]>=3.2,<4'"
        ) from None
    return url.render_as_string(hide_password=False)


def _make_private(file: Path) -> None:
    """Makes an SQLite file that its owner alone can read."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
    except OSError as error:
        raise RecordsError(
            f"The records {file} cannot be written ({error.strerror or error}): give a home that "
            "this user may write, with --home or GUTBRAIN_HOME."
        ) from error


def _set_up_sqlite(connection: Any, _: Any) -> None:
    """What SQLite is told on each connection: what is erased is overwritten on the disk, too."""
    cursor = connection.cursor()
    for pragma in ("foreign_keys = ON", "secure_delete = ON", "busy_timeout = 10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _kind_of(error: SQLAlchemyError) -> str:
    return type(getattr(error, "orig", None) or error).__name__
