"""Trains the map by which questions are searched, on questions and their everyday wordings.

    python -m eval.train_query_map HOME=cases:LIBRARY … [--kept-out FAMILY,…]

A question is to lie nearer to the sentences and passages that answer it than to all others of the
training libraries (a contrastive loss: Oord et al. 2018, arXiv 1807.03748), and not far from where
it lay. With libraries kept out it prints how early their passages are found, and writes nothing. A
minute on one core, after some minutes of embedding.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.conversation import Conversation
from assistant.knowledge import Knowledge
from assistant.query_map import WEIGHTS
from assistant.settings import load_settings
from assistant.understanding import understand
from eval.train_examples import read_examples
from eval.train_reworded import read_wordings
from index.passages import passage_text_to_embed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

SIZE, INNER = 384, 96
STEPS, A_STEP, WARM_UP = 200, 256, 30
RATE = 1e-3
SHARPNESS = 20.0
"""What cosines are multiplied by before they are likelihoods."""

STAY = 2.0
"""How much the cosine of a question before and after counts."""

READ_FIRST = (1, 3, 5, 8)


class QueryMap(nn.Module):
    """Two layers beside the vector itself; at first they add nothing."""

    def __init__(self) -> None:
        """New layers."""
        super().__init__()
        self.down, self.up = nn.Linear(SIZE, INNER), nn.Linear(INNER, SIZE)
        nn.init.normal_(self.down.weight, std=0.2)
        nn.init.zeros_(self.up.weight)
        nn.init.zeros_(self.up.bias)
        self.drop = nn.Dropout(0.1)

    def forward(self, vectors: Tensor) -> Tensor:
        """`(n, 384)` → `(n, 384)`, of length 1."""
        inner = self.drop(functional.relu(self.down(vectors)))
        return functional.normalize(vectors + self.up(inner), dim=-1)


@dataclass(slots=True)
class Texts:
    """What is searched in, of several libraries.

    Attributes:
        vectors: of sentences and passages, each `(384,) float32`.
        kinds: of each 0 for a sentence, 1 for a passage.
    """

    vectors: list[NDArray[np.float32]] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in some words, and where in `Texts` its answer stands."""

    vector: NDArray[np.float32]
    gold: tuple[int, ...]


def main() -> None:
    """Trains on all libraries but those kept out, and measures or writes."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("homes", nargs="+", metavar="HOME=cases:LIBRARY")
    parser.add_argument("--kept-out", default="", help="libraries to measure on")
    chosen = parser.parse_args()
    kept_out = set(filter(None, chosen.kept_out.split(",")))
    texts, asked = Texts(), list[Asked]()
    others: dict[str, tuple[Texts, list[Asked]]] = {}
    for pair in chosen.homes:
        name = Path(pair.partition("=")[0]).name
        if name in kept_out:
            others[name] = (Texts(), [])
            others[name][1].extend(read_asked(pair, others[name][0]))
        else:
            asked.extend(read_asked(pair, texts))
    print(f"{len(asked)} questions, {len(texts.vectors)} sentences and passages", flush=True)
    torch.manual_seed(1)
    model = QueryMap()
    fit(model, texts, asked, np.random.default_rng(1))
    for name, (library, questions) in others.items():
        print(f"{name}: {measure(None, library, questions)} → {measure(model, library, questions)}")
    if not others:
        write(model, WEIGHTS)


def read_asked(pair: str, texts: Texts) -> Iterator[Asked]:
    """A library's questions and their wordings; its sentences and passages go into `texts`."""
    knowledge = Knowledge.open(load_settings(Path(pair.partition("=")[0])))
    library, known = knowledge.library, read_wordings()
    place: dict[tuple[str, int], tuple[int, ...]] = {}
    for article_id, entry in library.entries.items():
        vectors = library.sentence_vectors(article_id)
        read = [passage_text_to_embed(entry.article, passage) for passage in entry.passages]
        passages = knowledge.embedder.encode(read)
        first = len(texts.vectors)
        for passage, vector in zip(entry.passages, passages, strict=True):
            for number in range(*passage.sentences):
                place[article_id, number] = (first + passage.number,)
            texts.vectors.append(vector)
            texts.kinds.append(1)
        for number, vector in enumerate(vectors):
            if (article_id, number) in place:
                place[article_id, number] += (len(texts.vectors),)
                texts.vectors.append(vector)
                texts.kinds.append(0)
    for example in read_examples([pair], asked=known):
        gold = {n for key, label in example.labels_by_key.items() if label == 1 for n in place[key]}
        if not gold:
            continue
        words = [example.asked, *known[example.asked].same]
        typed = [understand(Conversation(text), knowledge.lexicon).standalone for text in words]
        for vector in knowledge.embedder.encode(typed):
            yield Asked(vector, tuple(sorted(gold)))


def fit(model: QueryMap, texts: Texts, asked: Sequence[Asked], chance: np.random.Generator) -> None:
    """Trains in place, the rate falling to nothing."""
    every = torch.from_numpy(np.stack(texts.vectors))
    kinds = torch.tensor(texts.kinds)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.05)
    for step in range(1, STEPS + 1):
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, step / WARM_UP) * (1 - step / (STEPS + 1))
        some = [asked[n] for n in chance.choice(len(asked), A_STEP, replace=False)]
        before = torch.from_numpy(np.stack([one.vector for one in some]))
        gold = torch.zeros(len(some), len(every), dtype=torch.bool)
        for row, one in enumerate(some):
            gold[row, list(one.gold)] = True
        after = model(before)
        odds = SHARPNESS * after @ every.T
        loss = STAY * (1 - (after * before).sum(-1)).mean()
        for kind in (0, 1):
            loss = loss + _contrast(odds[:, kinds == kind], gold[:, kinds == kind])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()


def _contrast(odds: Tensor, gold: Tensor) -> Tensor:
    """How unlikely the golds are among all; questions without one count nothing."""
    inside = odds.masked_fill(~gold, -1e4)
    each = torch.logsumexp(odds, 1) - torch.logsumexp(inside, 1)
    return each[gold.any(1)].mean()


def measure(model: QueryMap | None, texts: Texts, asked: Sequence[Asked]) -> str:
    """How many questions have a gold among the first sentences by cosine."""
    every, kinds = np.stack(texts.vectors), np.array(texts.kinds)
    vectors = torch.from_numpy(np.stack([one.vector for one in asked]))
    if model is not None:
        model.eval()
        with torch.inference_mode():
            vectors = model(vectors)
    odds = np.where(kinds == 0, vectors.numpy() @ every.T, -2.0)
    ranks = [
        int((row > max(row[n] for n in one.gold)).sum())
        for row, one in zip(odds, asked, strict=True)
    ]
    return " ".join(f"@{k} {np.mean(np.array(ranks) < k):.3f}" for k in READ_FIRST)


def write(model: QueryMap, path: Path) -> None:
    """Writes what `assistant.query_map` reads."""
    state = {name: value.numpy().astype(np.float16) for name, value in model.state_dict().items()}
    np.savez_compressed(
        path,
        down=state["down.weight"],
        down_bias=state["down.bias"],
        up=state["up.weight"],
        up_bias=state["up.bias"],
    )


if __name__ == "__main__":
    main()
