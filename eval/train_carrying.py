"""Trains the network that tells which words of a conversation a question takes along.

    python -m eval.train_carrying [--steps 300] [--weights FILE]

MiniLM's layers, the two lowest as they are, and a head on each content word of the turns. Two
libraries and a fifth of CANARD's conversations are kept out of training, and how well it does on
them is printed. A quarter of an hour on one core. `python -m eval.train_meaning` is to run after
it. It stops halfway through the schedule of its learning rate: from there on the words of what was
kept out are told less well (F1 .54 after 300 steps, .51 after 450).
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.answerability.layers import export_network, load_layers
from assistant.answerability.pieces import load_first_states
from assistant.understanding.carrying import WEIGHTS
from assistant.understanding.history import drop_markers
from assistant.understanding.turn_pieces import TurnPieces, lay_out
from eval.train_conversations import Example, label_words, read_conversations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KEPT_OUT = frozenset({"mood", "supplements"})
FIFTH = 5
MEASURED = 3
"""Of so many that are kept out one is measured."""

SIZE = 384
FROZEN = 2
"""Lower layers that stay as they are: training costs a third less."""

STEPS, SCHEDULED = 300, 600
A_STEP = 48
RATES = (2e-4, 1e-3)
"""Learning rates of the layers and of the head."""

BLURRED = 0.08
"""Share of words of the turns that are exchanged for any others: how a word is used must tell."""

EXCHANGED = (1997, 29000)
"""Pieces that are whole words, nearly all."""


@dataclass(frozen=True, slots=True)
class Row:
    """An example laid out.

    Attributes:
        example: as written.
        pieces: it, as the network reads it.
        taken: for each of its words whether a person took it along.
    """

    example: Example
    pieces: TurnPieces
    taken: tuple[bool, ...]


class CarryingNetwork(nn.Module):
    """MiniLM's layers and a head that says of each piece whether its word is taken along."""

    def __init__(self, *, quick: bool = False) -> None:
        """With MiniLM's own weights; `quick` is faster and cannot be exported."""
        super().__init__()
        self.layers = load_layers(quick=quick)
        self.head = nn.Linear(SIZE, 1)
        for module in self.layers.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0

    def forward(self, states: Tensor, present: Tensor) -> Tensor:
        """Log odds `(rows, n)` of first states `(rows, n, 384)` and what of them is there."""
        mask = ((1 - present) * -1e4)[:, None, None, :]
        for number, layer in enumerate(self.layers):
            with torch.set_grad_enabled(torch.is_grad_enabled() and number >= FROZEN):
                found = layer(states, attention_mask=mask)
            states = found[0] if isinstance(found, tuple) else found
        odds: Tensor = self.head(states).squeeze(-1)
        return odds

    def export(self, path: Path) -> None:
        """Writes what `assistant.understanding.carrying` runs."""
        plain = CarryingNetwork()
        plain.load_state_dict(self.state_dict())
        axes = {0: "rows", 1: "pieces"}
        inputs = {"states": (torch.zeros(1, 8, SIZE), axes), "present": (torch.ones(1, 8), axes)}
        export_network(plain, inputs, {"odds": axes}, path)


def main() -> None:
    """Trains, prints how well what was kept out is told, writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    rows = [_lay_out(example) for example in read_conversations()]
    rows = [row for row in rows if any(row.taken) or row.example.kind != "written"]
    groups = sorted({row.example.group for row in rows if row.example.kind == "titled"})
    kept_out = KEPT_OUT | set(groups[::FIFTH])
    held = [row for row in rows if row.example.group in kept_out]
    network = CarryingNetwork(quick=True)
    train(network, [row for row in rows if row.example.group not in kept_out], given.steps)
    report(network, held[::MEASURED])
    network.export(given.weights)


def _lay_out(example: Example) -> Row:
    turns = [drop_markers(turn) for turn in example.turns]
    pieces = lay_out(example.question, list(zip(turns[::2], turns[1::2], strict=True)))
    taken = label_words(pieces.roots, example.question, example.rewrite)
    return Row(example, pieces, tuple(taken))


def train(network: CarryingNetwork, rows: Sequence[Row], steps: int) -> None:
    """Trains in place."""
    chance = np.random.default_rng(3)
    optimiser = torch.optim.AdamW(
        [
            {"params": network.layers[FROZEN:].parameters(), "lr": RATES[0]},
            {"params": network.head.parameters(), "lr": RATES[1]},
        ],
        weight_decay=0.01,
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / 40) * max(0.01, 1 - step / SCHEDULED)
    )
    network.train()
    for step, batch in enumerate(islice(_draw(rows, SCHEDULED, chance), steps), start=1):
        odds, taken = _score(network, batch, chance)
        known = (taken >= 0).float()
        loss = functional.binary_cross_entropy_with_logits(odds, taken.clamp(min=0), known)
        loss = loss * known.numel() / known.sum().clamp(min=1)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % 50 == 0:
            print(f"step {step}: loss {loss.item():.3f}", flush=True)


def _draw(rows: Sequence[Row], steps: int, chance: np.random.Generator) -> Iterator[list[Row]]:
    """Rows in steps, drawn by weight, those of like length together."""
    weights = np.array([row.example.weight for row in rows])
    drawn = chance.choice(len(rows), steps * A_STEP, p=weights / weights.sum())
    lengths = np.array([len(rows[i].pieces.ids) for i in drawn]) + 12 * chance.random(len(drawn))
    ordered = drawn[np.argsort(lengths)]
    for start in chance.permutation(steps) * A_STEP:
        yield [rows[i] for i in ordered[start : start + A_STEP]]


def _score(
    network: CarryingNetwork, batch: Sequence[Row], chance: np.random.Generator | None = None
) -> tuple[Tensor, Tensor]:
    """Log odds and labels `(rows, n)`; -1 where no word begins that may be taken along."""
    longest = max(len(row.pieces.ids) for row in batch)
    ids = np.zeros((len(batch), longest), dtype=np.int64)
    side = np.zeros_like(ids)
    taken = np.full(ids.shape, -1.0, dtype=np.float32)
    for number, row in enumerate(batch):
        pieces, count = row.pieces, len(row.pieces.ids)
        ids[number, :count], side[number, :count] = pieces.ids, pieces.side
        taken[number, list(pieces.places)] = row.taken
        if chance is not None:
            _blur(ids[number], pieces, chance)
    states = torch.from_numpy(load_first_states(ids, side))
    odds: Tensor = network(states, torch.from_numpy((ids != 0).astype(np.float32)))
    return odds, torch.from_numpy(taken)


def _blur(ids: np.ndarray, pieces: TurnPieces, chance: np.random.Generator) -> None:
    """Exchanges some words of the turns, each wherever it stands."""
    for root in dict.fromkeys(pieces.roots):
        if chance.random() < BLURRED:
            own = [p for p, r in zip(pieces.places, pieces.roots, strict=True) if r == root]
            ids[own] = chance.integers(*EXCHANGED)


@torch.no_grad()
def report(network: CarryingNetwork, rows: Sequence[Row]) -> None:
    """Prints by kind how well words are told, and how often anything is taken along."""
    network.eval()
    scored: dict[str, list[tuple[dict[str, float], set[str]]]] = {}
    ordered = sorted(rows, key=lambda row: len(row.pieces.ids))
    for start in range(0, len(ordered), A_STEP):
        batch = ordered[start : start + A_STEP]
        odds, _ = _score(network, batch)
        for row, own in zip(batch, odds.numpy(), strict=True):
            best: dict[str, float] = {}
            for root, place in zip(row.pieces.roots, row.pieces.places, strict=True):
                best[root] = max(best.get(root, -99.0), float(own[place]))
            wanted = {r for r, t in zip(row.pieces.roots, row.taken, strict=True) if t}
            scored.setdefault(row.example.kind, []).append((best, wanted))
    for kind, pairs in scored.items():
        print(f"  {kind:10s} {_summarise(pairs)}", flush=True)


def _summarise(pairs: Sequence[tuple[dict[str, float], set[str]]]) -> str:
    found = [{root for root, odds in best.items() if odds > 0} for best, _ in pairs]
    right = sum(len(own & wanted) for own, (_, wanted) in zip(found, pairs, strict=True))
    named, all_wanted = sum(map(len, found)), sum(len(wanted) for _, wanted in pairs)
    precision, recall = right / max(1, named), right / max(1, all_wanted)
    any_taken = sum(map(bool, found)) / len(pairs)
    return (
        f"{len(pairs)}: precision {precision:.2f}, recall {recall:.2f}, "
        f"F1 {2 * right / max(1, named + all_wanted):.3f}, "
        f"something is taken along by {any_taken:.2f}"
    )


if __name__ == "__main__":
    main()
