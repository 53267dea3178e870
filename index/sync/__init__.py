"""Keeps the library as its sources are: `library.toml` says which, `sync_library` follows them.

Knows where things come from and when they were last asked for; knows nothing of how articles are
read, cut or embedded.
"""

from index.sync.following import follow_sync
from index.sync.plan import (
    LIBRARY_FILE,
    Plan,
    PlannedSource,
    parse_plan,
    read_plan,
    write_plan,
)
from index.sync.report import SourceReport, SyncReport
from index.sync.schedule import SyncSchedule
from index.sync.status import SyncStatus, read_sync_status
from index.sync.synchronise import sync_library

__all__ = [
    "LIBRARY_FILE",
    "Plan",
    "PlannedSource",
    "SourceReport",
    "SyncReport",
    "SyncSchedule",
    "SyncStatus",
    "follow_sync",
    "parse_plan",
    "read_plan",
    "read_sync_status",
    "sync_library",
    "write_plan",
]
