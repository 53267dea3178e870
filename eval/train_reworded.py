"""Other words that ask the same as a training question, and near misses that look like it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "training" / "wordings"


@dataclass(frozen=True, slots=True)
class Wordings:
    """Of one question.

    Attributes:
        same: what asks the same in other words.
        exchanged: what looks alike, and is not answered by the passage that answers the question.
    """

    same: tuple[str, ...]
    exchanged: tuple[str, ...]


def read_wordings(folder: Path = FOLDER) -> dict[str, Wordings]:
    """Questions → their wordings, of all libraries."""
    found: dict[str, Wordings] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[row["question"]] = Wordings(tuple(row["same"]), tuple(row.get("exchanged", ())))
    return found
