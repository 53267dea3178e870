"""All that the reader learns from, in arrays that a GPU holds whole."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

import numpy as np

from assistant.answerability.pieces import load_tokenizer
from assistant.reader.pieces import PASSAGE_PIECES, QUESTION_PIECES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from assistant.reader import Passage
    from eval.train_tasks import Task

OWN, SAME, EXCHANGED, PUBLIC = range(4)
"""Kinds of questions: of our own, other wordings of them, their near misses, and public ones."""

NO_SENTENCE = -2


@dataclass(frozen=True, slots=True)
class Lessons:
    """Questions, each with passages, and what is known of their sentences.

    Attributes:
        passages: `(p, 250) int16` pieces, of as many as `passage_lengths` says.
        passage_lengths: `(p,) int16`.
        spans: `(p, s, 2) uint8` the first piece of each sentence and the one after its last.
        questions: `(q, 48 or 128) int16` pieces, of as many as `question_lengths` says.
        question_lengths: `(q,) int16`.
        pairs: `(q, m) int32` rows of the pairs of each question, the first found first; -1 beyond.
        pair_passages: `(pairs,) int32`.
        pair_questions: `(pairs,) int32`.
        labels: `(pairs, s) int8` 1 answers, 0 does not, -1 unknown, -2 no such sentence.
        kinds: `(q,) int8`, `OWN` and so on.
        halves: `(q,) int8` 0 or 1: what one teacher learns the other is asked.
        kept_out: `(q,) bool` of libraries that nothing learns.
        originals: `(q,) int32` the question that a wording was made of; -1 for others.
    """

    passages: NDArray[np.int16]
    passage_lengths: NDArray[np.int16]
    spans: NDArray[np.uint8]
    questions: NDArray[np.int16]
    question_lengths: NDArray[np.int16]
    pairs: NDArray[np.int32]
    pair_passages: NDArray[np.int32]
    pair_questions: NDArray[np.int32]
    labels: NDArray[np.int8]
    kinds: NDArray[np.int8]
    halves: NDArray[np.int8]
    kept_out: NDArray[np.bool_]
    originals: NDArray[np.int32]

    def save(self, path: Path) -> None:
        """Writes all arrays into one file."""
        arrays = {one.name: getattr(self, one.name) for one in fields(self)}
        np.savez_compressed(path, **arrays)

    @classmethod
    def load(cls, path: Path) -> Lessons:
        """What `save` wrote."""
        with np.load(path) as file:
            return cls(**{one.name: file[one.name] for one in fields(cls)})


@dataclass(slots=True)
class LessonsWriter:
    """Takes questions one by one; a passage that several have is kept once.

    Attributes:
        most: how many pieces of a question are read.
    """

    most: int = QUESTION_PIECES
    _passages: dict[Passage, int] = field(default_factory=dict)
    _pieces: list[list[int]] = field(default_factory=list)
    _spans: list[list[tuple[int, int]]] = field(default_factory=list)
    _questions: list[list[int]] = field(default_factory=list)
    _pairs: list[list[int]] = field(default_factory=list)
    _of_pairs: list[tuple[int, int]] = field(default_factory=list)
    _labels: list[list[int]] = field(default_factory=list)
    _told: list[tuple[int, int, bool, int]] = field(default_factory=list)

    def add(
        self, task: Task, kind: int, half: int, *, kept_out: bool = False, original: int = -1
    ) -> int:
        """Adds a question; its number."""
        number = len(self._questions)
        encoded = load_tokenizer().encode(task.question, add_special_tokens=False)
        self._questions.append(encoded.ids[: self.most])
        self._told.append((kind, half, kept_out, original))
        own: list[int] = []
        for passage, inside in zip(task.passages, task.sentences_of_passages, strict=True):
            place = self._place(passage)
            read = [end > start for start, end in self._spans[place]]
            own.append(len(self._of_pairs))
            self._of_pairs.append((place, number))
            self._labels.append(
                [
                    int(label) if seen else NO_SENTENCE
                    for label, seen in zip(task.labels[inside], read, strict=True)
                ]
            )
        self._pairs.append(own)
        return number

    def finish(self) -> Lessons:
        """All that was added."""
        kinds, halves, kept_out, originals = (
            np.array(column) for column in zip(*self._told, strict=True)
        )
        most = max(map(len, self._spans))
        spans = np.zeros((len(self._spans), most, 2), dtype=np.uint8)
        for row, own in enumerate(self._spans):
            spans[row, : len(own)] = own
        of_pairs = np.array(self._of_pairs, dtype=np.int32)
        return Lessons(
            passages=_fill(self._pieces, PASSAGE_PIECES, 0).astype(np.int16),
            passage_lengths=np.array([len(own) for own in self._pieces], dtype=np.int16),
            spans=spans,
            questions=_fill(self._questions, self.most, 0).astype(np.int16),
            question_lengths=np.array([len(own) for own in self._questions], dtype=np.int16),
            pairs=_fill(self._pairs, max(map(len, self._pairs)), -1),
            pair_passages=of_pairs[:, 0],
            pair_questions=of_pairs[:, 1],
            labels=_fill(self._labels, most, NO_SENTENCE).astype(np.int8),
            kinds=kinds.astype(np.int8),
            halves=halves.astype(np.int8),
            kept_out=kept_out.astype(np.bool_),
            originals=originals.astype(np.int32),
        )

    def _place(self, passage: Passage) -> int:
        """The number of a passage, cut into pieces when it is met first."""
        if passage not in self._passages:
            self._passages[passage] = len(self._pieces)
            encoding = load_tokenizer().encode(passage.text, add_special_tokens=False)
            offsets = np.array(encoding.offsets[:PASSAGE_PIECES]).reshape(-1, 2)
            self._pieces.append(encoding.ids[:PASSAGE_PIECES])
            self._spans.append([_find(offsets, *span) for span in passage.sentences])
        return self._passages[passage]


def _find(offsets: NDArray[np.int64], start: int, end: int) -> tuple[int, int]:
    """The pieces of a sentence; (0, 0) where it stands beyond what is read."""
    inside = np.flatnonzero((offsets[:, 1] > start) & (offsets[:, 0] < end))
    return (int(inside[0]), int(inside[-1]) + 1) if len(inside) else (0, 0)


def _fill(rows: Iterable[Sequence[int]], width: int, beyond: int) -> NDArray[np.int32]:
    """Rows of any length → one array."""
    listed = list(rows)
    filled = np.full((len(listed), width), beyond, dtype=np.int32)
    for number, row in enumerate(listed):
        filled[number, : len(row)] = row
    return filled
