"""Messages that triage is trained on, written for this project; see docs/triage.md.

One JSON object a line: id, group (paraphrases and translations of one seed share it), language,
urgency, topic, kind (danger, figure, negated, past, information, fiction, lookalike, ordinary),
message, and history where the message belongs to a conversation.

`conversations/` holds whole conversations, one a line: language, kind (across, stays, over,
harmless) and turns, with the level that each turn of the person leaves the conversation at.
"""

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

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


@dataclass(frozen=True, slots=True)
class TurnExemplar:
    """A conversation up to one message of the person, with its label.

    Attributes:
        turns: `user` or `assistant` and what was said, oldest first; the last is the person's.
    """

    language: str
    kind: str
    turns: tuple[tuple[str, str], ...]
    urgency: Urgency


CONVERSATIONS = Path(__file__).parent / "conversations"
HELD_OUT_CONVERSATIONS = Path(__file__).parent / "held_out" / "conversations"


def load_conversations(folder: Path = CONVERSATIONS) -> list[TurnExemplar]:
    """Every message of the person that has turns before it, with these.

    Raises:
        ValueError: A turn has a level that does not exist.
    """
    return [
        turn
        for path in sorted(folder.glob("*.jsonl"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for turn in _read_turns(json.loads(line), f"{path.stem}, line {number}")
    ]


def _read_turns(row: dict[str, Any], where: str) -> list[TurnExemplar]:
    turns = tuple((turn["role"], turn["content"]) for turn in row["turns"])
    return [
        TurnExemplar(row["language"], row["kind"], turns[: place + 1], _check(turn["level"], where))
        for place, turn in enumerate(row["turns"])
        if place and turn["role"] == "user"
    ]


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
    _check(row["urgency"], f"exemplar {row['id']!r}")
    history = row.pop("history", [])
    return Exemplar(history=tuple(history), **row)  # type: ignore[arg-type]


def _check(urgency: object, where: str) -> Urgency:
    for one in URGENCIES:
        if urgency == one:
            return one
    raise ValueError(f"{where} has the urgency {urgency!r}, which is not one of {URGENCIES}")
