"""Syncs in the background of a process that serves readers.

Each sync is a process of its own, at low priority: reading and embedding take nothing from the
answers, and a broken file can end no more than the sync that reads it.
"""

from __future__ import annotations

import contextlib
import subprocess
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from index.errors import SettingsError
from index.sync.following import politely
from index.sync.plan import has_plan, read_plan
from index.sync.state import is_syncing, read_record
from index.sync.status import next_sync, note_failure

if TYPE_CHECKING:
    from pathlib import Path

_LOOK_SECONDS = 60.0
"""How often the file is looked at: whoever changes `library.toml` need not restart anything."""


class SyncSchedule:
    """Starts a sync of a home whenever one is due; `start` and `stop` it."""

    def __init__(self, home: Path, look_seconds: float = _LOOK_SECONDS) -> None:
        self._home = home
        self._look_seconds = look_seconds
        self._stopping = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        """Begins to look whether a sync is due."""
        self._thread.start()

    def stop(self) -> None:
        """Ends the schedule and a sync that it started; the index stays whole."""
        self._stopping.set()
        process = self._process
        if process is not None:
            with contextlib.suppress(OSError):
                process.terminate()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self.look()
            self._stopping.wait(self._look_seconds)

    def look(self) -> None:
        """Runs a sync to its end if one is due and none is running."""
        if self._is_due() and not is_syncing(self._home):
            self._sync()

    def _is_due(self) -> bool:
        if not has_plan(self._home):
            return False
        try:
            hours = read_plan(self._home).update_hours
        except SettingsError:
            return False  # `read_sync_status` tells why
        record = read_record(self._home, "status.json")
        return bool(hours) and next_sync(record, hours) <= datetime.now(UTC)

    def _sync(self) -> None:
        """Runs one sync to its end, and notes why where it could not run at all."""
        command = politely("index", "sync", "--home", str(self._home))
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own program, no word of a user's
                command,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
        except OSError as error:
            note_failure(self._home, f"The sync cannot be started ({error.strerror or error}).")
            return
        _, complaints = self._process.communicate()
        status = self._process.returncode
        self._process = None
        if status not in {0, 1} and not self._stopping.is_set():
            lines = complaints.strip().splitlines()
            reason = lines[-1] if lines else f"it ended with status {status}"
            note_failure(self._home, reason.removeprefix("Error: "))
