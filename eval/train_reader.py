"""Trains the assistant's reader: a large network learns from the labels, the small one from both.

    python -m eval.train_reader WORK TEACHER [--share 1]

WORK holds what `eval.train_gather` wrote, TEACHER is a folder with all-mpnet-base-v2
(`eval.train_encoder`). Two teachers learn one half of the libraries each and read the other half's
questions: what the reader is taught of a library comes from a teacher that has not seen it. Writes
`assistant/reader/weights.onnx`, and to WORK what two readers that have seen one half of the
libraries say of the other half's questions: `python -m eval.train_ranking` goes on from it, and its
figures are those to trust. Eleven minutes of an H200; `--share` is how much of that time is taken.
Needs `pip install onnx` to write the weights.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn

from assistant.answerability.pieces import model_folder
from assistant.reader.reading import WEIGHTS
from eval.train_batches import Batches
from eval.train_encoder import MINILM, MPNET
from eval.train_lessons import EXCHANGED, OWN, PUBLIC, SAME, Lessons
from eval.train_loss import measure_loss
from eval.train_network import Network, Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from torch import Tensor

WARM_UP = 60
MIXED = {SAME: 12_000, EXCHANGED: 10_000, PUBLIC: 2_500}
"""How many of these come into each pass over our own questions."""

TAUGHT = 6
"""Of so many passages of a question a teacher says what it thinks, and of those that answer."""

READ_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class Course:
    """How long and how fast a network learns.

    Attributes:
        seconds: by when the rates have fallen to nothing.
        rates: of the layers and of the head.
        public_first: share of the time in which public questions alone are read.
    """

    seconds: float
    rates: tuple[float, float]
    public_first: float


TEACHER = Course(144, (5e-5, 3e-4), 0.12)
STUDENT = Course(157, (2e-4, 1e-3), 0.15)
STUDENT_HALF = Course(79, (2e-4, 1e-3), 0.15)


def main() -> None:
    """Trains two teachers, the reader that is shipped, and a reader for each half left out."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("work", type=Path)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("--share", type=float, default=1.0)
    chosen = parser.parse_args()
    torch.manual_seed(1)
    lessons = Lessons.load(chosen.work / "lessons.npz")
    batches = Batches(lessons, _device())
    shape = lessons.labels.shape
    taught = np.full(shape, np.nan, dtype=np.float32)
    for half in (0, 1):
        teacher = Reader(MPNET, chosen.teacher)
        train(teacher, batches, lessons, _shorten(TEACHER, chosen.share), half)
        pairs = pick_pairs(lessons, np.flatnonzero(~lessons.kept_out & (lessons.halves != half)))
        taught[pairs] = score(teacher, batches, pairs)
    batches.teach(taught)
    np.save(chosen.work / "taught.npy", taught)
    reader = Reader(MINILM, model_folder())
    train(reader, batches, lessons, _shorten(STUDENT, chosen.share))
    shipped = Network()
    shipped.load_state_dict(reader.name_weights())
    shipped.export(WEIGHTS)
    odds = np.full(shape, np.nan, dtype=np.float32)
    for half in (0, 1):
        reader = Reader(MINILM, model_folder())
        train(reader, batches, lessons, _shorten(STUDENT_HALF, chosen.share), half)
        unseen = (lessons.kinds == OWN) & (lessons.kept_out | (lessons.halves != half))
        pairs = pick_pairs(lessons, np.flatnonzero(unseen), most=lessons.pairs.shape[1])
        odds[pairs] = score(reader, batches, pairs)
    np.save(chosen.work / "odds.npy", odds)


def train(
    reader: Reader, batches: Batches, lessons: Lessons, course: Course, half: int | None = None
) -> None:
    """Trains in place until the time is up, on all libraries or on one half of them."""
    begun, step, chance = time.monotonic(), 0, np.random.default_rng(1)
    reader.to(_device()).train()
    groups = [
        {"params": list(reader.encoder.layers.parameters())},
        {"params": list(reader.head.parameters())},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.03)
    learnt = ~lessons.kept_out & (True if half is None else lessons.halves == half)
    while True:
        done = (time.monotonic() - begun) / course.seconds
        first = done < course.public_first
        for chosen in draw_pass(lessons, learnt, batches, chance, public_alone=first):
            done = (time.monotonic() - begun) / course.seconds
            if done >= 1:
                return
            step += 1
            for group, rate in zip(optimiser.param_groups, course.rates, strict=True):
                group["lr"] = rate * min(1.0, step / WARM_UP) * (1 - done)
            loss = measure_loss(*batches.judge(reader, chosen))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimiser.step()


def draw_pass(
    lessons: Lessons,
    learnt: NDArray[np.bool_],
    batches: Batches,
    chance: np.random.Generator,
    *,
    public_alone: bool,
) -> Iterator[Tensor]:
    """Steps of one pass, `(questions, passages)` pairs: all of our own, and some of the others."""
    by_kind = {kind: np.flatnonzero(learnt & (lessons.kinds == kind)) for kind in range(4)}
    mixed = {PUBLIC: len(by_kind[PUBLIC])} if public_alone else MIXED
    rows = [] if public_alone else [by_kind[OWN]]
    rows += [
        chance.choice(by_kind[kind], min(count, len(by_kind[kind])), replace=False)
        for kind, count in mixed.items()
    ]
    yield from batches.draw(np.concatenate(rows), chance)


def pick_pairs(
    lessons: Lessons, questions: NDArray[np.intp], most: int = TAUGHT
) -> NDArray[np.int64]:
    """Pairs of questions with the passages found first, and with those that answer."""
    pairs = lessons.pairs[questions]
    answers = (lessons.labels == 1).any(axis=1)[np.maximum(pairs, 0)]
    picked: NDArray[np.int64] = pairs[
        (pairs >= 0) & ((np.arange(pairs.shape[1]) < most) | answers)
    ].astype(np.int64)
    return picked


def score(reader: Reader, batches: Batches, pairs: NDArray[np.int64]) -> NDArray[np.float32]:
    """Log odds of the sentences of pairs, `(pairs, sentences)`; NaN where there is none."""
    reader.eval()
    found = np.zeros((len(pairs), batches.labels.shape[1]), dtype=np.float32)
    order = np.argsort(batches.measure(pairs))
    with torch.inference_mode():
        for start in range(0, len(order), READ_AT_ONCE):
            some = order[start : start + READ_AT_ONCE]
            found[some] = batches.read(reader, torch.from_numpy(pairs[some])).cpu().numpy()
    return found


def _shorten(course: Course, share: float) -> Course:
    return replace(course, seconds=course.seconds * share)


def _device() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


if __name__ == "__main__":
    main()
