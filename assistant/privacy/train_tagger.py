"""Trains the tagger: `python -m assistant.privacy.train_tagger DATA OUT [FROM]`.

DATA is a folder that holds MedQuAD and BioASQ as `medquad/` and `bioasq_train/`. Needs
`pip install -e ".[train]"`.

Without FROM the layers begin as MiniLM's: a minute with a GPU. A fifth of the frames and a fifth of
the values are kept out first, and what is found of them is printed, by label, where one harmless
message in fifty is touched; then all are trained on, and OUT is written. With FROM, weights of an
earlier run, these are trained further on fewer messages, four minutes of one core; frames that they
have not seen are drawn oftener.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.answerability.pieces import load_first_states
from assistant.privacy.pieces import lay_out
from assistant.privacy.tagger import BEGINS, ENDS, LABELS, MOST_PIECES, starts_of_windows
from assistant.privacy.tagger_network import TaggerNetwork
from assistant.privacy.train_frames import Frame, Labelled, load_frames
from assistant.privacy.train_texts import fill_texts, read_harmless, vary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Course:
    """How much is read: messages made of frames, how often each, windows a step.

    Attributes:
        rates: highest learning rates of the layers and of what is new.
        warming: steps until they are reached.
    """

    messages: int
    epochs: int
    windows_a_step: int
    rates: tuple[float, float]
    warming: int


WHOLE = Course(50_000, epochs=6, windows_a_step=384, rates=(2.5e-4, 1.5e-3), warming=60)
FURTHER = Course(12_000, epochs=1, windows_a_step=64, rates=(1e-4, 4e-4), warming=10)
LATER_PARTS, LATER_TIMES = ("decoys", "public", "joined", "alone"), 4
"""What was written after the weights that are trained further, and how much oftener it is drawn."""

UNKNOWN_NAMES, UNKNOWN_PIECES, BLIND = 0.12, 0.02, 0.15
"""Shares of pieces of names and of all pieces that are exchanged for others, so that what stands
around them must tell, and of messages whose name-likeness is left out."""

NO_LABEL = -100
LIKENESS = 14
MEASURED_FOLD = 0


@dataclass(frozen=True, slots=True)
class Window:
    """As many pieces as the tagger reads at once: ids, what is seen, and labels."""

    ids: np.ndarray
    seen: np.ndarray
    labels: np.ndarray


def main(folder: Path, out: Path, begin: Path | None = None) -> None:
    """Trains on everything and writes the weights; measures on what is kept out before."""
    torch.manual_seed(1)
    chance = random.Random(7)
    harmless = read_harmless(folder, chance)
    chance.shuffle(harmless)
    frames = load_frames()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network = TaggerNetwork()
    if begin:
        network.load(begin)
        frames += tuple(one for part in LATER_PARTS for one in load_frames(part)) * LATER_TIMES
    else:
        _measure(frames, harmless, chance, device)
    course = FURTHER if begin else WHOLE
    windows = _draw(frames, harmless, course.messages, chance, unseen=None)
    train(network.to(device), windows, course)
    network.export(out)


def _measure(
    frames: Sequence[Frame], harmless: Sequence[str], chance: random.Random, device: str
) -> None:
    measured = [frame for frame in frames if frame.fold == MEASURED_FOLD]
    others = [frame for frame in frames if frame.fold != MEASURED_FOLD]
    fifth = len(harmless) // 5
    network = TaggerNetwork().to(device)
    train(network, _draw(others, harmless[fifth:], WHOLE.messages, chance, unseen=False), WHOLE)
    report(network, _draw(measured, harmless[:fifth], WHOLE.messages // 20, chance, unseen=True))


def _draw(
    frames: Sequence[Frame],
    harmless: Sequence[str],
    count: int,
    chance: random.Random,
    *,
    unseen: bool | None,
) -> list[Window]:
    filled = fill_texts(frames, harmless, count, chance, unseen=unseen)
    plain = (vary(text, chance) for text in harmless[: count // 3])
    return list(cut([*filled, *plain]))


def cut(messages: Iterable[Labelled]) -> Iterator[Window]:
    """Cuts messages into windows as `Tagger.tag` does."""
    for message in messages:
        pieces = lay_out(message.text)
        labels = np.array([max(message.labels[slice(*place)]) for place in pieces.places])
        for start in starts_of_windows(len(labels)):
            window = slice(start, start + MOST_PIECES)
            yield Window(pieces.ids[window], pieces.seen[window], labels[window])


def train(network: TaggerNetwork, windows: Sequence[Window], course: Course) -> None:
    """Trains in place."""
    chance = np.random.default_rng(3)
    names = np.unique(np.concatenate([one.ids[one.labels == 1] for one in windows]))
    new = [*network.look.parameters(), *network.hidden.parameters(), *network.out.parameters()]
    optimiser = torch.optim.AdamW(
        [
            {"params": network.layers.parameters(), "lr": course.rates[0]},
            {"params": new, "lr": course.rates[1]},
        ],
        weight_decay=0.02,
    )
    steps = [
        batch
        for _ in range(course.epochs)
        for batch in _order(windows, course.windows_a_step, chance)
    ]
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda step: min(1.0, (step + 1) / course.warming) * max(0.01, 1 - step / len(steps)),
    )
    network.train()
    for number, step in enumerate(steps):
        batch = [_blur(windows[row], names, chance) for row in step]
        scores, labels = _score(network, batch)
        loss = functional.cross_entropy(
            scores.flatten(0, 1), labels.flatten(), ignore_index=NO_LABEL, label_smoothing=0.02
        )
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if number % 50 == 0:
            print(f"step {number} of {len(steps)}: loss {loss.item():.4f}", flush=True)


def _order(
    windows: Sequence[Window], windows_a_step: int, chance: np.random.Generator
) -> Iterator[list[int]]:
    """One epoch's windows in steps, those of like length together."""
    lengths = np.array([len(one.ids) for one in windows]) + 4 * chance.random(len(windows))
    rows = np.argsort(lengths)
    for start in chance.permutation(np.arange(0, len(rows), windows_a_step)):
        yield rows[start : start + windows_a_step].tolist()


def _blur(window: Window, names: np.ndarray, chance: np.random.Generator) -> Window:
    drawn = chance.random(len(window.ids))
    exchanged = (window.labels == LABELS.index("name")) & (drawn < UNKNOWN_NAMES)
    ids = np.where(exchanged, chance.choice(names, len(drawn)), window.ids)
    anything = chance.integers(1997, 29000, len(drawn))
    ids = np.where(drawn > 1 - UNKNOWN_PIECES, anything, ids)
    seen = window.seen.copy()
    seen[exchanged, LIKENESS] = 0
    if chance.random() < BLIND:
        seen[:, LIKENESS] = 0
    return Window(ids, seen, window.labels)


def _score(network: TaggerNetwork, batch: Sequence[Window]) -> tuple[Tensor, Tensor]:
    """Scores `(windows, pieces, labels)` and labels `(windows, pieces)`."""
    longest = max(len(one.ids) for one in batch) + 2
    ids = np.zeros((len(batch), longest), dtype=np.int64)
    labels = np.full(ids.shape, NO_LABEL)
    seen = np.zeros((*ids.shape, batch[0].seen.shape[1]), dtype=np.float32)
    for row, one in enumerate(batch):
        end = len(one.ids) + 1
        ids[row, : end + 1] = [BEGINS, *one.ids, ENDS]
        labels[row, 1:end], seen[row, 1:end] = one.labels, one.seen
    states = load_first_states(ids, np.zeros_like(ids))
    present = (ids != 0).astype(np.float32)
    device = next(network.parameters()).device
    inputs = [torch.from_numpy(one).to(device) for one in (states, seen, present)]
    scores: Tensor = network(*inputs)
    return scores, torch.from_numpy(labels).to(device)


@torch.inference_mode()
def report(network: TaggerNetwork, windows: Sequence[Window]) -> None:
    """Prints the share of pieces found, by label, where 2 % of harmless windows are touched."""
    network.eval()
    likely, labels = [], []
    for window in windows:
        scores, _ = _score(network, [window])
        likely.append(1 - scores.softmax(-1)[0, 1:-1, 0].cpu().numpy())
        labels.append(window.labels)
    highest = [one.max() for one, label in zip(likely, labels, strict=True) if not label.any()]
    threshold = np.quantile(highest, 0.98)
    print(f"threshold {threshold:.3f}")
    found, known = np.concatenate(likely) > threshold, np.concatenate(labels)
    for number, label in enumerate(LABELS):
        if (known == number).any():
            print(f"{label:15} {found[known == number].mean():.3f} of {(known == number).sum()}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
