"""Trains the reader further on a core, on what is doubted most, after `eval.train_reader`.

    python -m eval.train_reader_further WORK [--seconds 2700]

How far a question's odds, by the reader that has not seen its library, are from labels and teacher
says how likely it is drawn (as in importance sampling: Katharopoulos and Fleuret 2018, arXiv
1803.00942); its wordings with it. Two passages are read of each: one that answers, and the one that
misleads most. The mean of the weights before and after is written (Wortsman et al. 2022, arXiv
2109.01903). Needs `pip install onnx`.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from assistant.answerability.layers import read_weights
from assistant.answerability.pieces import model_folder
from assistant.reader.reading import WEIGHTS
from eval.train_batches import Batches
from eval.train_encoder import MINILM
from eval.train_lessons import EXCHANGED, OWN, SAME, Lessons
from eval.train_loss import measure_loss
from eval.train_network import Network, Reader
from eval.train_steps import take_steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray
    from torch import Tensor

SECONDS, A_STEP = 2700.0, 16
RATES = (7e-5, 2e-4)
"""Learning rates of the layers and of the head."""

DRAWN = {OWN: 9000, SAME: 3200, EXCHANGED: 3200}
"""How many of each kind are drawn, each once."""

LEAST_LOSS, MOST_LOSS = 0.08, 3.0
"""No question counts less or more: what is known is seen again, what is doubtful not always."""

EVENLY = 1.5
"""Odds that misled are divided by this before a passage is drawn by them."""

TAKEN = 0.5
"""How far what is written lies from the weights before towards those after."""


def main() -> None:
    """Trains the shipped weights further and writes them anew."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("work", type=Path)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    chosen = parser.parse_args()
    torch.manual_seed(1)
    lessons = Lessons.load(chosen.work / "lessons.npz")
    odds, taught = np.load(chosen.work / "odds.npy"), np.load(chosen.work / "taught.npy")
    batches = Batches(lessons, torch.device("cpu"))
    batches.teach(taught)
    shipped = Network()
    before = read_weights(WEIGHTS, shipped.state_dict())
    reader = Reader(MINILM, model_folder())
    reader.take_weights(before)
    drawn = draw_pairs(lessons, odds, weigh(lessons, odds, taught), np.random.default_rng(5))
    take_steps(reader, _repeat(batches, drawn), chosen.seconds, RATES)
    after = reader.name_weights()
    shipped.load_state_dict(mix(before, after))
    shipped.export(WEIGHTS)


def weigh(
    lessons: Lessons, odds: NDArray[np.float32], taught: NDArray[np.float32]
) -> NDArray[np.float64]:
    """How likely each question is drawn, `(questions,)`; a wording as its original."""
    weights = np.zeros(len(lessons.kinds))
    for number in np.flatnonzero((lessons.kinds == OWN) & ~lessons.kept_out):
        pairs = lessons.pairs[number][lessons.pairs[number] >= 0]
        said = torch.from_numpy(np.nan_to_num(odds[pairs])).view(1, -1)
        labels = torch.from_numpy(lessons.labels[pairs]).view(1, -1)
        loss = measure_loss(said, labels, torch.from_numpy(taught[pairs]).view(1, -1))
        weights[number] = np.clip(float(loss), LEAST_LOSS, MOST_LOSS)
    reworded = lessons.originals >= 0
    weights[reworded] = weights[lessons.originals[reworded]]
    return weights


def draw_pairs(
    lessons: Lessons,
    odds: NDArray[np.float32],
    weights: NDArray[np.float64],
    chance: np.random.Generator,
    counts: Mapping[int, int] = DRAWN,
) -> NDArray[np.int64]:
    """`(questions, 2)` pairs to read, in any order; -1 where a question has one passage."""
    questions: list[int] = []
    for kind, count in counts.items():
        rows = np.flatnonzero((lessons.kinds == kind) & (weights > 0))
        likely = weights[rows] / weights[rows].sum()
        some = chance.choice(rows, min(count, len(rows)), replace=False, p=likely)
        questions += some.tolist()
    found = [_choose(lessons, odds, number, chance) for number in chance.permutation(questions)]
    return np.array(found, dtype=np.int64)


def _choose(
    lessons: Lessons, odds: NDArray[np.float32], question: int, chance: np.random.Generator
) -> tuple[int, int]:
    """A passage that answers, if any does, and one that misleads."""
    original = lessons.originals[question]
    own, asked = lessons.pairs[question], lessons.pairs[question if original < 0 else original]
    own, asked = own[own >= 0], asked[asked >= 0]
    likeliest = np.where(np.isnan(odds[asked]), -9.0, odds[asked]).max(axis=1)
    misled = likeliest if len(asked) == len(own) else np.zeros(len(own))
    gold = (lessons.labels[own] == 1).any(axis=1)
    first = int(chance.choice(own[gold])) if gold.any() else -1
    others = ~gold
    if not others.any():
        return first, -1
    likely = np.exp((misled[others] - misled[others].max()) / EVENLY) + 0.05
    return first, int(chance.choice(own[others], p=likely / likely.sum()))


def _repeat(batches: Batches, drawn: NDArray[np.int64]) -> Iterator[tuple[Batches, Tensor]]:
    while True:
        for start in range(0, len(drawn), A_STEP):
            yield batches, torch.from_numpy(drawn[start : start + A_STEP])


def mix(before: Mapping[str, Tensor], after: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Weights between both."""
    return {name: torch.lerp(old.float(), after[name], TAKEN) for name, old in before.items()}


if __name__ == "__main__":
    main()
