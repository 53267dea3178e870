"""Examples and public questions → what a reader is trained on, and the loss of what it says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from assistant.ranking.model import as_passage
from assistant.reader import Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from assistant.evidence import Candidate
    from eval.train_examples import Example
    from eval.train_public import Asked

FROM_TEACHER = 0.6
"""How much the teacher's odds count, where it gave any, beside the labels."""

ALONE = 0.3
"""How much each sentence alone counts beside the choice among all and none."""


@dataclass(frozen=True, slots=True)
class Task:
    """A question, and passages with the sentences to tell apart.

    Attributes:
        question: as understood.
        passages: each with at least one sentence.
        labels: `(sentences of all passages,)` 1 answers, 0 does not, -1 unknown.
        taught: likewise, log odds by a teacher that has not seen the library; NaN without one.
    """

    question: str
    passages: tuple[Passage, ...]
    labels: NDArray[np.int8]
    taught: NDArray[np.float32]

    @property
    def sentences_of_passages(self) -> list[NDArray[np.intp]]:
        """Of each passage the positions of its sentences in `labels`."""
        ends = np.cumsum([len(passage.sentences) for passage in self.passages])
        return np.split(np.arange(len(self.labels)), ends[:-1])


def as_task(example: Example) -> Task:
    """All that was found for an example; `sentences_of` gives the order."""
    members = sentences_by_passage(example.candidates)
    labels = [example.labels_by_key[candidate.key] for some in members for candidate in some]
    passages = tuple(as_passage(some) for some in members)
    return make_task(example.words.text, passages, labels)


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
    """A task that no teacher has seen."""
    own = np.array(list(labels), dtype=np.int8)
    return Task(question, passages, own, np.full(len(own), np.nan, dtype=np.float32))


def sentences_of(example: Example) -> list[Candidate]:
    """The sentences of an example's task, in their order."""
    return [candidate for some in sentences_by_passage(example.candidates) for candidate in some]


def sentences_by_passage(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Candidates of the same passage together, in the order of retrieval."""
    members: dict[tuple[str, int], list[Candidate]] = {}
    for candidate in candidates:
        key = candidate.passage_key
        members.setdefault(key, []).append(candidate)
    return list(members.values())


def draw(task: Task, most: int, chance: np.random.Generator) -> Task:
    """Up to `most` passages: one that answers, of the others the first found most often.

    Passages of which nothing is known are drawn half of the time, where a teacher read them.
    """
    inside = task.sentences_of_passages
    with_gold = [n for n, own in enumerate(inside) if (task.labels[own] == 1).any()]
    chosen = [int(chance.choice(with_gold))] if with_gold else []
    taught = not np.isnan(task.taught).all() and chance.random() < 0.5
    others = [
        n
        for n, own in enumerate(inside)
        if n not in chosen and (taught or (task.labels[own] >= 0).any())
    ]
    if others:
        share = 1 / (np.arange(len(others)) + 1.5)
        count = min(len(others), most - len(chosen))
        drawn = chance.choice(others, count, replace=False, p=share / share.sum())
        chosen += drawn.tolist()
    kept = np.concatenate([inside[n] for n in chosen]) if chosen else np.zeros(0, dtype=np.intp)
    passages = tuple(task.passages[n] for n in chosen)
    return replace(task, passages=passages, labels=task.labels[kept], taught=task.taught[kept])


def measure_loss(odds: Tensor, tasks: Sequence[Task]) -> Tensor:
    """How far log odds of the sentences of all tasks are from labels and teacher, on average."""
    losses, first = [], 0
    for task in tasks:
        own = odds[first : first + len(task.labels)]
        first += len(task.labels)
        labels = torch.from_numpy(task.labels).to(own.device)
        loss = _from_labels(own, labels)
        taught = torch.from_numpy(task.taught).to(own.device)
        if not np.isnan(task.taught).all():
            loss = (1 - FROM_TEACHER) * loss + FROM_TEACHER * _from_teacher(own, taught)
        losses.append(loss)
    return torch.stack(losses).mean()


def _from_labels(odds: Tensor, labels: Tensor) -> Tensor:
    """Cross-entropy over the sentences that are known and "none", and over each alone."""
    known, gold = odds[labels >= 0], labels == 1
    if not len(known):
        return odds.sum() * 0
    answered = torch.logsumexp(odds[gold], dim=0) if gold.any() else odds.new_zeros(())
    alone = functional.binary_cross_entropy_with_logits(known, gold[labels >= 0].float())
    return torch.logsumexp(_with_none(known), dim=0) - answered + ALONE * alone


def _from_teacher(odds: Tensor, taught: Tensor) -> Tensor:
    """The same against the teacher's likelihoods (Hinton et al. 2015, arXiv 1503.02531)."""
    told, own = torch.log_softmax(_with_none(taught), 0), torch.log_softmax(_with_none(odds), 0)
    alone = functional.binary_cross_entropy_with_logits(odds, torch.sigmoid(taught))
    return (told.exp() * (told - own)).sum() + ALONE * alone


def _with_none(odds: Tensor) -> Tensor:
    return torch.cat([odds, odds.new_zeros(1)])
