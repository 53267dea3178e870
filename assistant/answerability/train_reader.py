"""Trains the reader: `python -m assistant.answerability.train_reader PAIRS.jsonl OUT.pt [FROM.pt]`.

Options by environment: `EPOCHS`, `SQUAD` (folds of SQuAD articles to train on, of three, such as
`01`; empty for none; `only:01` for SQuAD alone), `RATE`. Topics that `train_worlds` keeps for its
library are never trained on.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from assistant.answerability.pieces import (
    Pieces,
    candidate_pieces,
    load_vectors,
    question_pieces,
)
from assistant.answerability.reader import SENTENCE, Reader, make_batch
from assistant.answerability.train_worlds import is_held_out

PIECES_PER_BATCH = 3500
REPEATED = {"stated": 4, "kept condition": 4, "cloze": 1}
SPAN_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair to learn from; `weight` evens out what there is much of."""

    question: Pieces
    candidate: Pieces
    answers: int
    span: tuple[int, int] | None
    source: str


def squad_fold(group: str) -> str:
    """One of three folds of SQuAD's articles."""
    return str(zlib.crc32(group.encode()) % 3)


def read_pairs(path: Path, squad: str) -> tuple[list[Pair], list[Pair]]:
    """Pairs to train on, and pairs of held-out topics to watch."""
    train: list[Pair] = []
    watch: list[Pair] = []
    only = squad.startswith("only:")
    folds = squad.removeprefix("only:")
    with path.open(encoding="utf-8") as file:
        for task in map(json.loads, file):
            source, _, kind = task["source"].partition(" ")
            is_squad = source == "squad"
            if (is_squad and squad_fold(task["group"]) not in folds) or (only and not is_squad):
                continue
            question = question_pieces(task["question"])
            pairs = [
                Pair(
                    question,
                    candidate_pieces(e["context"], e["sentence"]),
                    e["answers"],
                    tuple(e["span"]) if e["span"] else None,
                    task["source"],
                )
                for e in task["examples"]
            ]
            held_out = is_held_out(task["group"]) and not is_squad
            (watch if held_out else train).extend(
                pairs * (1 if held_out else REPEATED.get(kind, 1))
            )
    return train, watch


def rarity_of_pieces(pairs: list[Pair]) -> torch.Tensor:
    """Inverse document frequency of word pieces over the candidates, scaled to 0 … 1."""
    counts: Counter[int] = Counter()
    for pair in pairs:
        counts.update(set(pair.candidate.ids))
    table = np.full(30_522, 1.0, dtype=np.float32)
    for piece, count in counts.items():
        table[piece] = np.log((len(pairs) + 1) / (count + 1)) / np.log(len(pairs) + 1)
    return torch.from_numpy(table)


def batches(pairs: list[Pair], rng: random.Random) -> list[list[Pair]]:
    """Pairs of like length together, in random order."""
    keyed = sorted(
        pairs, key=lambda p: len(p.question.ids) + len(p.candidate.ids) + rng.random() * 8
    )
    found: list[list[Pair]] = [[]]
    for pair in keyed:
        length = len(pair.question.ids) + len(pair.candidate.ids)
        if (len(found[-1]) + 1) * length > PIECES_PER_BATCH:
            found.append([])
        found[-1].append(pair)
    rng.shuffle(found)
    return [batch for batch in found if batch]


def span_targets(batch: list[Pair], length: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Which pieces are of the answer, and which pairs say so."""
    targets = torch.zeros((len(batch), length))
    known = torch.zeros((len(batch), length), dtype=torch.bool)
    for row, pair in enumerate(batch):
        if pair.span is None:
            continue
        offset = len(pair.question.ids)
        for place, (part, (start, end)) in enumerate(
            zip(pair.candidate.parts, pair.candidate.spans, strict=True)
        ):
            if part == SENTENCE and end > start:
                known[row, offset + place] = True
                targets[row, offset + place] = float(start < pair.span[1] and end > pair.span[0])
    return targets, known


def measure(reader: Reader, pairs: list[Pair]) -> dict[str, float]:
    """AUROC per source over single pairs."""
    from sklearn.metrics import roc_auc_score

    reader.eval()
    logits, labels, sources = [], [], []
    with torch.inference_mode():
        for batch in batches(pairs, random.Random(0)):
            logits.append(reader(make_batch([(p.question, p.candidate) for p in batch]))[0])
            labels += [p.answers for p in batch]
            sources += [p.source.split()[0] for p in batch]
    reader.train()
    scores, truth = torch.cat(logits).numpy(), np.array(labels)
    kinds = np.array(sources)
    return {
        kind: round(float(roc_auc_score(truth[kinds == kind], scores[kinds == kind])), 3)
        for kind in sorted(set(sources))
        if len(set(truth[kinds == kind])) == 2
    }


def main() -> None:
    """Trains and saves after every epoch."""
    torch.set_num_threads(1)
    torch.manual_seed(5)
    rng = random.Random(5)
    path, out = Path(sys.argv[1]), Path(sys.argv[2])
    start = Path(sys.argv[3]) if len(sys.argv) > 3 else None
    epochs, rate = int(os.environ.get("EPOCHS", "4")), float(os.environ.get("RATE", "1e-3"))
    train, watch = read_pairs(path, os.environ.get("SQUAD", ""))
    vectors = torch.from_numpy(load_vectors())
    reader = Reader(vectors, rarity_of_pieces(train))
    if start:
        reader.load_state_dict(torch.load(start))
    optimizer = torch.optim.AdamW(reader.parameters(), lr=rate, weight_decay=0.01)
    steps = len(batches(train, rng)) * epochs
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps + 99)
    print(len(train), "pairs,", steps, "steps,", Counter(p.answers for p in train), flush=True)
    positive = sum(p.answers for p in train) / len(train)
    balance = torch.tensor((1 - positive) / positive) ** 0.5
    began, done = time.monotonic(), 0
    for epoch in range(epochs):
        losses = []
        for batch in batches(train, rng):
            tensors = make_batch([(p.question, p.candidate) for p in batch])
            logits, pointed = reader(tensors)
            truth = torch.tensor([float(p.answers) for p in batch])
            loss = functional.binary_cross_entropy_with_logits(logits, truth, pos_weight=balance)
            targets, known = span_targets(batch, tensors.ids.shape[1])
            if known.any():
                loss = loss + SPAN_WEIGHT * functional.binary_cross_entropy_with_logits(
                    pointed[known], targets[known]
                )
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
            done += len(batch)
            if len(losses) % 100 == 0:
                pace = done / (time.monotonic() - began)
                print(
                    f"{epoch} {len(losses)} {np.mean(losses[-100:]):.3f} {pace:.0f}/s", flush=True
                )
        torch.save(reader.state_dict(), out)
        print(
            epoch,
            f"loss {np.mean(losses):.3f}",
            measure(reader, watch) if watch else "",
            flush=True,
        )


if __name__ == "__main__":
    main()
