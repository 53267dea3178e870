"""Trains which phrase of the conversation a pronoun or a gap stands for.

The data are CANARD's development conversations (Elgohary, Peskov and Boyd-Graber 2019, CC BY-SA
4.0), each with and without the title of what it is about, and conversations made of MedQuAD's
questions (CC BY 4.0, `medquad_talks.py`). The loss is the expected loss of token F1
under a softmax over the candidates, so several good ones share the reward.

    python -m assistant.understanding.train_choice [--folds 5]
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from assistant.understanding.choosing import (
    WEIGHTS,
    Network,
    choose,
    describe_all,
    find_candidates,
)
from assistant.understanding.filling import fill
from assistant.understanding.medquad_talks import make_talks
from assistant.understanding.standalone import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.understanding.discourse import Discourse, Mention
    from assistant.understanding.leaning import Slot

DATA = Path("../shared/data/canard_dev/conv.jsonl")
WORD = re.compile(r"\w+")
HIDDEN = 24
EPOCHS = 150
RATE = 0.02
SHARPNESS = 20.0
TALKS = 400
NETWORKS = 3

Dialogue = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Row:
    """A question as asked, as people rewrote it, as it was read, and whether people changed it."""

    asked: str
    wanted: str
    given: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One slot: features `(n, d)` of leaving it and of each candidate, and the F1 `(n,)`."""

    features: NDArray[np.float32]
    gains: NDArray[np.float32]


def main() -> None:
    """Cross-validates, then trains on everything and writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=5)
    folds = parser.parse_args().folds
    torch.set_num_threads(1)
    dialogues = read_dialogues()
    choices = [[*collect(d, titled=False), *collect(d, titled=True)] for d in dialogues]
    talks = make_talks(TALKS)
    talk_choices = [collect(talk, titled=False) for talk in talks]
    rows: dict[bool, list[Row]] = {False: [], True: []}
    talk_rows: list[Row] = []
    for fold in range(folds):
        kept = [c for i, own in enumerate(choices) if i % folds != fold for c in own]
        kept += [c for i, own in enumerate(talk_choices) if i % folds != fold for c in own]
        network = fit(kept)
        talk_rows += measure(talks[fold::folds], network, titled=False)
        for titled in rows:
            rows[titled] += measure(dialogues[fold::folds], network, titled=titled)
    for titled, found in rows.items():
        print(f"{'with' if titled else 'without'} title, {folds}-fold: {summarise(found)}")
    print(f"health talks, {folds}-fold: {summarise(talk_rows)}")
    network = fit([c for own in (*choices, *talk_choices) for c in own])
    names = ("mean", "scale", "first", "bias", "second")
    np.savez_compressed(WEIGHTS, **{name: getattr(network, name) for name in names})


def read_dialogues() -> list[Dialogue]:
    """CANARD's turns by dialogue."""
    turns = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    return [list(group) for _, group in groupby(turns, key=lambda turn: turn["dialog_id"])]


def collect(dialogue: Dialogue, *, titled: bool) -> list[Choice]:
    """The choices that a dialogue offers, each made as is best for those after it."""
    choices: list[Choice] = []
    wanted = ""

    def choose_best(slot: Slot, question: str, discourse: Discourse) -> Mention | None:
        candidates = find_candidates(slot, question, discourse)
        if not candidates:
            return None
        features = describe_all(slot, question, discourse, candidates)
        texts = [question, *(fill(question, slot, mention) for mention in candidates)]
        gains = np.array([score_f1(text, wanted) for text in texts], dtype=np.float32)
        choices.append(Choice(features, gains))
        best = int(gains.argmax())
        return candidates[best - 1] if best else None

    reader = Reader(chooser=choose_best)
    if titled:
        reader.take(reader.read(dialogue[0]["topic"][0]), dialogue[0]["topic"][1])
    for turn, answer in zip(dialogue, answers_of(dialogue), strict=True):
        wanted = turn["rewrite"]
        reader.take(reader.read(turn["question"]), answer)
    return choices


def answers_of(dialogue: Dialogue) -> list[str]:
    """The answer to each turn, as the next turn's history gives it."""
    return [turn["history"][-1] for turn in dialogue[1:]] + [""]


def fit(choices: Sequence[Choice]) -> Network:
    """The mean of several networks, which steadies the choice, laid side by side as one."""
    parts = [fit_one(choices, seed) for seed in range(NETWORKS)]
    return Network(
        parts[0].mean,
        parts[0].scale,
        np.concatenate([part.first for part in parts], axis=1),
        np.concatenate([part.bias for part in parts]),
        (np.concatenate([part.second for part in parts]) / NETWORKS).astype(np.float32),
    )


def fit_one(choices: Sequence[Choice], seed: int) -> Network:
    """Minimises the expected loss of F1, and a little cross-entropy to speed it up, by AdamW."""
    torch.manual_seed(seed)
    rows = np.concatenate([choice.features for choice in choices])  # (rows, d)
    mean, scale = rows.mean(0), rows.std(0) + 1e-3
    x = torch.tensor((rows - mean) / scale)
    gains = torch.tensor(np.concatenate([c.gains - c.gains[0] for c in choices]))
    owner = torch.tensor(np.repeat(np.arange(len(choices)), [len(c.gains) for c in choices]))
    wanted = torch.exp(gains * SHARPNESS)
    wanted = wanted / _sum_by(wanted, owner, len(choices))[owner]
    first = torch.nn.Parameter(torch.randn(x.shape[1], HIDDEN) * x.shape[1] ** -0.5)
    bias = torch.nn.Parameter(torch.zeros(HIDDEN))
    second = torch.nn.Parameter(torch.randn(HIDDEN) * HIDDEN**-0.5)
    optimiser = torch.optim.AdamW([first, bias, second], lr=RATE, weight_decay=0.1)
    for epoch in range(EPOCHS):
        optimiser.param_groups[0]["lr"] = RATE * (1 - epoch / EPOCHS)
        scores = torch.tanh(x @ first + bias) @ second
        odds = torch.exp(scores - scores.max().detach())
        chances = torch.log(odds / _sum_by(odds, owner, len(choices))[owner] + 1e-9)
        reward = (torch.exp(chances) * gains).sum() / len(choices)
        entropy = -(wanted * chances).sum() / len(choices)
        optimiser.zero_grad()
        (0.3 * entropy - 5 * reward).backward()
        optimiser.step()
    arrays = [p.detach().numpy() for p in (first, bias, second)]
    return Network(mean.astype(np.float32), scale.astype(np.float32), *arrays)


def _sum_by(values: torch.Tensor, owner: torch.Tensor, count: int) -> torch.Tensor:
    return torch.zeros(count).index_add(0, owner, values)


def measure(dialogues: Sequence[Dialogue], network: Network, *, titled: bool) -> list[Row]:
    """Each turn rewritten with a network."""
    rows: list[Row] = []
    for dialogue in dialogues:
        reader = Reader(chooser=partial(choose, network=network))
        if titled:
            reader.take(reader.read(dialogue[0]["topic"][0]), dialogue[0]["topic"][1])
        for turn, answer in zip(dialogue, answers_of(dialogue), strict=True):
            alone = reader.read(turn["question"])
            rows.append(Row(turn["question"], turn["rewrite"], alone.text, turn["changed"]))
            reader.take(alone, answer)
    return rows


def summarise(rows: Sequence[Row]) -> str:
    """Mean token F1, and what was changed though people did not."""
    given = [score_f1(row.given, row.wanted) for row in rows]
    raw = [score_f1(row.asked, row.wanted) for row in rows]
    same = [row.given != row.asked for row in rows if not row.changed]
    worse = [a < b for a, b in zip(given, raw, strict=True)]
    return (
        f"token F1 {np.mean(given):.4f} (unchanged {np.mean(raw):.4f}) on {len(rows):,} turns; "
        f"worse than unchanged {np.mean(worse):.3f}; "
        f"changed falsely {sum(same)} of {len(same)} that people left"
    )


def score_f1(given: str, wanted: str) -> float:
    """Token F1 as in `eval.metrics.overlap`, which this package may not import."""
    a, b = Counter(WORD.findall(given.lower())), Counter(WORD.findall(wanted.lower()))
    size = a.total() + b.total()
    return 2 * (a & b).total() / size if size else 1.0


if __name__ == "__main__":
    main()
