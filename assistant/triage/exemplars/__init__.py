"""Messages that triage is trained on, written for this project; see docs/triage.md.

One JSON object a line: id, group (paraphrases and translations of one seed share it), language,
urgency, topic, kind (danger, figure, negated, past, information, fiction, lookalike, ordinary),
message, and history where the message belongs to a conversation.
"""

import json
from dataclasses import dataclass
from importlib.resources import files

from assistant.triage.records import URGENCIES, Urgency


@dataclass(frozen=True, slots=True)
class Exemplar:
    """One message with its label."""

    id: str
    group: str
    language: str
    urgency: Urgency
    topic: str
    kind: str
    message: str
    history: tuple[dict[str, str], ...] = ()


def load_exemplars() -> list[Exemplar]:
    """Reads every packaged exemplar, files and lines in order.

    Raises:
        ValueError: A line has an urgency that does not exist.
    """
    folder = files("assistant.triage.exemplars")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".jsonl"))
    return [
        _read(json.loads(line))
        for name in names
        for line in folder.joinpath(name).read_text(encoding="utf-8").splitlines()
    ]


def _read(row: dict[str, object]) -> Exemplar:
    if row["urgency"] not in URGENCIES:
        raise ValueError(f"exemplar {row['id']!r} has an urgency that is not one of {URGENCIES}")
    history = row.pop("history", [])
    return Exemplar(history=tuple(history), **row)  # type: ignore[arg-type]
