"""Trains the assistant's reader: a large network learns from the labels, the small one from both.

    python -m eval.train_reader ../shared/data TEACHER WORK HOME=NAME[,NAME…] …

TEACHER is the folder of all-mpnet-base-v2 (`eval.train_teacher` says where it comes from). Two
teachers learn one half of the libraries each and read the other half's questions: what the reader
is taught of a library comes from a teacher that has not seen it. Writes
`assistant/reader/weights.onnx`, and to WORK what two readers that have seen one half of the
libraries say of the other half's questions: `python -m eval.train_ranking` goes on from it, and
its figures are those to trust. A quarter of an hour on a data centre's GPU, days on a processor.
Needs `pip install onnx` to write the weights.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn

from assistant.reader.pieces import lay_out
from assistant.reader.reading import WEIGHTS
from eval.train_examples import read_examples
from eval.train_network import Network
from eval.train_public import read_answered, read_near_misses
from eval.train_tasks import as_public_task, as_task, draw, measure_loss
from eval.train_teacher import TeacherNetwork

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from torch import Tensor

    from eval.train_tasks import Task

    AnyNetwork = Network | TeacherNetwork

HALF = frozenset({"starter", "seeds", "neuro", "mood", "family", "food"})
"""Libraries that the second teacher and reader have not seen; the first have not the others."""

PUBLIC_AN_EPOCH = 2500
"""Public questions that stay among our own."""

OWN_PASSAGES, PUBLIC_PASSAGES = 3, 2
"""How many passages of a question are read in an epoch: for our own, as the assistant does."""


@dataclass(frozen=True, slots=True)
class Course:
    """How long and how fast a network learns.

    Attributes:
        seconds: by when the rates have fallen to nothing; on a share of an H200, see the docs.
        rates: of the layers and of the head.
        questions_a_step: read at once.
    """

    seconds: float
    rates: tuple[float, float]
    questions_a_step: int


TEACHER_PUBLIC = Course(52, (3e-5, 3e-4), 64)
TEACHER_OWN = Course(219, (3e-5, 2e-4), 48)
STUDENT_HALF = Course(145, (2e-4, 1e-3), 96)
STUDENT = Course(175, (2e-4, 1e-3), 96)


def main() -> None:
    """Trains two teachers, a reader for each half left out, and the one that is shipped."""
    torch.manual_seed(1)
    public_folder, teacher_folder, work = (Path(folder) for folder in sys.argv[1:4])
    asked = (*read_near_misses(public_folder), *read_answered(public_folder))
    public = [as_public_task(row) for row in asked]
    examples = list(read_examples(sys.argv[4:]))
    own = [as_task(example) for example in examples]
    in_half = np.array([example.home in HALF for example in examples])
    print(f"{len(public)} public questions, {len(own)} of our own", flush=True)
    for half in (True, False):
        teacher = TeacherNetwork(teacher_folder).to(_device())
        train(teacher, public, [], TEACHER_PUBLIC)
        train(teacher, _some(own, in_half != half), public, TEACHER_OWN)
        for row in np.flatnonzero(in_half == half):
            taught = score(teacher, own[row]).astype(np.float32)
            own[row] = replace(own[row], taught=taught)
    work.mkdir(parents=True, exist_ok=True)
    for half in (True, False):
        reader = Network(quick=True).to(_device())
        train(reader, _some(own, in_half != half), public, STUDENT_HALF)
        odds = {str(row): _as_if_whole(reader, own[row]) for row in np.flatnonzero(in_half == half)}
        np.savez_compressed(work / f"odds-{int(half)}.npz", **odds)  # type: ignore[arg-type]
    reader = Network(quick=True).to(_device())
    train(reader, own, public, STUDENT)
    reader.export(WEIGHTS)


def _as_if_whole(reader: Network, task: Task) -> NDArray[np.float64]:
    """What the reader that is shipped would say of a library that it has not seen, about.

    It learns from all libraries: better than a reader of half of them, worse than their teacher.
    """
    return (score(reader, task) + task.taught) / 2


def _some(tasks: Sequence[Task], chosen: NDArray[np.bool_]) -> list[Task]:
    return [task for task, use in zip(tasks, chosen, strict=True) if use]


def _device() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def train(
    network: AnyNetwork, tasks: Sequence[Task], among: Sequence[Task], course: Course
) -> None:
    """Trains in place until the time is up; of the tasks `among` some come into each epoch."""
    chance, begun, step = np.random.default_rng(1), time.monotonic(), 0
    groups = [
        {"params": network.layers.parameters(), "lr": course.rates[0]},
        {"params": network.head.parameters(), "lr": course.rates[1]},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.03)
    network.train()
    while True:
        for some in draw_epoch(tasks, among, course.questions_a_step, chance):
            left = 1 - (time.monotonic() - begun) / course.seconds
            if left <= 0:
                return
            step += 1
            for group, rate in zip(optimiser.param_groups, course.rates, strict=True):
                group["lr"] = rate * min(1.0, step / 60) * left
            take_step(network, some, optimiser)


def take_step(network: AnyNetwork, tasks: Sequence[Task], optimiser: torch.optim.Optimizer) -> None:
    """Learns from tasks, once."""
    loss = measure_loss(judge(network, tasks), tasks)
    optimiser.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()


def draw_epoch(
    tasks: Sequence[Task], among: Sequence[Task], a_step: int, chance: np.random.Generator
) -> Iterator[list[Task]]:
    """All tasks once, some passages of each; those of like length together, in any order."""
    extra = chance.choice(len(among), min(len(among), PUBLIC_AN_EPOCH), replace=False)
    drawn = [draw(task, OWN_PASSAGES if among else PUBLIC_PASSAGES, chance) for task in tasks]
    drawn += [draw(among[n], PUBLIC_PASSAGES, chance) for n in extra]
    drawn = [task for task in drawn if task.passages]
    drawn.sort(key=lambda task: max(len(passage.text) for passage in task.passages))
    starts = range(0, len(drawn), a_step)
    for start in chance.permutation(len(starts)):
        yield drawn[starts[start] : starts[start] + a_step]


def judge(network: AnyNetwork, tasks: Sequence[Task]) -> Tensor:
    """Log odds of the sentences of all passages of tasks, in their order."""
    pairs = [(task.question, passage) for task in tasks for passage in task.passages]
    pieces = lay_out(pairs)
    with torch.autocast("cuda", torch.bfloat16, enabled=torch.cuda.is_available()):
        return network.judge(pieces).float()


def score(network: AnyNetwork, task: Task) -> NDArray[np.float64]:
    """Log odds of a task's sentences, `(sentences of all passages,)`."""
    network.eval()
    with torch.inference_mode():
        odds = judge(network, [task])
    return odds.cpu().numpy().astype(np.float64)


if __name__ == "__main__":
    main()
