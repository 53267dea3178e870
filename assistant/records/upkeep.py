"""Erases what has been kept long enough, when the web process starts and every hour after."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Final

from index.errors import GutbrainError

if TYPE_CHECKING:
    from assistant.records.records import Records

HOUR_SECONDS: Final = 60 * 60
logger = logging.getLogger(__name__)


def keep_within_retention(
    records: Records, stop: threading.Event, every_seconds: float = HOUR_SECONDS
) -> threading.Thread:
    """Starts a thread that does it until `stop` is set; a failure is logged and tried again."""

    def work() -> None:
        while True:
            try:
                records.erase_expired()
            except GutbrainError as error:
                logger.warning("What has expired could not be erased: %s", error)
            if stop.wait(every_seconds):
                return

    thread = threading.Thread(target=work, name="retention", daemon=True)
    thread.start()
    return thread
