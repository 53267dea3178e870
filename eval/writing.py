"""Files that are either the old ones or the new ones, whole, whatever dies when."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from eval.errors import RunError

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_text(path: Path, text: str) -> None:
    """Writes a file in one step, its folder with it.

    Raises:
        RunError: the folder cannot be written or the disk is full; the old file stays.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise RunError(
            f"{path} cannot be written ({error.strerror}): give a folder with room that this "
            "user may write, with --out."
        ) from error


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Writes lines, each ended by a line feed; errors as `write_text`."""
    write_text(path, "".join(f"{line}\n" for line in lines))


def write_json(path: Path, record: object) -> None:
    """Writes a value as indented JSON, in the order of its keys; errors as `write_text`."""
    write_text(path, json.dumps(record, ensure_ascii=False, indent=2) + "\n")
