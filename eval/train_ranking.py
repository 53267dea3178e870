"""Trains the assistant's five ranking models, after `eval.train_reader`.

    python -m eval.train_ranking WORK HOME=NAME[,NAME…] …

A home's questions are read by the reader of WORK that has not seen them. Reports five-fold
cross-validation by group, then writes `assistant/ranking/weights.json`.
"""

from __future__ import annotations

import json
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.lists import LIST_FEATURES, find_list, group_of, items_of
from assistant.ranking import Ranking
from assistant.ranking.features import (
    CANDIDATE_FEATURES,
    QUESTION_FEATURES,
    READ_FEATURES,
    describe_candidates,
    describe_question,
    describe_read,
    fill_unread,
)
from assistant.ranking.model import WEIGHTS, choose_to_read, linear, read_in_turn, weigh
from eval.train_examples import Example, read_examples
from eval.train_lessons import OWN, Lessons
from eval.train_tasks import sentences_by_passage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from assistant.evidence import Candidate
    from assistant.linear import Linear

FOLDS = 5
STRENGTH = {
    "first": 0.05,
    "candidate": 1.0,
    "question": 0.1,
    "whole_list": 1.0,
    "wants_list": 0.003,
}
"""Inverse of the penalty on the weights of each model."""

PATIENTS = 3.0
"""How often a case to tune on counts where the probability is fitted: these are asked as patients
ask, the training questions mostly to be hard. Their calibration error falls from .040 to .029
(cross-validated), the AUROC of none changes by more than .003; from 8 on others lose."""


@dataclass(frozen=True, slots=True)
class Read:
    """An example's candidates that were read, best first by the first model.

    Attributes:
        example: what they are of.
        candidates: at most `CHOSEN`.
        labels: `(n,)` as in the example.
        first: `(n,)` log odds by the first model.
        odds: `(n,)` log odds by the reader, NaN where it did not read.
        wanted: log odds that all of something is asked for.
    """

    example: Example
    candidates: tuple[Candidate, ...]
    labels: NDArray[np.int8]
    first: NDArray[np.float64]
    odds: NDArray[np.float64]
    wanted: float

    def weigh_by(self, model: Linear) -> NDArray[np.float64]:
        """`(n,)` log odds by the second model, as the assistant takes them."""
        return weigh(model, self.candidates, self.first, self.odds, self.wanted)

    @property
    def rows(self) -> NDArray[np.float32]:
        """`(n, 5)` features for the second model."""
        return describe_read(self.first, self.odds)


def main() -> None:
    """Reads examples and odds, and fits."""
    examples = list(read_examples(sys.argv[2:]))
    fit_all(examples, load_odds(Path(sys.argv[1]), examples))


def fit_all(examples: Sequence[Example], odds: Sequence[dict[tuple[str, int], float]]) -> None:
    """Cross-validates, fits on everything, writes the weights.

    Args:
        examples: questions with their candidates.
        odds: of each what `load_odds` gives.
    """
    # The wordings of one need stay together, or a fold would be tested on what it has seen.
    folds = np.array([zlib.crc32(example.group.encode()) % FOLDS for example in examples])
    inside = [[i for i, f in enumerate(folds) if f == fold] for fold in range(FOLDS)]
    answerable = np.array([example.answerable for example in examples])
    vectors = np.stack([example.vector for example in examples])
    whole = np.array([wants_whole_list(example) for example in examples])
    wanted = np.zeros(len(examples))
    for fold in range(FOLDS):
        left_out = folds == fold
        learnt = ~left_out & answerable
        model = linear(fit_wants_list(vectors[learnt], whole[learnt]))
        wanted[left_out] = model.log_odds(vectors[left_out])
    read: dict[int, Read] = {}
    for fold in range(FOLDS):
        first = linear(fit_first([e for e, f in zip(examples, folds, strict=True) if f != fold]))
        read |= {i: read_example(examples[i], first, odds[i], wanted[i]) for i in inside[fold]}
    scores: dict[int, NDArray[np.float64]] = {}
    for fold in range(FOLDS):
        candidate = linear(fit_candidate([r for i, r in read.items() if folds[i] != fold]))
        scores |= {i: read[i].weigh_by(candidate) for i in inside[fold]}
    rows = np.stack([question_row(read[i], scores[i]) for i in range(len(examples))])
    counts = np.array([PATIENTS if example.source == "tune" else 1.0 for example in examples])
    probabilities = np.zeros(len(examples))
    for fold in range(FOLDS):
        left_out = folds == fold
        model = linear(fit_question(rows[~left_out], answerable[~left_out], counts[~left_out]))
        probabilities[left_out] = 1 / (1 + np.exp(-model.log_odds(rows[left_out])))
    for source in sorted({(e.home, e.source) for e in examples}):
        chosen = [i for i, e in enumerate(examples) if (e.home, e.source) == source]
        report(
            source, [read[i] for i in chosen], [scores[i] for i in chosen], probabilities[chosen]
        )
    record = {
        "first": fit_first(examples),
        "candidate": fit_candidate(list(read.values())),
        "question": fit_question(rows, answerable, counts),
        "whole_list": fit_whole_list([read[i] for i in sorted(read)], scores),
        "wants_list": fit_wants_list(vectors[answerable], whole[answerable]),
    }
    WEIGHTS.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def read_example(
    example: Example, first: Linear, odds: dict[tuple[str, int], float], wanted: float
) -> Read:
    """Chooses by the first model; log odds come from a reader that has not seen the library."""
    chosen, scores = choose_to_read(example.words, example.candidates, first, wanted)
    labels = example.labels_by_key

    def read(members: Sequence[int]) -> NDArray[np.float64]:
        return np.array([odds.get(chosen[i].key, np.nan) for i in members])

    return Read(
        example,
        tuple(chosen),
        np.array([labels[candidate.key] for candidate in chosen], dtype=np.int8),
        scores,
        read_in_turn(chosen, scores, wanted, read),
        wanted,
    )


def load_odds(work: Path, examples: Sequence[Example]) -> list[dict[tuple[str, int], float]]:
    """Of each example: sentence → the log odds that the reader gave that has not seen it."""
    lessons, odds = Lessons.load(work / "lessons.npz"), np.load(work / "odds.npy")
    found = []
    for example, number in zip(examples, np.flatnonzero(lessons.kinds == OWN), strict=True):
        own: dict[tuple[str, int], float] = {}
        passages = sentences_by_passage(example.candidates)
        for members, pair in zip(passages, lessons.pairs[number], strict=False):
            for candidate, value in zip(members, odds[pair], strict=False):
                if not np.isnan(value):
                    own[candidate.key] = float(value)
        found.append(own)
    return found


def question_row(read: Read, scores: NDArray[np.float64]) -> NDArray[np.float32]:
    """The features of a question, its candidates put in the order of their scores."""
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], read.candidates[i].key))
    ranked = [read.candidates[i] for i in order]
    example = read.example
    odds = fill_unread(read.odds)[order]
    return describe_question(example.words, ranked, scores[order], odds, example.weights)


def fit_first(examples: Sequence[Example]) -> dict[str, Any]:
    """Fits which candidates are worth reading, every question counting the same."""
    answered = [e for e in examples if e.answerable]
    rows = [describe_candidates(e.words, e.candidates) for e in answered]
    return _fit_labelled(rows, [e.labels for e in answered], CANDIDATE_FEATURES, "first")


def fit_candidate(read: Sequence[Read]) -> dict[str, Any]:
    """Fits which candidates answer, of those that were read."""
    answered = [r for r in read if r.example.answerable and (r.labels == 1).any()]
    labels = [r.labels for r in answered]
    return _fit_labelled([r.rows for r in answered], labels, READ_FEATURES, "candidate")


def fit_question(
    rows: NDArray[np.float32], answerable: NDArray[np.bool_], counts: NDArray[np.float64]
) -> dict[str, Any]:
    """Fits which questions have an answer, from scores that no fit has seen."""
    return _fit(rows, answerable, QUESTION_FEATURES, STRENGTH["question"], counts)


def wants_whole_list(example: Example) -> bool:
    """Whether at least half of the items of a list, and two, are gold."""
    gold: dict[tuple[str, int], int] = {}
    for candidate in example.candidates:
        group = group_of(candidate)
        if example.labels_by_key[candidate.key] == 1 and group is not None:
            key = candidate.entry.article.id, group
            gold[key] = gold.get(key, 0) + (not candidate.introduces_list)
    entries = {candidate.entry.article.id: candidate.entry for candidate in example.candidates}
    return any(
        count >= max(2, len(items_of(entries[article], group)) / 2)
        for (article, group), count in gold.items()
    )


def fit_wants_list(vectors: NDArray[np.float32], whole: NDArray[np.bool_]) -> dict[str, Any]:
    """Fits by their embeddings which answerable questions ask for all of something."""
    names = [str(number) for number in range(vectors.shape[1])]
    return _fit(vectors, whole, names, STRENGTH["wants_list"])


def fit_whole_list(
    read: Sequence[Read], scores: Mapping[int, NDArray[np.float64]]
) -> dict[str, Any]:
    """Fits for which questions at least half of the likeliest list's items are gold."""
    rows, labels = [], []
    for number, one in enumerate(read):
        odds = scores[number]
        if not one.example.answerable:
            continue
        order = np.argsort(-odds)
        ranking = Ranking(
            tuple(one.candidates[i] for i in order),
            odds[order],
            one.odds[order],
            1.0,
            one.example.words.expected,
            one.wanted,
        )
        found = find_list(ranking, one.example.words.text)
        if found is not None:
            keys = [(found.entry.article.id, item.number) for item in found.items]
            gold = sum(one.example.labels_by_key.get(key) == 1 for key in keys)
            rows.append(found.features)
            labels.append(gold >= max(2, len(keys) / 2))
    return _fit(np.stack(rows), np.array(labels), LIST_FEATURES, STRENGTH["whole_list"])


def report(
    source: tuple[str, str],
    read: Sequence[Read],
    scores: Sequence[NDArray[np.float64]],
    probabilities: NDArray[np.float64],
) -> None:
    """Prints how often the best candidate is gold, and how well probabilities tell."""
    from sklearn.metrics import roc_auc_score

    found: list[NDArray[np.bool_]] = []
    for one, score in zip(read, scores, strict=True):
        if one.example.answerable:
            known = one.labels >= 0
            found.append((one.labels[known] == 1)[np.argsort(-score[known])])
    labels = np.array([one.example.answerable for one in read])
    print(f"{source}: {labels.sum()} answerable, {(~labels).sum()} not")
    if not found:
        return
    first, three = np.mean([f[:1].any() for f in found]), np.mean([f[:3].any() for f in found])
    print(f"  best is gold {first:.3f}, one of three is {three:.3f}")
    if labels.all():
        return
    print(f"  AUROC {roc_auc_score(labels, probabilities):.3f}")
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        kept = np.mean(probabilities[labels] >= threshold)
        declined = np.mean(probabilities[~labels] < threshold)
        print(f"  threshold {threshold}: answered {kept:.3f}, declined {declined:.3f}")


def _fit_labelled(
    rows: Sequence[NDArray[np.float32]],
    labels: Sequence[NDArray[np.int8]],
    names: Sequence[str],
    model: str,
) -> dict[str, Any]:
    """Fits on candidates whose label is known; gold and the rest of a question count the same."""
    known = [label >= 0 for label in labels]
    gold = [label[k] == 1 for label, k in zip(labels, known, strict=True)]
    weights = [
        np.where(g, 5 / max(g.sum(), 1), 5 / max((~g).sum(), 1)).astype(np.float64) for g in gold
    ]
    chosen = np.concatenate([row[k] for row, k in zip(rows, known, strict=True)])
    return _fit(chosen, np.concatenate(gold), names, STRENGTH[model], np.concatenate(weights))


def _fit(
    rows: NDArray[np.float32],
    labels: NDArray[np.bool_],
    names: Sequence[str],
    strength: float,
    sample_weight: NDArray[np.float64] | None = None,
) -> dict[str, Any]:
    from sklearn.linear_model import LogisticRegression

    mean, scale = rows.mean(axis=0), rows.std(axis=0)
    scale[scale < 1e-6] = 1.0
    standard = np.clip((rows - mean) / scale, -4, 4)
    model = LogisticRegression(C=strength, max_iter=5000)
    model.fit(standard, labels, sample_weight=sample_weight)
    return {
        "features": list(names),
        "mean": [round(float(x), 5) for x in mean],
        "scale": [round(float(x), 5) for x in scale],
        "weights": [round(float(x), 5) for x in model.coef_[0]],
        "bias": round(float(model.intercept_[0]), 5),
    }


if __name__ == "__main__":
    main()
