"""Asks the small libraries of `train_worlds` their questions and keeps all that is weighed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.answerability.evidence import describe_candidates
from assistant.answerability.features import Candidate, content_words, stems_of
from assistant.answerability.train_worlds import CANDIDATES

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

RANK_CONSTANT = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what retrieval found for it.

    Attributes:
        world: which library was asked.
        group: article or topic.
        rows: `(n, c)` features of the candidates.
        labels: `(n,)` whether each answers.
    """

    text: str
    world: str
    group: str
    kind: str
    answerable: bool
    candidates: tuple[Candidate, ...]
    rows: NDArray[np.float32]
    labels: NDArray[np.int8]


def ask_world(folder: Path, world: str, weights: NDArray[np.float16]) -> list[Asked]:
    """Every question of a library with its candidates, by meaning and by words, ranks fused.

    Args:
        folder: what `train_worlds` wrote.
        world: `squad` or `medquad`.
        weights: the table of word weights.
    """
    sentences, questions = json.loads((folder / f"{world}.json").read_text())
    with np.load(folder / f"{world}.npz") as vectors:
        cosines = vectors["questions"] @ vectors["sentences"].T
    holders: dict[str, list[int]] = {}
    for number, sentence in enumerate(sentences):
        for stem in stems_of(f"{sentence['context']} {sentence['text']}"):
            holders.setdefault(stem, []).append(number)
    asked = []
    for question, near in zip(questions, cosines, strict=True):
        words = np.zeros(len(sentences), dtype=np.float32)
        for word in content_words(question["text"], weights):
            words[holders.get(word.stem, [])] += word.weight
        cosine = near.copy()
        cosine[question["hidden"]] = words[question["hidden"]] = -1
        numbers = _fuse(cosine, words)[:CANDIDATES]
        found = tuple(Candidate(sentences[n]["text"], sentences[n]["context"]) for n in numbers)
        rows = describe_candidates(question["text"], found, cosine[numbers].tolist(), weights)
        asked.append(
            Asked(
                text=question["text"],
                world=world,
                group=f"{world} {question['group']}",
                kind=question["kind"],
                answerable=bool(question["gold"]),
                candidates=found,
                rows=rows,
                labels=np.isin(numbers, question["gold"]).astype(np.int8),
            )
        )
    return asked


def _fuse(cosine: NDArray[np.float32], words: NDArray[np.float32]) -> NDArray[np.int64]:
    """Sentences by reciprocal rank fusion of meaning and words, best first."""
    ranks = [np.argsort(np.argsort(-scores, kind="stable")) for scores in (cosine, words)]
    fused = sum(1 / (RANK_CONSTANT + rank) for rank in ranks)
    return np.argsort(-np.asarray(fused), kind="stable")
