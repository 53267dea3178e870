"""Trains the reader further, on what it finds hard: an hour on one core.

    python -m eval.train_further WORK HOME=NAME[,NAME…] …

Goes on from the network that `eval.train_reader` left in WORK, with the same questions. A question
that was easy for the reader that has not seen its library is mostly passed over, and of the others
two passages are read: that with the answer and that which is likest to be taken for it. Writes
`assistant/reader/weights.onnx`; `eval.train_ranking` comes after it.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from assistant.reader.reading import WEIGHTS
from eval.train_examples import Example, read_examples
from eval.train_network import Network
from eval.train_ranking import load_odds
from eval.train_reader import NETWORK, Teacher, draw, make_task, measure_loss, sentences_by_passage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from assistant.evidence import Candidate
    from eval.train_reader import Task

EASY = 0.15
"""Loss below which a question teaches little."""

EASY_KEPT = 0.15
"""Share of the easy ones that stay, so that they are not unlearnt."""

RATES = (3e-5, 1.5e-4)
"""Learning rates of the layers and of the head, falling to nothing over one pass."""

QUESTIONS_A_STEP = 16
QUESTIONS_SORTED = 512
"""Within as many, questions of like length are put together."""


def main() -> None:
    """Trains, and writes the reader's weights."""
    torch.manual_seed(1)
    work, chance = Path(sys.argv[1]), random.Random(1)
    examples = list(read_examples(sys.argv[2:]))
    odds = load_odds(work, examples)
    tasks = [
        make_task(example, choose_passages(example, known))
        for example, known in zip(examples, odds, strict=True)
        if measure_surprise(example, known) > EASY or chance.random() < EASY_KEPT
    ]
    network = Network(quick=True)
    network.load_state_dict(torch.load(work / NETWORK))
    print(f"{len(tasks)} of {len(examples)} questions", flush=True)
    train_once(network, tasks, chance)
    whole = Network()
    whole.load_state_dict(network.state_dict())
    whole.export(WEIGHTS)


def choose_passages(example: Example, odds: Mapping[tuple[str, int], float]) -> list[Candidate]:
    """The sentences of two passages: the best with gold, and the likeliest without."""
    labels = example.labels_by_key

    def likeliest(members: Sequence[Candidate], label: int) -> float:
        return max((odds[c.key] for c in members if labels[c.key] == label), default=-np.inf)

    passages = sentences_by_passage(example.candidates)
    right = sorted(passages, key=lambda members: -likeliest(members, 1))
    right = [members for members in right[:1] if likeliest(members, 1) > -np.inf]
    wrong = sorted(
        (members for members in passages if members not in right),
        key=lambda members: -likeliest(members, 0),
    )
    chosen = [*right, *wrong][:2]
    return [candidate for members in chosen for candidate in members if labels[candidate.key] >= 0]


def measure_surprise(example: Example, odds: Mapping[tuple[str, int], float]) -> float:
    """The loss of a reader that has not seen the library, over the two passages."""
    chosen = choose_passages(example, odds)
    own = np.array([odds[candidate.key] for candidate in chosen])
    gold = np.array([example.labels_by_key[candidate.key] == 1 for candidate in chosen])
    return _log_sum(np.append(own, 0.0)) - (_log_sum(own[gold]) if gold.any() else 0.0)


def _log_sum(odds: NDArray[np.float64]) -> float:
    return float(np.logaddexp.reduce(odds))


def train_once(network: Network, tasks: list[Task], chance: random.Random) -> None:
    """Trains in place, every task once."""
    batches = _batches(tasks, chance)
    teacher = Teacher.of(
        network, RATES, lambda step: min(1.0, (step + 1) / 30) * (1 - step / (len(batches) + 1))
    )
    for some in batches:
        teacher.take_step(measure_loss(network, some))


def _batches(tasks: list[Task], chance: random.Random) -> list[list[Task]]:
    chance.shuffle(tasks)
    batches = []
    for first in range(0, len(tasks), QUESTIONS_SORTED):
        drawn = [draw(task, chance) for task in tasks[first : first + QUESTIONS_SORTED]]
        drawn = [task for task in drawn if len(task.labels)]
        drawn.sort(key=lambda task: max(len(passage.text) for passage in task.passages))
        some = [drawn[i : i + QUESTIONS_A_STEP] for i in range(0, len(drawn), QUESTIONS_A_STEP)]
        chance.shuffle(some)
        batches += some
    return batches


if __name__ == "__main__":
    main()
