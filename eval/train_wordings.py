"""Teaches the assistant's reader that other words ask the same, and that one word may ask for more.

    python -m eval.train_wordings HOME=cases:LIBRARY … [--steps 260]

Starts from the shipped weights and writes them anew. Questions of `eval/training/wordings` stand
there in everyday words, and with one thing exchanged, so that their passage answers no longer. A
wording is taught from the labels, and from what the reader says of the original question: what it
knows already (Hinton et al. 2015, arXiv 1503.02531). Two libraries are kept out, and how well
their wordings are read is printed. What is written is the mean of the weights before and after,
which reads other questions better than either (Wortsman et al. 2022, arXiv 2109.01903). It is as
sure on the whole as it was, since what is said and how far is read was fitted to that. Half an hour
on one core. Needs `pip install onnx`.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from assistant.answerability.layers import read_weights
from assistant.reader.reading import WEIGHTS
from eval.train_examples import read_examples
from eval.train_network import Network
from eval.train_reader import score, take_step
from eval.train_tasks import as_task, draw

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eval.train_tasks import Task

FOLDER = Path(__file__).parent / "training" / "wordings"
KEPT_OUT = frozenset({"family", "supplements"})

FROZEN = 2
"""Lower layers that stay as they are: training costs a third less."""

STEPS, A_STEP, WARM_UP = 260, 16, 12
RATES = (5e-5, 2e-4)
"""Learning rates of the layers and of the head."""

PASSAGES = 2
"""How many passages of a question are read at a step."""

ORIGINALS = 4
"""One question as it stood comes on so many wordings, that none is forgotten."""


@dataclass(frozen=True, slots=True)
class Wordings:
    """Of one question.

    Attributes:
        same: what asks the same in other words.
        exchanged: what looks alike, and is not answered by the passage that answers the question.
    """

    same: tuple[str, ...]
    exchanged: tuple[str, ...]


def main() -> None:
    """Trains the reader further, and says before and after how it reads what is kept out."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("homes", nargs="+", metavar="HOME=cases:LIBRARY")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="where to write them")
    chosen = parser.parse_args()
    torch.manual_seed(1)
    chance = np.random.default_rng(1)
    reader = load_reader(WEIGHTS)
    known = read_wordings()
    examples = list(read_examples(chosen.homes, asked=known))
    originals: list[Task] = []
    tasks: list[Task] = []
    kept_out: list[Task] = []
    for example in examples:
        task = as_task(example)
        task = replace(task, taught=score(reader, task).astype(np.float32))
        wordings = reword(task, known[example.asked])
        if example.home in KEPT_OUT:
            kept_out.extend(wordings)
        else:
            originals.append(task)
            tasks.extend(wordings)
    print(f"{len(tasks)} wordings; of those kept out {measure(reader, kept_out)}", flush=True)
    before = {name: weight.clone() for name, weight in reader.state_dict().items()}
    train(reader, tasks, originals, chosen.steps, chance)
    after = reader.state_dict()
    reader.load_state_dict({name: torch.lerp(before[name], after[name], 0.5) for name in after})
    _hold_level(reader, originals)
    print(measure(reader, kept_out))
    reader.export(chosen.weights)


def _hold_level(reader: Network, originals: Sequence[Task]) -> None:
    """Moves all odds by one constant, so that the highest of answered questions stay as high."""
    answered = [task for task in originals if (task.labels == 1).any()]
    before = np.median([task.taught.max() for task in answered])
    after = np.median([score(reader, task).max() for task in answered])
    bias = reader.head.state_dict()["layers.3.bias"]  # shares its memory with the layer
    bias += float(before - after)


def load_reader(path: Path) -> Network:
    """The reader as it is shipped, to be trained further."""
    reader = Network(quick=True)
    reader.load_state_dict(read_weights(path, reader.state_dict()))
    return reader


def read_wordings(folder: Path = FOLDER) -> dict[str, Wordings]:
    """Questions → their wordings, of all libraries."""
    found: dict[str, Wordings] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[row["question"]] = Wordings(tuple(row["same"]), tuple(row.get("exchanged", ())))
    return found


def reword(task: Task, wordings: Wordings) -> Iterator[Task]:
    """A question's task in other words, and without an answer where one thing is exchanged."""
    for words in wordings.same:
        yield replace(task, question=words)
    inside = task.sentences_of_passages
    answering = [n for n, own in enumerate(inside) if (task.labels[own] == 1).any()]
    if not answering:
        return
    kept = np.concatenate([inside[n] for n in answering])
    unanswered = replace(
        task,
        passages=tuple(task.passages[n] for n in answering),
        labels=np.zeros(len(kept), dtype=np.int8),
        taught=np.full(len(kept), np.nan, dtype=np.float32),
    )
    for words in wordings.exchanged:
        yield replace(unanswered, question=words)


def train(
    reader: Network,
    tasks: Sequence[Task],
    originals: Sequence[Task],
    steps: int,
    chance: np.random.Generator,
) -> None:
    """Trains in place, the rates falling to nothing."""
    reader.layers[:FROZEN].requires_grad_(requires_grad=False)
    free = [p for p in reader.layers.parameters() if p.requires_grad]
    groups = [{"params": free}, {"params": list(reader.head.parameters())}]
    optimiser = torch.optim.AdamW(groups, lr=RATES[0], weight_decay=0.03)
    reader.train()
    for step, some in enumerate(draw_steps(tasks, originals, steps, chance), start=1):
        for group, rate in zip(optimiser.param_groups, RATES, strict=True):
            group["lr"] = rate * min(1.0, step / WARM_UP) * (1 - step / (steps + 1))
        take_step(reader, some, optimiser)


def draw_steps(
    tasks: Sequence[Task], originals: Sequence[Task], steps: int, chance: np.random.Generator
) -> Iterator[list[Task]]:
    """Wordings and some originals, a few passages of each, for so many steps."""
    while steps > 0:
        among = chance.choice(len(originals), len(tasks) // ORIGINALS)
        drawn = [*tasks, *(originals[n] for n in among)]
        order = chance.permutation(len(drawn))
        for start in range(0, min(len(drawn), steps * A_STEP), A_STEP):
            some = [drawn[n] for n in order[start : start + A_STEP]]
            yield [draw(task, PASSAGES, chance) for task in some]
        steps -= -(-len(drawn) // A_STEP)


def measure(reader: Network, tasks: Sequence[Task]) -> str:
    """How many questions are told rightly from the highest odds of three passages, by 0."""
    right = {True: 0, False: 0}
    count = {True: 0, False: 0}
    for task in tasks:
        gold = bool((task.labels == 1).any())
        count[gold] += 1
        right[gold] += bool(score(reader, _first(task, 3)).max() > 0) == gold
    return f"answered {right[True]} of {count[True]}, declined {right[False]} of {count[False]}"


def _first(task: Task, count: int) -> Task:
    """A task of its first passages."""
    kept = np.concatenate(task.sentences_of_passages[:count])
    passages = task.passages[:count]
    return replace(task, passages=passages, labels=task.labels[kept], taught=task.taught[kept])


if __name__ == "__main__":
    main()
