"""Records on SQLite and, where the server's programs are installed, on a Postgres of their own."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from assistant.records import Records
from assistant.settings import Settings

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


@pytest.fixture(autouse=True)
def light_hashing(monkeypatch):
    """argon2 as ever, with parameters that do not take a third of a second for each password."""
    from argon2 import PasswordHasher

    hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr("assistant.records.accounts._hasher", lambda: hasher)


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory):
    """A new Postgres that listens on a socket in a folder alone, and is gone after the tests."""
    if not PROGRAMS:
        pytest.skip("Postgres is missing: install Debian's package postgresql")
    as_user = []
    if os.geteuid() == 0:  # Postgres does not run as root.
        as_user = ["runuser", "-u", "postgres", "--"]
    folder = Path("/tmp") / f"gutbrain-pg-{os.getpid()}"  # noqa: S108 - sockets need a short path
    folder.mkdir()
    if as_user:
        shutil.chown(folder, "postgres")

    def call(program, *arguments):
        subprocess.run(
            [*as_user, PROGRAMS[0] / program, *arguments],
            check=True,
            capture_output=True,
            cwd="/",
        )

    data = folder / "data"
    call("initdb", "-D", data, "-A", "trust", "-U", "test", "--no-sync", "-E", "UTF8")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    call("pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield f"postgresql://test@/postgres?host={folder}"
    finally:
        call("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgres"])
def settings(request, tmp_path):
    """Settings that keep everything, on an empty database."""
    given = {"home": tmp_path, "keep_feedback": True, "keep_unanswered": True}
    given["keep_conversations"] = True
    if request.param == "sqlite":
        return Settings(**given)
    url = request.getfixturevalue("postgres_url")
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return Settings(**given, database_url=url)


@pytest.fixture
def records(settings):
    records = Records(settings)
    yield records
    records.close()
