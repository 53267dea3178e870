"""Where look-ups are kept: one JSON file in the home, replaced whole."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING

from index.errors import CorruptHome, HomeUnwritable
from index.lookups.records import Lookups, Suggestion, Work

if TYPE_CHECKING:
    from pathlib import Path

NOTEBOOK_FILE = "lookups.json"


def read_notebook(home: Path) -> Lookups:
    """What was found out so far; nothing for a home that never asked.

    Raises:
        CorruptHome: if the file cannot be read.
    """
    path = home / NOTEBOOK_FILE
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return Lookups(
            works={
                key: Work(**{**row, "types": tuple(row["types"])})
                for key, row in record["works"].items()
            },
            suggestions={key: Suggestion(**row) for key, row in record["suggestions"].items()},
            links={key: (int(status), str(day)) for key, (status, day) in record["links"].items()},
        )
    except (FileNotFoundError, NotADirectoryError):
        return Lookups()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorruptHome(
            f"{path} cannot be read: delete it, and run `python -m index audit --online` again."
        ) from error


def write_notebook(home: Path, lookups: Lookups) -> None:
    """Replaces what was found out.

    Raises:
        HomeUnwritable: if the file cannot be written.
    """
    path = home / NOTEBOOK_FILE
    draft = path.with_suffix(f".{os.getpid()}.new")
    text = json.dumps(asdict(lookups), ensure_ascii=False, indent=1, sort_keys=True)
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise HomeUnwritable(
            f"{path} cannot be written ({error.strerror or error}): give this user the right to "
            "write to the home."
        ) from error


def stamp_notebook(home: Path) -> int:
    """A number that changes when the notebook is replaced; 0 without one."""
    try:
        return (home / NOTEBOOK_FILE).stat().st_mtime_ns
    except OSError:
        return 0
