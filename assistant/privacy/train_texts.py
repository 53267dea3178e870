"""What the tagger is trained on: filled frames, and harmless text of strangers and of our own."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from assistant.privacy.name_likeness import score_name_likeness
from assistant.privacy.redaction import redact_by_rules
from assistant.privacy.train_frames import Frame, Labelled, fill_many, type_as_people
from assistant.triage.exemplars import load_exemplars

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LANGUAGE_WEIGHTS = {"en": 1.0, "da": 2.0, "sv": 2.4, "no": 2.5}
"""More English frames were written than others."""

AFTER_RULES, AMONG_OTHERS = 0.5, 0.12
"""Shares of messages that rules read first, and that stand among harmless text."""

LONGEST, SHORTEST = 300, 8
_PERSONAL = re.compile(r"\d{3}[-. ]\d{3}|@|\d{6}|P\.?O\.? Box|Street|Avenue|Ave\.|Road")
_CAPITALISED = re.compile(r"(?<=[a-zæøåäö,] )[A-ZÆØÅÄÖ][a-zæøåäö]+")


def fill_texts(
    frames: Sequence[Frame],
    harmless: Sequence[str],
    count: int,
    chance: random.Random,
    *,
    unseen: bool | None,
) -> Iterator[Labelled]:
    """`count` messages; half of them as the rules leave them, some among harmless text."""
    weighted = [
        frame for frame in frames for _ in range(round(2 * LANGUAGE_WEIGHTS[frame.language]))
    ]
    for message in fill_many(weighted, count, chance, unseen=unseen):
        left = apply_rules(message) if chance.random() < AFTER_RULES else message
        if chance.random() < AMONG_OTHERS:
            other = chance.choice(harmless) + chance.choice((" ", "\n", ". "))
            left = Labelled(other, bytes(len(other))) + left
        yield left


def apply_rules(message: Labelled) -> Labelled:
    """What the rules leave of a message: placeholders are no identifiers."""
    result = Labelled("", b"")
    position = 0
    for one in redact_by_rules(message.text).found:
        kept = Labelled(message.text[position : one.start], message.labels[position : one.start])
        placeholder = one.kind.placeholder
        result += kept + Labelled(placeholder, bytes(len(placeholder)))
        position = one.end
    return result + Labelled(message.text[position:], message.labels[position:])


def read_harmless(folder: Path, chance: random.Random) -> list[str]:
    """Questions and evidence of MedQuAD and BioASQ, and triage's exemplars, that name nobody."""
    texts = [line["text"] for line in _read_lines(folder / "medquad" / "queries.jsonl")]
    texts += [line["text"] for line in _read_lines(folder / "bioasq_train" / "snippets.jsonl")]
    for line in _read_lines(folder / "medquad" / "corpus.jsonl"):
        texts.append(chance.choice(re.split(r"(?<=[.!?])\s+", line["text"])))
    own = [one.message for one in load_exemplars() if _names_nobody(one.message)]
    kept = [text for text in texts if SHORTEST < len(text) < LONGEST and not _PERSONAL.search(text)]
    return chance.sample(kept, len(own) // 2) + own


def vary(text: str, chance: random.Random) -> Labelled:
    """A harmless text in one of the ways that people type."""
    return type_as_people(Labelled(text, bytes(len(text))), chance)


def _read_lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _names_nobody(text: str) -> bool:
    return not redact_by_rules(text).found and all(
        score_name_likeness(word.group().lower()) < -1 for word in _CAPITALISED.finditer(text)
    )
