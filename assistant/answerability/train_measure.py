"""Measures the shipped weights: `python -m assistant.answerability.train_measure ../shared/data`.

Prints MAP and MRR on TREC QA's test questions (measured only, never trained on; questions with both
right and wrong sentences, as is customary) for the model and for the cosine alone, and the time
that weighing 14 candidates takes.
"""

from __future__ import annotations

import csv
import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from assistant.answerability import AnswerabilityModel, Candidate
from index.embedding import Embedder
from index.settings import DEFAULT_MODEL

CANDIDATES = 14


def read_trecqa(path: Path) -> dict[str, list[tuple[str, int]]]:
    """Question → sentences with their labels; only questions that have both."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["qtext"]].append((row["atext"], int(row["label"])))
    return {q: pairs for q, pairs in found.items() if len({label for _, label in pairs}) == 2}


def precision_and_rank(scores: list[float], labels: list[int]) -> tuple[float, float]:
    """Average precision and reciprocal rank of one question."""
    order = np.argsort(-np.array(scores), kind="stable")
    places = [place for place, i in enumerate(order, start=1) if labels[i]]
    precision = float(np.mean([n / place for n, place in enumerate(places, start=1)]))
    return precision, 1 / places[0]


def main() -> None:
    """Prints the measures."""
    model, embedder = AnswerabilityModel.from_package(), Embedder(DEFAULT_MODEL)
    results: dict[str, list[tuple[float, float]]] = defaultdict(list)
    times = []
    for question, pairs in read_trecqa(Path(sys.argv[1]) / "trecqa" / "test.csv").items():
        vectors = embedder.encode([question, *(text for text, _ in pairs)])
        cosines = (vectors[1:] @ vectors[0]).tolist()
        candidates = [Candidate(text) for text, _ in pairs]
        labels = [label for _, label in pairs]
        scores = model.score(question, candidates, cosines).tolist()
        results["model"].append(precision_and_rank(scores, labels))
        results["cosine"].append(precision_and_rank(cosines, labels))
        began = time.perf_counter()
        model.assess(question, candidates[:CANDIDATES], cosines[:CANDIDATES])
        if len(candidates) >= CANDIDATES:
            times.append(time.perf_counter() - began)
    for name, values in results.items():
        precision, rank = np.mean(values, axis=0)
        print(f"{name}: {len(values)} questions, MAP {precision:.3f}, MRR {rank:.3f}")
    print(f"{CANDIDATES} candidates: p50 {1000 * float(np.median(times)):.1f} ms")


if __name__ == "__main__":
    main()
