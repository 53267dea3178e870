"""SQuAD 2.0 (half of its development set, CC BY-SA 4.0) → questions with candidate sentences."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SENTENCE_BOUNDARY = re.compile(r"(?<=[.!?])\s+(?=[\"'(\[]?[A-Z0-9])|\s+-\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate sentence for a question.

    Attributes:
        context: title, heading or neighbouring sentence, as the product gives them.
        answers: 1 where the sentence answers the question, else 0.
        span: the answer's place in the sentence in characters, where the data set says so.
    """

    context: str
    sentence: str
    answers: int
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A question with its candidates; `group` keeps what belongs together in one fold."""

    source: str
    group: str
    question: str
    examples: tuple[Example, ...] = field(default=())


def split_sentences(text: str) -> list[str]:
    """Sentences and list items of running text; good enough for training data."""
    parts = (part.strip() for part in SENTENCE_BOUNDARY.split(text))
    return [part for part in parts if len(part) > 12]


def read_squad(folder: Path) -> Iterator[Task]:
    """SQuAD 2.0: every sentence of the paragraph; where unanswerable, none answers."""
    for row in _rows(folder / "squad2_half" / "questions.jsonl"):
        title = row["title"].replace("_", " ")
        sentences = split_sentences(row["context"])
        if len(sentences) < 1:
            continue
        examples = []
        for number, sentence in enumerate(sentences):
            before = sentences[number - 1] if number else ""
            span = _find_answer(row["answers"], sentence)
            examples.append(Example(_join(title, before), sentence, int(span is not None), span))
        if row["answerable"] and not any(example.answers for example in examples):
            continue
        yield Task("squad", row["title"], row["question"], _one_answer(row, examples))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _join(*parts: str) -> str:
    return ". ".join(part.strip().rstrip(".") for part in parts if part.strip())


def _find_answer(answers: list[str], sentence: str) -> tuple[int, int] | None:
    for answer in answers:
        pattern = r"(?<!\w)" + re.escape(answer.strip()) + r"(?!\w)"
        match = re.search(pattern, sentence, re.IGNORECASE) if answer.strip() else None
        if match:
            return match.span()
    return None


def _one_answer(row: dict[str, Any], examples: list[Example]) -> tuple[Example, ...]:
    """Where the answer's words stand in several sentences, the one nearest to the question."""
    found = [example for example in examples if example.answers]
    if len(found) < 2:
        return tuple(examples)
    words = set(re.findall(r"\w+", row["question"].lower()))
    best = max(found, key=lambda e: len(words & set(re.findall(r"\w+", e.sentence.lower()))))
    return tuple(example for example in examples if not example.answers or example is best)
