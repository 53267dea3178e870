"""What the tagger is trained on: filled frames, and harmless text of strangers and of our own."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.privacy.name_likeness import score_name_likeness
from assistant.privacy.redaction import redact_by_rules
from assistant.privacy.train_frames import Frame, Labelled, fill_many, type_as_people
from assistant.triage.exemplars import load_exemplars

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

LANGUAGE_WEIGHTS = {"en": 1.0, "da": 2.0, "sv": 2.4, "no": 2.5}
"""More English frames were written than others."""

AFTER_RULES, AMONG_OTHERS = 0.5, 0.12
"""Shares of messages that rules read first, and that stand among harmless text."""

LONGEST, SHORTEST = 300, 8
QUESTIONS = Path(__file__).parents[2] / "eval" / "training" / "cases"
LIBRARIES_OF_A_TERM = 4
"""A word that looks like a name and stands in questions on so many libraries is none ("kefir")."""

_PERSONAL = re.compile(r"\d{3}[-. ]\d{3}|@|\d{6}|P\.?O\.? Box|Street|Avenue|Ave\.|Road")
_WORD = re.compile(r"[^\W\d_]{2,}")
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
    """Texts that name nobody.

    Questions and evidence of MedQuAD and BioASQ, triage's exemplars, and the questions that the
    answering models are trained on.
    """
    texts = [line["text"] for line in _read_lines(folder / "medquad" / "queries.jsonl")]
    texts += [line["text"] for line in _read_lines(folder / "bioasq_train" / "snippets.jsonl")]
    for line in _read_lines(folder / "medquad" / "corpus.jsonl"):
        texts.append(chance.choice(re.split(r"(?<=[.!?])\s+", line["text"])))
    own = [one.message for one in load_exemplars() if _names_nobody(one.message)]
    own += read_questions(QUESTIONS)
    kept = [text for text in texts if SHORTEST < len(text) < LONGEST and not _PERSONAL.search(text)]
    return chance.sample(kept, len(own) // 2) + own


def read_questions(folder: Path) -> list[str]:
    """Questions on the training libraries; those that may name somebody of theirs are left out."""
    libraries = defaultdict(set)
    questions = []
    for path in sorted(folder.glob("*/*.jsonl")):
        for question in sorted({line["question"] for line in _read_lines(path)}):
            questions.append(question)
            for word in _WORD.findall(question.lower()):
                libraries[word].add(path.parent.name)
    return [
        question
        for question in questions
        if all(
            score_name_likeness(word) < 0 or len(libraries[word]) >= LIBRARIES_OF_A_TERM
            for word in _WORD.findall(question.lower())
        )
    ]


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
