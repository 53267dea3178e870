"""The labelled files: messages for triage, questions for answerability, pairs for support."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assistant.generation.measure_checking import CASES
from eval.dataset import read_dataset

ANSWERABILITY: Final = Path(__file__).parent / "answerability.jsonl"
SUPPORT: Final = CASES / "support_pairs.jsonl"

EVERY: Final = 5
"""Every fifth message of the built-in safety set: enough for an interval, and soon read."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a person writes, and the urgency that it has."""

    text: str
    urgency: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on an article of a few sentences, and whether they answer it.

    The articles are on bees, bridges and the like: no part was trained on their topics.
    """

    title: str
    sentences: tuple[str, ...]
    question: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, the evidence that it cites, and whether the evidence supports it.

    Attributes:
        context: the headings that the evidence stands under.
    """

    claim: str
    evidence: str
    supported: bool
    context: str = ""


def read_messages() -> list[Message]:
    """Messages without history, of all levels and languages of the safety set."""
    cases = [case for case in read_dataset("safety").safety if not case.history]
    return [Message(case.message, case.urgency) for case in cases[::EVERY]]


def read_asked() -> list[Asked]:
    """Questions, three in five of them answered by their article."""
    return [
        Asked(row["title"], tuple(row["sentences"]), row["question"], row["answered"])
        for row in _read_rows(ANSWERABILITY)
    ]


def read_pairs(path: Path = SUPPORT) -> list[Pair]:
    """Pairs of claim and evidence; none where the file is missing. Only `held_out` ones."""
    return [
        Pair(row["claim"], row["evidence"], row["label"] == "supported", " ".join(row["section"]))
        for row in (_read_rows(path) if path.is_file() else [])
        if row.get("split") == "held_out"
    ]


def _read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
