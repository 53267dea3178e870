"""A network of triage in torch: MiniLM's layers, heads for level and label, and its training."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.answerability.layers import export_network, load_layers
from assistant.answerability.pieces import load_first_states
from assistant.triage.network import BEGINS, ENDS, lay_out
from assistant.triage.records import URGENCIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from assistant.triage.train_texts import TrainingTexts

HIDDEN = 256
HIDES = 103
"""MiniLM's special piece [MASK]."""

LABEL_WEIGHT = 0.3
"""How much the topic of a danger, or the kind of a harmless message, counts beside the level."""

UNKNOWN_LABEL = -1
"""Stands where nobody said what a danger is about."""

SMOOTHING = 0.03
FIRST_STEPS = 40
LAYER_DECAY = 0.9
"""Each layer below the last learns so much slower than the one above it."""


class Body(Protocol):
    """Layers under the heads, and what the first of them is given.

    Attributes:
        width: of a state.
        layers: the first first.
    """

    width: int
    layers: nn.ModuleList

    def begin(self, ids: NDArray[np.int64]) -> Tensor:
        """Pieces → states before the first layer, on the processor or where the layers are."""

    def __call__(self, states: Tensor, present: Tensor, first: int = 0) -> Tensor:
        """States before the layer `first` → states after the last."""

    def run(self, states: Tensor, present: Tensor, places: range) -> Tensor:
        """States before the first of these layers → states after the last of them."""


class MiniLM(nn.Module):
    """MiniLM's six layers; its piece vectors stay as they are."""

    width = 384

    def __init__(self, frozen: int = 0) -> None:
        """Loads the layers, of which the lowest `frozen` stay as they are."""
        super().__init__()
        self.layers: nn.ModuleList = load_layers()
        self.layers[:frozen].requires_grad_(requires_grad=False)

    def begin(self, ids: NDArray[np.int64]) -> Tensor:
        """Pieces → states before the first layer."""
        return torch.from_numpy(load_first_states(ids, np.zeros_like(ids)))

    def forward(self, states: Tensor, present: Tensor, first: int = 0) -> Tensor:
        """States before the layer `first` → states after the last."""
        return self.run(states, present, range(first, len(self.layers)))

    def run(self, states: Tensor, present: Tensor, places: range) -> Tensor:
        """States before the first of these layers → states after the last of them."""
        mask = ((1 - present) * -1e4)[:, None, None, :]
        for layer in self.layers[places.start : places.stop]:
            found: Any = layer(states, attention_mask=mask)
            states = found[0] if isinstance(found, tuple) else found
        return states


class TriageNetwork(nn.Module):
    """Heads over the states of layers: the level, and the topic or kind."""

    def __init__(self, body: Body, labels: int) -> None:
        """New heads; `labels` is how many the second tells apart."""
        super().__init__()
        self.body = body
        self.drop = nn.Dropout(0.1)
        self.hidden = nn.Linear(3 * body.width, HIDDEN)
        self.level = nn.Linear(HIDDEN, len(URGENCIES))
        self.label = nn.Linear(HIDDEN, labels)

    def forward(self, states: Tensor, present: Tensor, first: int = 0) -> tuple[Tensor, Tensor]:
        """Scores of levels `(n, 4)` and of labels `(n, labels)` from states before a layer."""
        states = self.body(states, present, first)
        inside = present[..., None]
        mean = (states * inside).sum(1) / inside.sum(1)
        highest = (states - (1 - inside) * 1e4).amax(1)
        joined = self.drop(torch.cat([states[:, 0], mean, highest], dim=-1))
        shared = self.drop(functional.gelu(self.hidden(joined)))
        return self.level(shared), self.label(shared)

    def read(self, texts: Sequence[str], hide: Hide | None = None) -> tuple[Tensor, Tensor]:
        """The same for texts, on the device where the network is; `hide` hides pieces of them."""
        ids, present = lay_out(texts)
        states = self.body.begin(hide(ids) if hide else ids)
        device = self.level.weight.device
        scores: tuple[Tensor, Tensor] = self(
            states.to(device), torch.from_numpy(present).to(device)
        )
        return scores

    def export(self, path: Path) -> None:
        """Writes what `assistant.triage.network` runs."""
        axes = {0: "texts", 1: "pieces"}
        states = torch.zeros(2, 8, self.body.width)
        inputs = {"states": (states, axes), "present": (torch.ones(2, 8), axes)}
        export_network(self, inputs, {"levels": {0: "texts"}, "topics": {0: "texts"}}, path)


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast a network is trained.

    Attributes:
        rates: of the last layer and of the heads.
        copies: share of the harder copies in each epoch.
        hidden: share of the pieces that are hidden, so that the others must tell.
        taught: how much the odds of teachers count beside the labels.
    """

    epochs: int
    texts_a_step: int
    rates: tuple[float, float]
    copies: float
    seed: int
    hidden: float = 0.0
    taught: float = 0.0


class Odds(NamedTuple):
    """What teachers say of texts: probabilities of levels and of labels, a row for each text."""

    levels: NDArray[np.float32]
    labels: NDArray[np.float32]


class Hide:
    """Exchanges a share of the pieces for one that says nothing."""

    def __init__(self, share: float, seed: int) -> None:
        self._share, self._chance = share, np.random.default_rng(seed)

    def __call__(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """The pieces, some of them hidden."""
        free = ~np.isin(ids, (0, BEGINS, ENDS))
        return np.where(free & (self._chance.random(ids.shape) < self._share), HIDES, ids)


def fit(
    network: TriageNetwork,
    data: TrainingTexts,
    plan: Plan,
    rows: Sequence[int] | None = None,
    *,
    read: Callable[[NDArray[np.int64]], tuple[Tensor, Tensor]] | None = None,
    odds: Odds | None = None,
) -> None:
    """Trains in place, on a GPU where there is one.

    Args:
        network: to train.
        data: what it is trained on.
        plan: how.
        rows: the texts of each epoch; without them all exemplars, and some of their copies.
        read: the network's scores of some rows, where it need not read them from the first layer.
        odds: what teachers say of all texts.
    """
    torch.manual_seed(plan.seed)
    network.to("cuda" if torch.cuda.is_available() else "cpu").train()
    optimiser = torch.optim.AdamW(_groups(network, plan), weight_decay=0.02, betas=(0.9, 0.98))
    chance, hide = random.Random(plan.seed), Hide(plan.hidden, plan.seed)
    steps = [
        batch
        for _ in range(plan.epochs)
        for batch in _order(rows or _draw(data, plan, chance), data, plan, chance)
    ]
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / FIRST_STEPS) * (1 - step / len(steps))
    )
    for batch in steps:
        scores = read(batch) if read else network.read([data.plain[row] for row in batch], hide)
        loss = _lose(scores, data, batch)
        if odds:
            loss = torch.lerp(loss, _differ(scores, odds, batch), plan.taught)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()


def _lose(scores: tuple[Tensor, Tensor], data: TrainingTexts, batch: NDArray[np.int64]) -> Tensor:
    levels, labels = scores
    owners = data.owners[batch]
    level, label = (
        torch.from_numpy(known[owners]).to(levels.device) for known in (data.levels, data.labels)
    )
    # The sum, since a batch may hold no text whose label is known.
    label_loss = functional.cross_entropy(
        labels, label, reduction="sum", ignore_index=UNKNOWN_LABEL
    )
    level_loss = functional.cross_entropy(levels, level, label_smoothing=SMOOTHING)
    return level_loss + LABEL_WEIGHT * label_loss / len(batch)


def _differ(scores: tuple[Tensor, Tensor], odds: Odds, batch: NDArray[np.int64]) -> Tensor:
    level, label = (
        functional.cross_entropy(own, torch.from_numpy(said[batch]).to(own.device))
        for own, said in zip(scores, odds, strict=True)
    )
    return level + LABEL_WEIGHT * label


def _groups(network: TriageNetwork, plan: Plan) -> list[dict[str, Any]]:
    layers = list(network.body.layers)
    heads = (network.hidden, network.level, network.label)
    return [
        {
            "params": [one for one in layer.parameters() if one.requires_grad],
            "lr": plan.rates[0] * LAYER_DECAY ** (len(layers) - 1 - place),
        }
        for place, layer in enumerate(layers)
    ] + [{"params": [one for head in heads for one in head.parameters()], "lr": plan.rates[1]}]


def _draw(data: TrainingTexts, plan: Plan, chance: random.Random) -> list[int]:
    """One epoch's rows: all exemplars, half of those not in English again, and some copies."""
    weak = np.flatnonzero(~data.english).tolist()
    copies = range(data.own, len(data.plain))
    return [
        *range(data.own),
        *chance.sample(weak, len(weak) // 2),
        *chance.sample(copies, int(plan.copies * len(copies))),
    ]


def _order(
    rows: Sequence[int], data: TrainingTexts, plan: Plan, chance: random.Random
) -> Iterator[NDArray[np.int64]]:
    """Rows in steps: texts of like length together, the steps in any order."""
    ordered = sorted(rows, key=lambda row: len(data.plain[row]) + chance.random() * 16)
    starts = list(range(0, len(ordered), plan.texts_a_step))
    chance.shuffle(starts)
    for start in starts:
        yield np.array(ordered[start : start + plan.texts_a_step])
