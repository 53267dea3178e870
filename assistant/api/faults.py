"""What is logged of a fault: its type and where it happened, never what was being said."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path


class TypeAndPlace(logging.Filter):
    """Takes the words out of an exception that a library logs: they may be a patient's."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Leaves the type of the exception and the line of code that raised it."""
        if record.exc_info:
            kind, _, place = record.exc_info
            frame = traceback.extract_tb(place)[-1:]
            at = "".join(f" at {Path(one.filename).name}:{one.lineno}" for one in frame)
            name = kind.__name__ if kind else "a fault"
            record.msg = f"{record.getMessage().strip()}: {name}{at}"
            record.args, record.exc_info, record.exc_text = (), None, None
        return True


def log_types_only(logger_name: str) -> None:
    """Has a library's logger tell types and places alone."""
    logging.getLogger(logger_name).addFilter(TypeAndPlace())
