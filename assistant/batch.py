"""Batches: one JSON line in, one JSON line out, in order; a line that fails does not end it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from assistant.conversation import BadInput
from index.errors import GutbrainError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def run_batch(
    source: Path, target: Path, handle: Callable[[dict[str, Any]], dict[str, Any]]
) -> tuple[int, int]:
    """Handles every line of a file.

    Args:
        source: JSON lines, each an object with an `id`; blank lines are passed over.
        target: where the results go, a line each: the `id` and what `handle` gives, or an
            `error`.
        handle: line → result.

    Returns:
        How many lines were handled and how many of them failed.

    Raises:
        BadInput: if a file cannot be read or written.
    """
    count = failed = 0
    try:
        if target.exists() and source.samefile(target):
            raise BadInput(f"The results would overwrite the batch {source}: give another --out.")
        with source.open("rb") as lines, target.open("wb") as results:
            for line in lines:
                if not line.strip():
                    continue
                result = _handle_line(line, handle)
                count += 1
                failed += "error" in result
                results.write(_write_line(result))
                results.flush()
    except OSError as error:
        raise BadInput(
            f"The batch from {source} to {target} cannot be run ({error}): give a readable file of "
            "JSON lines in UTF-8 and a path that can be written."
        ) from error
    return count, failed


def _write_line(result: dict[str, Any]) -> bytes:
    # An id may hold half a character, which UTF-8 cannot say: it stays the escape that it was.
    text = json.dumps(result, ensure_ascii=False) + "\n"
    return text.encode("utf-8", "backslashreplace")


def _handle_line(line: bytes, handle: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {"id": None, "error": "The line is not JSON in UTF-8: write one object a line."}
    if not isinstance(record, dict):
        return {"id": None, "error": "The line is not a JSON object."}
    try:
        return {"id": record.get("id"), **handle(record)}
    except GutbrainError as error:
        return {"id": record.get("id"), "error": str(error)}
