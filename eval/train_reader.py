"""Trains the assistant's reader: first on public questions, then on those of `eval/training`.

    python -m eval.train_reader ../shared/data WORK HOME=NAME[,NAME…] …

Writes `assistant/reader/weights.onnx`, and to WORK what two readers that have seen one half of
the libraries say of the other half's questions: `python -m eval.train_further` and then
`python -m eval.train_ranking` go on from it, and the latter's figures are those to trust. The half
of `eval/datasets` to tune on is trained on by none here. Five minutes on a data centre's GPU, days
on a processor. Needs `pip install onnx` to write the weights.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.ranking.model import as_passage, choose_to_read, load_models
from assistant.reader import Passage
from assistant.reader.pieces import lay_out
from assistant.reader.reading import WEIGHTS
from eval.train_examples import Example, read_examples
from eval.train_network import Network
from eval.train_public import read_answered, read_near_misses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from assistant.evidence import Candidate
    from eval.train_public import Asked

NETWORK = "network.pt"
"""The network in full precision, in WORK."""

SECONDS = 150
"""For each reader; the learning rate falls to nothing by then. The shipped one had as long on a
third of an H200."""

ON_PUBLIC = 0.15
"""Share of the time that public questions alone are trained on."""

PUBLIC_AN_EPOCH = 1500
"""Public questions that stay among our own."""

RATES = (8e-5, 4e-4)
"""Learning rates of MiniLM's layers and of the head."""

QUESTIONS_A_STEP = 32
SENTENCES_A_QUESTION = 10

HALF = frozenset({"starter", "seeds", "neuro", "mood", "family", "food"})
"""Libraries that the second reader has not seen; the first has not seen the others."""


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


def main() -> None:
    """Trains a reader for each half left out, and the one that is shipped."""
    torch.manual_seed(1)
    public, work = Path(sys.argv[1]), Path(sys.argv[2])
    asked = [as_public_task(row) for row in (*read_near_misses(public), *read_answered(public))]
    examples = list(read_examples(sys.argv[3:]))
    own = [as_task(example) for example in examples]
    trained_on = [example.source != "tune" for example in examples]
    in_half = [example.home in HALF for example in examples]
    print(f"{len(asked)} public questions, {sum(trained_on)} of our own", flush=True)
    for half in (True, False):
        seen = [t for t, h, use in zip(own, in_half, trained_on, strict=True) if use and h != half]
        network = train(asked, seen)
        unseen = [i for i, h in enumerate(in_half) if h == half]
        odds = {str(i): score(network, as_whole_task(examples[i])) for i in unseen}
        work.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(work / f"odds-{int(half)}.npz", **odds)  # type: ignore[arg-type]
    network = train(asked, [task for task, use in zip(own, trained_on, strict=True) if use])
    torch.save(network.state_dict(), work / NETWORK)
    network.export(WEIGHTS)


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
    return Task(row.question, passages, np.array(labels, dtype=np.int8))


def as_task(example: Example) -> Task:
    """What is trained on of an example: what the first model chooses, and the gold it missed."""
    chosen, _ = choose_to_read(example.words, example.candidates, load_models().first)
    labels = example.labels_by_key
    missed = [c for c in example.candidates if labels[c.key] == 1 and c not in chosen]
    return make_task(example, [*chosen, *missed])


def as_whole_task(example: Example) -> Task:
    """Everything that was found for an example; `sentences_of` gives the order."""
    return make_task(example, example.candidates)


def sentences_of(example: Example) -> list[Candidate]:
    """The sentences of an example's whole task, in their order."""
    return [candidate for some in sentences_by_passage(example.candidates) for candidate in some]


def make_task(example: Example, candidates: Sequence[Candidate]) -> Task:
    """Some sentences of an example, passage by passage."""
    members = sentences_by_passage(candidates)
    labels = [example.labels_by_key[candidate.key] for some in members for candidate in some]
    passages = tuple(as_passage(some) for some in members)
    return Task(example.words.text, passages, np.array(labels, dtype=np.int8))


def sentences_by_passage(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Candidates of the same passage together, in the order of retrieval."""
    members: dict[tuple[str, int], list[Candidate]] = {}
    for candidate in candidates:
        key = candidate.entry.article.id, candidate.passage.number
        members.setdefault(key, []).append(candidate)
    return list(members.values())


@dataclass(frozen=True, slots=True)
class Teacher:
    """An optimiser of a network with its schedule."""

    network: Network
    optimiser: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LRScheduler

    @classmethod
    def of(
        cls, network: Network, rates: tuple[float, float], share: Callable[[int], float]
    ) -> Teacher:
        """Sets a network to be trained; `share` gives the part of the rates at each step."""
        groups = [
            {"params": network.layers.parameters(), "lr": rates[0]},
            {"params": network.head.parameters(), "lr": rates[1]},
        ]
        optimiser = torch.optim.AdamW(groups, weight_decay=0.03)
        network.train()
        return cls(network, optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, share))

    def take_step(self, loss: Tensor) -> None:
        """Goes one step down."""
        self.optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.schedule.step()


def train(public: Sequence[Task], own: Sequence[Task]) -> Network:
    """A network trained on public questions, then on our own with some public ones among them."""
    network = Network().to("cuda" if torch.cuda.is_available() else "cpu")
    train_on(network, public, 0, SECONDS * ON_PUBLIC, falling=False)
    train_on(network, own, PUBLIC_AN_EPOCH, SECONDS * (1 - ON_PUBLIC), falling=True, among=public)
    return network


def train_on(
    network: Network,
    tasks: Sequence[Task],
    extra: int,
    seconds: float,
    *,
    falling: bool,
    among: Sequence[Task] = (),
) -> None:
    """Trains in place until the time is up, with `extra` of the tasks `among` in each epoch."""
    chance, begun = random.Random(1), time.monotonic()

    def rate(step: int) -> float:
        left = 1 - (time.monotonic() - begun) / seconds
        return min(1.0, (step + 1) / 80) * (max(0.02, left) if falling else 1.0)

    teacher = Teacher.of(network, RATES, rate)
    while True:
        drawn = [draw(task, chance) for task in (*tasks, *chance.sample(among, extra))]
        for some in _batches([task for task in drawn if len(task.labels)], chance):
            if time.monotonic() - begun > seconds:
                return
            with torch.autocast("cuda", torch.bfloat16, enabled=torch.cuda.is_available()):
                loss = measure_loss(network, some)
            teacher.take_step(loss)


def _batches(tasks: list[Task], chance: random.Random) -> Iterator[list[Task]]:
    """Tasks of like length together, so that little is filled up, in any order."""
    tasks.sort(key=lambda task: max(len(passage.text) for passage in task.passages))
    starts = list(range(0, len(tasks), QUESTIONS_A_STEP))
    chance.shuffle(starts)
    for start in starts:
        yield tasks[start : start + QUESTIONS_A_STEP]


def draw(task: Task, chance: random.Random) -> Task:
    """Up to three sentences that answer, and of the likeliest others as many as fit."""
    gold, other = np.flatnonzero(task.labels == 1), np.flatnonzero(task.labels == 0)[:16]
    kept = chance.sample(list(gold), min(len(gold), 3))
    kept += chance.sample(list(other), min(len(other), SENTENCES_A_QUESTION - len(kept)))
    wanted, passages, labels, number = set(kept), [], [], 0
    for passage in task.passages:
        numbers = range(number, number + len(passage.sentences))
        number += len(passage.sentences)
        inside = [n for n in numbers if n in wanted]
        if inside:
            sentences = tuple(passage.sentences[n - numbers.start] for n in inside)
            passages.append(Passage(passage.text, sentences))
            labels += [task.labels[n] for n in inside]
    return Task(task.question, tuple(passages), np.array(labels, dtype=np.int8))


def measure_loss(network: Network, tasks: Sequence[Task]) -> Tensor:
    """Cross-entropy over a question's sentences and "none", and over each sentence alone."""
    odds = judge(network, tasks)
    losses, first = [], 0
    for task in tasks:
        own = odds[first : first + len(task.labels)]
        first += len(task.labels)
        labels = torch.from_numpy(task.labels.astype(np.float32)).to(own.device)
        with_none = torch.logsumexp(torch.cat([own, own.new_zeros(1)]), dim=0)
        answered = torch.logsumexp(own[labels > 0], dim=0) if labels.any() else own.new_zeros(())
        alone = functional.binary_cross_entropy_with_logits(own, labels)
        losses.append(with_none - answered + 0.3 * alone)
    return torch.stack(losses).mean()


def judge(network: Network, tasks: Sequence[Task]) -> Tensor:
    """Log odds of the sentences of all passages of tasks, in their order."""
    pairs = [(task.question, passage) for task in tasks for passage in task.passages]
    return network.judge(lay_out(pairs)).float()


def score(network: Network, task: Task) -> NDArray[np.float64]:
    """Log odds of a task's sentences, `(sentences of all passages,)`."""
    network.eval()
    with torch.inference_mode():
        odds = judge(network, [task])
    return odds.cpu().numpy().astype(np.float64)


if __name__ == "__main__":
    main()
