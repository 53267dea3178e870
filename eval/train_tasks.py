"""Examples and public questions → questions with passages and labels, as a reader learns them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.ranking.model import as_passage
from assistant.reader import Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from assistant.evidence import Candidate
    from eval.train_examples import Example
    from eval.train_public import Asked


@dataclass(frozen=True, slots=True)
class Task:
    """A question, and passages with the sentences to tell apart.

    Attributes:
        question: as understood.
        passages: each with at least one sentence.
        labels: `(sentences of all passages,)` 1 answers, 0 does not, -1 unknown.
    """

    question: str
    passages: tuple[Passage, ...]
    labels: NDArray[np.int8]

    @property
    def sentences_of_passages(self) -> list[NDArray[np.intp]]:
        """Of each passage the positions of its sentences in `labels`."""
        ends = np.cumsum([len(passage.sentences) for passage in self.passages])
        return np.split(np.arange(len(self.labels)), ends[:-1])


def as_task(example: Example) -> Task:
    """All that was found for an example."""
    return as_labelled(example.words.text, example.candidates, example.labels.tolist())


def as_labelled(question: str, candidates: Sequence[Candidate], labels: Sequence[int]) -> Task:
    """A question with what was found for it and what is known of that, in the same order."""
    members = sentences_by_passage(candidates)
    known = {c.key: one for c, one in zip(candidates, labels, strict=True)}
    passages = tuple(as_passage(some) for some in members)
    return make_task(question, passages, [known[c.key] for some in members for c in some])


def as_public_task(row: Asked) -> Task:
    """A question of a public set, its sentences by passage."""
    places: dict[str, list[tuple[int, int, int]]] = {}
    for text, start, end, label in row.sentences:
        places.setdefault(text, []).append((start, end, label))
    passages = tuple(
        Passage(text, tuple((start, end) for start, end, _ in found))
        for text, found in places.items()
    )
    labels = [label for found in places.values() for *_, label in found]
    return make_task(row.question, passages, labels)


def make_task(question: str, passages: tuple[Passage, ...], labels: Iterable[int]) -> Task:
    """A task with its labels in the order of its passages' sentences."""
    return Task(question, passages, np.array(list(labels), dtype=np.int8))


def sentences_by_passage(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Candidates of the same passage together, in the order of retrieval."""
    members: dict[tuple[str, int], list[Candidate]] = {}
    for candidate in candidates:
        key = candidate.passage_key
        members.setdefault(key, []).append(candidate)
    return list(members.values())
