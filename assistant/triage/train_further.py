"""Trains the networks of `weights/` further, on the messages that they are least sure of.

    python -m assistant.triage.train_further

For new exemplars, where there is no GPU: half an hour of one core in place of the hours that
`train_network` takes. A network reads every exemplar and some copies first, and its loss at each
says how likely this is drawn (as in importance sampling: Katharopoulos and Fleuret 2018, arXiv
1803.00942), so that no time goes into what is known. Half of what is drawn is Danish or Swedish:
both are read through a gloss and are the weak side. The upper layers alone are trained; what
stands below them is read once. `python -m assistant.triage.train` is to run after it. Needs
`pip install onnx`.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from assistant.answerability.pieces import load_first_states
from assistant.triage.network import FOLDER, Network, lay_out, name_weights
from assistant.triage.records import FloatArray
from assistant.triage.train_heads import Plan, TriageNetwork, fit
from assistant.triage.train_restore import restore
from assistant.triage.train_texts import TrainingTexts, load_texts
from index.onnx_session import open_session

FROZEN = 3
"""Layers that stay as they are."""

PLAN = Plan(epochs=1, texts_a_step=32, rates=(1e-4, 3e-4), copies=0.0, seed=2)

DRAWN = 14_000
"""Texts that each network is trained on."""

LEAST_LOSS, MOST_LOSS = 0.02, 3.0
"""No text counts less or more: what is known is seen again, what is doubtful not always."""

COPIES_READ = 16_000
"""How many of the harder copies are read, drawn evenly: all would take longer than the training."""

READ_AT_ONCE = 64


class StatesBelow:
    """What the layers that are trained are given for each text, read once."""

    def __init__(
        self, network: TriageNetwork, data: TrainingTexts, rows: NDArray[np.int64]
    ) -> None:
        """Reads the texts of these rows with the layers that stay as they are."""
        self._network = network
        ordered = sorted(rows.tolist(), key=lambda row: len(data.plain[row]))
        self._states: dict[int, NDArray[np.float16]] = {}
        for start in range(0, len(ordered), READ_AT_ONCE):
            some = ordered[start : start + READ_AT_ONCE]
            ids, present = lay_out([data.plain[row] for row in some])
            first = torch.from_numpy(load_first_states(ids, np.zeros_like(ids)))
            with torch.inference_mode():
                found = network.body.run(first, torch.from_numpy(present), range(FROZEN))
            for row, states, pieces in zip(some, found.numpy(), present, strict=True):
                self._states[row] = states[: int(pieces.sum())].astype(np.float16)

    def read(self, rows: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
        """The network's scores of levels and labels for some of the rows."""
        chosen = [self._states[int(row)] for row in rows]
        longest = max(map(len, chosen))
        states = np.zeros((len(chosen), longest, chosen[0].shape[1]), dtype=np.float32)
        present = np.zeros(states.shape[:2], dtype=np.float32)
        for place, one in enumerate(chosen):
            states[place, : len(one)] = one
            present[place, : len(one)] = 1
        device = self._network.level.weight.device
        scores: tuple[Tensor, Tensor] = self._network(
            torch.from_numpy(states).to(device), torch.from_numpy(present).to(device), FROZEN
        )
        return scores


def even_out(losses: FloatArray, english: NDArray[np.bool_]) -> FloatArray:
    """The losses, weighed so that English and the other languages together count alike."""
    even: FloatArray = losses / np.where(english, losses[english].sum(), losses[~english].sum())
    return even


def draw_unsure(losses: FloatArray, count: int, chance: np.random.Generator) -> NDArray[np.int64]:
    """Rows, those with a high loss likeliest, none twice; `(count,)` or all."""
    # The largest of u ** (1 / weight) are a weighted sample without replacement
    # (Efraimidis and Spirakis 2006, Inf Process Lett 97:181).
    keys = np.log(chance.random(len(losses))) / losses
    return np.argsort(-keys)[:count].astype(np.int64)


def weigh(path: Path, data: TrainingTexts, rows: NDArray[np.int64]) -> FloatArray:
    """How much each of these texts counts: the loss of a written network at its level."""
    levels, _ = Network([open_session(path)]).judge([data.plain[row] for row in rows])
    right = data.levels[data.owners[rows]]
    return np.clip(-levels[np.arange(len(rows)), right], LEAST_LOSS, MOST_LOSS)


def draw_readable(data: TrainingTexts, chance: np.random.Generator) -> NDArray[np.int64]:
    """All exemplars, and some of their copies."""
    copies = np.arange(data.own, len(data.plain))
    some = chance.choice(copies, min(COPIES_READ, len(copies)), replace=False)
    return np.concatenate([np.arange(data.own), some])


def main() -> None:
    """Trains both and writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drawn", type=int, default=DRAWN, help="texts to train on, each network")
    parser.add_argument("--weights", type=Path, default=FOLDER, help="the folder of the networks")
    options = parser.parse_args()
    data = load_texts()
    for path in name_weights(options.weights):
        chance = np.random.default_rng(PLAN.seed)
        readable = draw_readable(data, chance)
        losses = even_out(weigh(path, data, readable), data.english[data.owners[readable]])
        rows = readable[draw_unsure(losses, options.drawn, chance)]
        network = restore(path, FROZEN).eval()
        below = StatesBelow(network, data, rows)
        fit(network, data, PLAN, rows.tolist(), read=below.read)
        network.export(path)


if __name__ == "__main__":
    main()
