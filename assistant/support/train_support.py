"""Trains the checker's weights: `python -m assistant.support.train_support MEDQUAD_DIR`.

Three sources: this project's own pairs and model outputs (the halves to tune on), and sentences of
MedQuAD (CC BY 4.0): shortened, which they bear; flipped by rule, or followed by the next one, which
they do not. The weights are bound by sign: what covers a claim can only speak for it, all else only
against it, so that habits of those who wrote the pairs are no signs (copies were wrong more often).
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.support.checker import WEIGHTS, describe
from assistant.support.comparing import FEATURE_NAMES
from assistant.support.lexicon import load_lexicon
from index.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

DATASETS = Path(__file__).parent / "cases"
FOR = frozenset({"coverage", "soft_coverage", "least_covered"})
PENALTY = 4.0
MEDQUAD_SENTENCES = 150
MEDQUAD_WEIGHT = 0.02

Example = tuple[str, list[str], str, bool]


def read_own(split: str) -> tuple[list[Example], list[str]]:
    """Own pairs and outputs of a split, each with its group."""
    examples: list[Example] = []
    groups: list[str] = []
    for row in _rows("support_pairs.jsonl", split):
        context = " ".join(row["section"])
        examples.append((row["claim"], [row["evidence"]], context, row["label"] == "supported"))
        groups.append(row["group"])
    for row in _rows("model_outputs.jsonl", split):
        claim = re.sub(r"\s*\[\d+\]", "", row["output"])
        marked = [int(number) for number in re.findall(r"\[(\d+)\]", row["output"])]
        cited = row["right"] or marked or [source["n"] for source in row["sources"]]
        quotes = [source["quote"] for source in row["sources"] if source["n"] in cited]
        context = " ".join(h for source in row["sources"] for h in source["section"])
        examples.append((claim, quotes, context, row["true"]))
        groups.append(row["group"])
    return examples, groups


def make_medquad(folder: Path, seed: int = 7) -> list[Example]:
    """Sentences of MedQuAD with a short form of each, one that says the contrary, and the next."""
    chance = random.Random(seed)
    sentences = list(_medquad_sentences(folder))
    following = dict(itertools.pairwise([*sentences, sentences[0]]))
    chance.shuffle(sentences)
    examples: list[Example] = []
    for sentence, other in zip(sentences, reversed(sentences), strict=True):
        short = re.sub(r"\s*\([^)]*\)|,[^,]*$", "", sentence).rstrip(".") + "."
        contrary = chance.choice([_flip_not, _flip_scale, _flip_number, _swap_word])
        changed = contrary(sentence, other, chance)
        if changed is not None:
            examples += [(short, [sentence], "", True), (changed, [sentence], "", False)]
            examples.append((following[sentence], [sentence], "", False))
        if len(examples) >= 3 * MEDQUAD_SENTENCES:
            break
    return examples


def fit(rows: NDArray[np.float64], right: NDArray[np.bool_], weight: NDArray[np.float64]) -> Any:
    """Mean, scale, weights and bias of a logistic regression whose weights are bound by sign."""
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    mean, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 0.1)
    standard = (rows - mean) / scale
    sign = np.where(right, 1.0, -1.0)
    weight = weight * np.where(right, 1 / weight[right].sum(), 1 / weight[~right].sum())
    weight *= len(rows) / 2

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (standard @ parameters[:-1] + parameters[-1])
        pull = -sign * weight / (1 + np.exp(margin))
        slope = np.append(standard.T @ pull + PENALTY * parameters[:-1], pull.sum())
        penalty = PENALTY / 2 * float(parameters[:-1] @ parameters[:-1])
        return float(weight @ np.logaddexp(0, -margin)) + penalty, slope

    bounds = [(0, None) if name in FOR else (None, 0) for name in FEATURE_NAMES]
    start = np.zeros(rows.shape[1] + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)])
    return mean, scale, found.x[:-1], float(found.x[-1])


def train(folder: Path) -> None:
    """Cross-validates by group on the halves to tune on, then writes the weights of all."""
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import GroupKFold

    own, groups = read_own("tune")
    medquad = make_medquad(folder)
    rows, right = _describe(own)
    more, more_right = _describe(medquad)
    extra = np.full(len(more), MEDQUAD_WEIGHT)
    scores = np.zeros(len(rows))
    for kept, out in GroupKFold(5).split(rows, right, groups):
        weight = np.concatenate([np.ones(len(kept)), extra])
        mean, scale, weights, bias = fit(
            np.vstack([rows[kept], more]), np.concatenate([right[kept], more_right]), weight
        )
        scores[out] = (rows[out] - mean) / scale @ weights + bias
    print(f"{len(own)} own, {len(medquad)} of MedQuAD; AUROC {roc_auc_score(right, scores):.3f}")
    weight = np.concatenate([np.ones(len(rows)), extra])
    mean, scale, weights, bias = fit(
        np.vstack([rows, more]), np.concatenate([right, more_right]), weight
    )
    for name, value in zip(FEATURE_NAMES, weights, strict=True):
        print(f"{name:25} {value:6.2f}")
    record = {
        "features": FEATURE_NAMES,
        "mean": _rounded(mean),
        "scale": _rounded(scale),
        "weights": _rounded(weights),
        "bias": round(bias, 4),
    }
    WEIGHTS.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def _describe(examples: list[Example]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    rows = np.array([describe(claim, quotes, around) for claim, quotes, around, _ in examples])
    return rows, np.array([right for *_, right in examples])


def _rounded(values: NDArray[np.float64]) -> list[float]:
    return [round(float(value), 4) for value in values]


def _rows(name: str, split: str) -> Iterator[dict[str, Any]]:
    for line in (DATASETS / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["split"] == split:
            yield row


def _medquad_sentences(folder: Path) -> Iterator[str]:
    with (folder / "corpus.jsonl").open(encoding="utf-8") as lines:
        for line in itertools.islice(lines, 400):
            text = json.loads(line)["text"]
            for start, end in split_sentences(text):
                sentence = text[start:end].strip()
                if 8 <= len(sentence.split()) <= 30 and sentence.endswith("."):
                    yield sentence


def _flip_not(sentence: str, _: str, __: random.Random) -> str | None:
    if re.search(r"\bnot\b", sentence):
        return re.sub(r"\s*\bnot\b", "", sentence, count=1)
    changed = re.sub(
        r"\b(is|are|was|were|can|may|should|does|do|will|has)\b", r"\1 not", sentence, count=1
    )
    return changed if changed != sentence else None


def _flip_scale(sentence: str, _: str, chance: random.Random) -> str | None:
    opposites = load_lexicon().opposites
    words = sentence.split(" ")
    places = [i for i, word in enumerate(words) if word in opposites and len(word) > 3]
    if not places:
        return None
    place = chance.choice(places)
    words[place] = chance.choice(sorted(opposites[words[place]]))
    return " ".join(words)


def _flip_number(sentence: str, _: str, chance: random.Random) -> str | None:
    if not re.search(r"\d", sentence):
        return None
    return re.sub(
        r"\d+", lambda m: str(int(m[0]) * chance.choice([2, 3, 10]) + 1), sentence, count=1
    )


def _swap_word(sentence: str, other: str, chance: random.Random) -> str | None:
    words = sentence.split(" ")
    places = [i for i, word in enumerate(words) if word.isalpha() and len(word) > 5]
    others = [word for word in other.split(" ") if word.isalpha() and len(word) > 5]
    if not places or not others:
        return None
    words[chance.choice(places)] = chance.choice(others)
    return " ".join(words)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("medquad", type=Path)
    train(parser.parse_args().medquad)
