"""Trains both readers further on questions as patients ask them every day, on a processor.

    python -m eval.train_everyday WORK HOME … [--seconds 4500]

WORK is what `eval.train_reader` leaves; each home holds the library of its name, whose everyday
questions stand in `eval/training/everyday`. From the mean of both readers on: of twenty steps seven
read everyday questions alone, three read them behind an exchange on something else, so that it need
not matter, and the others what `eval.train_together` reads, so that nothing is forgotten. Each
reader's mean with what comes of it is written (Wortsman et al. 2022, arXiv 2109.01903). Needs
`pip install onnx`.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import torch

from assistant.answerability.layers import read_weights
from assistant.answerability.pieces import model_folder
from assistant.reader.pieces import QUESTION_PIECES, TALK_PIECES
from assistant.reader.reading import TALK_WEIGHTS, WEIGHTS
from eval.train_batches import Batches
from eval.train_encoder import MINILM
from eval.train_examples import EVERYDAY, read_examples
from eval.train_gather import KEPT_OUT as NEVER_LEARNT
from eval.train_lessons import OWN, LessonsWriter
from eval.train_network import Network, Reader
from eval.train_reader_further import mix
from eval.train_steps import take_steps
from eval.train_talks import KEPT_OUT, draw, put_behind
from eval.train_tasks import as_task
from eval.train_together import ALONE, BEHIND, RATES, draw_alone, draw_behind, make_parser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from torch import Tensor

    from eval.train_examples import Example

    Drawn = Iterator[tuple[Batches, Tensor]]

SHARES = (0.35, 0.15, 0.25, 0.25)
"""Of steps: everyday questions alone and behind others, older questions, and conversations."""


def main() -> None:
    """Trains, and writes both readers anew."""
    given = make_parser(__doc__).parse_args()
    torch.manual_seed(1)
    network = Network()
    alone, behind = (read_weights(path, network.state_dict()) for path in (WEIGHTS, TALK_WEIGHTS))
    reader = Reader(MINILM, model_folder())
    reader.encoder.narrow = True
    reader.take_weights(mix(alone, behind))
    chance = np.random.default_rng(11)
    examples = [read_everyday(home) for home in given.homes]
    streams = (
        draw_everyday(examples, chance),
        draw_everyday(examples, chance, behind=True),
        draw_alone(given.work, chance),
        draw_behind([home for home in given.homes if home.name not in KEPT_OUT], chance),
    )
    take_steps(reader, take_turns(streams, chance), given.seconds, RATES)
    after = reader.name_weights()
    for path, before in ((WEIGHTS, alone), (TALK_WEIGHTS, behind)):
        network.load_state_dict(mix(before, after))
        network.export(path)


def take_turns(streams: Sequence[Drawn], chance: np.random.Generator) -> Drawn:
    """Steps of all streams by their shares, in no order."""
    while True:
        yield next(streams[int(chance.choice(len(streams), p=SHARES))])


def read_everyday(home: Path) -> list[Example]:
    """The everyday questions to the library of a home; none where nothing may be learnt."""
    if home.name in NEVER_LEARNT or not (EVERYDAY / f"{home.name}.jsonl").exists():
        return []
    return list(read_examples([f"{home}=everyday:{home.name}"]))


def draw_everyday(
    libraries: Sequence[Sequence[Example]], chance: np.random.Generator, *, behind: bool = False
) -> Drawn:
    """Everyday questions alone, or each behind one that was answered, each as often as another."""
    lessons = LessonsWriter(most=TALK_PIECES if behind else QUESTION_PIECES)
    order = random.Random(3)
    for examples in libraries:
        tasks = put_behind(examples, order, len(examples)) if behind else map(as_task, examples)
        for task in tasks:
            lessons.add(task, OWN, 0)
    finished = lessons.finish()
    batches = Batches(finished, torch.device("cpu"))
    return draw(batches, np.ones(len(finished.kinds)), chance, BEHIND if behind else ALONE)


if __name__ == "__main__":
    main()
