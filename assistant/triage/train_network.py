"""Trains the network that reads messages, from MiniLM's layers on: levels, and topic or kind.

    python -m assistant.triage.train_network

Writes `weights/network.onnx`. Half an hour on one core. Needs `pip install onnx` to write the
weights. `python -m assistant.triage.train` is to run after it.
"""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.answerability.layers import export_network, load_layers
from assistant.answerability.pieces import load_first_states
from assistant.triage.exemplars import Exemplar
from assistant.triage.network import WEIGHTS, lay_out
from assistant.triage.reading import Reader
from assistant.triage.records import URGENCIES
from assistant.triage.train import augment_typed, list_topics, load_as_read

SEED = 1
SIZE = 384
HIDDEN = 256
FROZEN_LAYERS = 3
"""The lower half of MiniLM stays as it is: a third of the time, and few exemplars to learn from."""

EPOCHS = 3
"""The shipped weights had two without conversations, then one with them, from a fresh warm-up."""

COPIES = 0.3
"""Share of the harder copies in each epoch."""

RATES = (1.2e-4, 1e-3)
"""Learning rates of the layers and of the heads."""

TEXTS_A_STEP = 32
KIND_WEIGHT = 0.3
"""How much the topic of a danger, or the kind of a harmless message, counts beside the level."""


class TriageNetwork(nn.Module):
    """MiniLM's layers over the first states, and heads for the level and for topic or kind."""

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__()
        self.layers: nn.ModuleList = load_layers()
        self.layers[:FROZEN_LAYERS].requires_grad_(requires_grad=False)
        self.drop = nn.Dropout(0.1)
        self.hidden = nn.Linear(3 * SIZE, HIDDEN)
        self.level = nn.Linear(HIDDEN, len(URGENCIES))
        self.label = nn.Linear(HIDDEN, len(labels))

    def forward(self, states: Tensor, present: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of levels `(n, 4)` and of labels `(n, labels)`."""
        mask = ((1 - present) * -1e4)[:, None, None, :]
        for layer in self.layers:
            found: Any = layer(states, attention_mask=mask)
            states = found[0] if isinstance(found, tuple) else found
        inside = present[..., None]
        mean = (states * inside).sum(1) / inside.sum(1)
        highest = (states - (1 - inside) * 1e4).amax(1)
        joined = self.drop(torch.cat([states[:, 0], mean, highest], dim=-1))
        shared = self.drop(functional.gelu(self.hidden(joined)))
        return self.level(shared), self.label(shared)

    def export(self, path: Path) -> None:
        """Writes what `assistant.triage.network` runs."""
        axes = {0: "texts", 1: "pieces"}
        inputs = {"states": (torch.zeros(2, 8, SIZE), axes), "present": (torch.ones(2, 8), axes)}
        export_network(self, inputs, {"levels": {0: "texts"}, "topics": {0: "texts"}}, path)


def main() -> None:
    """Trains on all exemplars and writes the weights."""
    torch.manual_seed(SEED)
    exemplars = load_as_read()
    copies = augment_typed(exemplars)
    reader = Reader()
    texts = [one.message for one in exemplars] + [text for _, text in copies]
    owners = [*range(len(exemplars)), *(index for index, _ in copies)]
    plain = [reading.plain for reading in reader.read_all(texts)]
    labels = list_labels(exemplars)
    network = TriageNetwork(labels)
    train(network, plain, owners, exemplars)
    network.export(WEIGHTS)


def list_labels(exemplars: Sequence[Exemplar]) -> list[str]:
    """What the second head tells apart: topics first, then kinds of harmless messages."""
    return list_topics(exemplars) + sorted({one.kind for one in exemplars if one.urgency == "none"})


def train(
    network: TriageNetwork,
    texts: Sequence[str],
    owners: Sequence[int],
    exemplars: Sequence[Exemplar],
) -> None:
    """Trains in place; `owners` are the exemplars of the texts, themselves first, then copies."""
    chance = random.Random(SEED)
    labels = list_labels(exemplars)
    level = [URGENCIES.index(one.urgency) for one in exemplars]
    label = [labels.index(one.topic if one.urgency != "none" else one.kind) for one in exemplars]
    heads = [*network.hidden.parameters(), *network.level.parameters(), *network.label.parameters()]
    optimiser = torch.optim.AdamW(
        [
            {"params": network.layers[FROZEN_LAYERS:].parameters(), "lr": RATES[0]},
            {"params": heads, "lr": RATES[1]},
        ],
        weight_decay=0.02,
    )
    steps = [batch for _ in range(EPOCHS) for batch in _draw(texts, len(exemplars), chance)]
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / 60) * max(0.02, 1 - step / len(steps))
    )
    network.train()
    for batch in steps:
        ids, present = lay_out([texts[row] for row in batch])
        states = torch.from_numpy(load_first_states(ids, np.zeros_like(ids)))
        levels, found = network(states, torch.from_numpy(present))
        own = [owners[row] for row in batch]
        loss = functional.cross_entropy(
            levels, torch.tensor([level[one] for one in own]), label_smoothing=0.03
        ) + KIND_WEIGHT * functional.cross_entropy(found, torch.tensor([label[one] for one in own]))
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()


def _draw(texts: Sequence[str], own: int, chance: random.Random) -> Iterator[list[int]]:
    """One epoch's rows in steps: all exemplars, some copies, texts of like length together."""
    rows = [*range(own), *chance.sample(range(own, len(texts)), int(COPIES * (len(texts) - own)))]
    rows.sort(key=lambda row: len(texts[row]) + chance.random() * 16)
    starts = list(range(0, len(rows), TEXTS_A_STEP))
    chance.shuffle(starts)
    for start in starts:
        yield rows[start : start + TEXTS_A_STEP]


if __name__ == "__main__":
    main()
