"""Trains the assistant's reader: first on public questions, then on those of `eval/training`.

    python -m eval.train_reader ../shared/data WORK HOME=NAME[,NAME…] …

The home named `training` holds `eval/training/articles`. Writes `assistant/reader/weights.npz`,
and to WORK two readers that have seen one half of the libraries: `python -m eval.train_ranking`
lets each read the other half's questions, and its figures are those to trust.
About 20 minutes on one core.
"""

from __future__ import annotations

import math
import random
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.ranking.model import choose_to_read, load_models
from assistant.reader.network import VOCABULARY, Network
from assistant.reader.pairs import make_pairs
from assistant.reader.reading import WEIGHTS
from eval.train_examples import Example, read_examples
from eval.train_public import Asked, read_answered, read_near_misses
from index.embedding import Embedder
from index.settings import DEFAULT_MODEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from index.token_vectors import TokenVectors

START = (0.0015, 2)
"""Learning rate and epochs on the public sets."""

THEN = (0.001, 6)
"""Learning rate and epochs on our own, with some of the public ones among them."""

PUBLIC_AN_EPOCH = (2600, 700, 400)
"""Questions with near misses and answered ones at the start; of both kept among our own."""

UNSEEN = ("only-training.npz", "without-training.npz")
"""Readers that have not seen the other libraries' questions, and those on the training library."""

ANSWERED = 900
"""Answered public questions that are used; there are twice as many."""

QUESTIONS_A_STEP = 16
SENTENCES_A_QUESTION = 9


@dataclass(frozen=True, slots=True)
class Task:
    """A question and sentences to tell apart, the likeliest first.

    Attributes:
        question: its word pieces.
        sentences: theirs.
        labels: `(n,)` 1 answers, 0 does not; unknown ones are left out.
    """

    question: TokenVectors
    sentences: tuple[TokenVectors, ...]
    labels: NDArray[np.int8]


def main() -> None:
    """Trains a reader for each library left out, and the one that is shipped."""
    torch.manual_seed(1)
    torch.set_flush_denormal(True)
    public, work = Path(sys.argv[1]), Path(sys.argv[2])
    embedder = Embedder(DEFAULT_MODEL)
    near = embed(read_near_misses(public), embedder)
    answered = embed(random.Random(0).sample(read_answered(public), ANSWERED), embedder)
    print(f"{len(near)} public questions with near misses, {len(answered)} answered", flush=True)
    torch.set_num_threads(1)  # steps this small are slower on more
    start = Network()
    start.rarity[:] = torch.from_numpy(measure_rarity([*near, *answered]))
    train(start, [(near, PUBLIC_AN_EPOCH[0]), (answered, PUBLIC_AN_EPOCH[1])], *START)
    examples = list(read_examples(sys.argv[3:]))
    tasks = [as_task(example) for example in examples]
    among = ([*near, *answered], PUBLIC_AN_EPOCH[2])
    for is_training, name in zip((True, False), UNSEEN, strict=True):
        of_half = [
            task
            for example, task in zip(examples, tasks, strict=True)
            if (example.home == "training") == is_training
        ]
        train_then(start, among, of_half, work / name)
    train_then(start, among, tasks, WEIGHTS)


def train_then(
    start: Network, public: tuple[Sequence[Task], int], tasks: Sequence[Task], path: Path
) -> None:
    """Goes on from a network with our own questions among public ones, and saves it."""
    network = Network()
    network.load_state_dict(start.state_dict())
    train(network, [public, (tasks, len(tasks))], *THEN)
    save(network, path)


def embed(asked: Iterable[Asked], embedder: Embedder) -> list[Task]:
    """Questions and passages as word pieces."""
    rows = list(asked)
    passages = list(dict.fromkeys(passage for row in rows for passage, *_ in row.sentences))
    of_passage = dict(zip(passages, embedder.encode_with_tokens(passages)[1], strict=True))
    questions = embedder.encode_with_tokens([row.question for row in rows])[1]
    tasks = []
    for row, question in zip(rows, questions, strict=True):
        known = [
            (of_passage[passage].within(start, end), label)
            for passage, start, end, label in row.sentences
            if label >= 0
        ]
        kept = [(tokens, label) for tokens, label in known if len(tokens)]
        labels = np.array([label for _, label in kept], dtype=np.int8)
        tasks.append(Task(question, tuple(tokens for tokens, _ in kept), labels))
    return [task for task in tasks if task.sentences]


def as_task(example: Example) -> Task:
    """What the reader will be given of an example: what the first model chooses, and the gold."""
    chosen, _ = choose_to_read(example.words, example.candidates, load_models().first)
    labels = dict(zip((c.key for c in example.candidates), example.labels, strict=True))
    missed = [c for c in example.candidates if labels[c.key] == 1 and c not in chosen]
    known = [c for c in (*chosen, *missed) if labels[c.key] >= 0]
    return Task(
        example.tokens,
        tuple(candidate.tokens for candidate in known),
        np.array([labels[candidate.key] for candidate in known], dtype=np.int8),
    )


def measure_rarity(tasks: Sequence[Task]) -> NDArray[np.float32]:
    """Inverse document frequency of each word piece over sentences, scaled to about 1."""
    frequency = np.ones(VOCABULARY)
    texts = {id(text): text for task in tasks for text in task.sentences}.values()
    for text in texts:
        frequency[np.unique(text.pieces)] += 1
    return (np.log((len(texts) + 2) / frequency) / 8).astype(np.float32)


def train(
    network: Network, parts: Sequence[tuple[Sequence[Task], int]], rate: float, epochs: int
) -> None:
    """Trains in place; from each part of the tasks so many are drawn an epoch."""
    chance = random.Random(0)
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.03)
    drawn = sum(min(count, len(tasks)) for tasks, count in parts)
    steps = epochs * math.ceil(drawn / QUESTIONS_A_STEP)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / 60) * max(0.02, 1 - step / steps)
    )
    network.train()
    for epoch in range(epochs):
        tasks = [
            draw(task, chance)
            for part, count in parts
            for task in chance.sample(list(part), min(count, len(part)))
        ]
        tasks.sort(key=lambda task: max(len(text) for text in task.sentences))  # little filling up
        starts = list(range(0, len(tasks), QUESTIONS_A_STEP))
        chance.shuffle(starts)
        total = 0.0
        for first in starts:
            some = tasks[first : first + QUESTIONS_A_STEP]
            loss = measure_loss(network, some)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += float(loss) * len(some)
        print(f"epoch {epoch + 1}: loss {total / len(tasks):.4f}", flush=True)


def draw(task: Task, chance: random.Random) -> Task:
    """Up to three sentences that answer, and of the likeliest others as many as are read."""
    gold, other = np.flatnonzero(task.labels == 1), np.flatnonzero(task.labels == 0)[:12]
    kept = chance.sample(list(gold), min(len(gold), 3))
    kept += chance.sample(list(other), min(len(other), SENTENCES_A_QUESTION - len(kept)))
    return Task(task.question, tuple(task.sentences[i] for i in kept), task.labels[kept])


def measure_loss(network: Network, tasks: Sequence[Task]) -> Tensor:
    """Cross-entropy over a question's sentences and "none", and over each sentence alone."""
    pairs = make_pairs(
        [(task.question, text) for task in tasks for text in task.sentences],
        network.rarity.numpy(),
    )
    arrays = (pairs.pieces, pairs.signs, pairs.side, pairs.present)
    odds = network(*(torch.from_numpy(array) for array in arrays))
    losses, first = [], 0
    for task in tasks:
        own = odds[first : first + len(task.sentences)]
        first += len(task.sentences)
        labels = torch.from_numpy(task.labels.astype(np.float32))
        with_none = torch.logsumexp(torch.cat([own, torch.zeros(1)]), dim=0)
        answered = torch.logsumexp(own[labels > 0], dim=0) if labels.any() else torch.zeros(())
        alone = functional.binary_cross_entropy_with_logits(own, labels)
        losses.append(with_none - answered + 0.3 * alone)
    return torch.stack(losses).mean()


def save(network: Network, path: Path) -> None:
    """Writes weights in half precision."""
    path.parent.mkdir(parents=True, exist_ok=True)
    state = {key: value.numpy().astype(np.float16) for key, value in network.state_dict().items()}
    np.savez_compressed(path, **state)


if __name__ == "__main__":
    main()
