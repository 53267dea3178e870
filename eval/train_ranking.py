"""Trains the assistant's two ranking models on the built-in cases that are there to tune on.

    python -m eval.train_ranking HOME=DATASET[,DATASET…] …

For each home the data sets that ask about its library; follow-ups are asked as a person rewrote
them. Reports five-fold cross-validation by case, then writes `assistant/ranking/weights.json`.
"""

from __future__ import annotations

import json
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.conversation import Conversation
from assistant.knowledge import Knowledge
from assistant.ranking.features import (
    CANDIDATE_FEATURES,
    QUESTION_FEATURES,
    QuestionWords,
    describe_candidates,
    describe_question,
)
from assistant.ranking.model import WEIGHTS
from assistant.retrieval import find_candidates
from assistant.settings import load_settings
from assistant.understanding import understand
from eval.cases import QuestionCase
from eval.dataset import read_dataset
from eval.gold import GoldFinder, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from assistant.evidence import Candidate, WordWeights

FOLDS = 5
LEFT_OUT = frozenset({"provenance", "date", "vague", "topic_switch"})
"""Answered by other routes than by ranking sentences."""


@dataclass(frozen=True, slots=True)
class Example:
    """A case with its candidates.

    Attributes:
        rows: `(n, f)` features of the candidates.
        is_gold: `(n,)` whether each answers.
    """

    words: QuestionWords
    weights: WordWeights
    candidates: tuple[Candidate, ...]
    rows: NDArray[np.float32]
    is_gold: NDArray[np.bool_]
    answerable: bool
    group: str


def read_examples(pairs: Sequence[str]) -> Iterator[Example]:
    """The examples of `HOME=DATASET,DATASET` pairs."""
    for pair in pairs:
        home, _, datasets = pair.partition("=")
        knowledge = Knowledge.open(load_settings(Path(home)))
        finder = GoldFinder(knowledge.library.entries)
        for name in datasets.split(","):
            for case in read_dataset(name, split="tune").cases:
                if isinstance(case, QuestionCase) and case.expected in {"answer", "abstain"}:
                    example = make_example(case, knowledge, finder)
                    if example is not None:
                        yield example


def make_example(case: QuestionCase, knowledge: Knowledge, finder: GoldFinder) -> Example | None:
    """The example of a case; None where it is not for ranking, or its gold was not retrieved."""
    if set(case.tags) & LEFT_OUT:
        return None
    asked = case.rewrite or case.question if case.history else case.question
    understood = understand(Conversation(asked), knowledge.lexicon)
    vector = knowledge.embedder.encode([understood.search_text])[0]
    candidates = find_candidates(understood.search_text, vector, knowledge)
    spans = [span for gold in case.gold for span in finder.find(gold)]
    is_gold = np.array([any(_span(c).is_same(span) for span in spans) for c in candidates])
    answerable = case.expected == "answer"
    if answerable and not is_gold.any():
        return None
    words = QuestionWords.of(understood.standalone, knowledge.weights)
    rows = describe_candidates(words, candidates)
    group = case.group or case.id
    return Example(words, knowledge.weights, tuple(candidates), rows, is_gold, answerable, group)


def fit_candidates(examples: Sequence[Example]) -> dict[str, Any]:
    """Fits which candidates answer, every case counting the same."""
    answered = [example for example in examples if example.answerable]
    rows = np.concatenate([example.rows for example in answered])
    labels = np.concatenate([example.is_gold for example in answered])
    weights = np.concatenate([_balance(example.is_gold) for example in answered])
    return _fit(rows, labels, CANDIDATE_FEATURES, 0.01, weights)


def fit_questions(
    examples: Sequence[Example], scores: Sequence[NDArray[np.float64]]
) -> dict[str, Any]:
    """Fits which questions have an answer, from scores that each example's fit has not seen."""
    rows = np.stack([_question_row(e, s) for e, s in zip(examples, scores, strict=True)])
    labels = np.array([example.answerable for example in examples])
    return _fit(rows, labels, QUESTION_FEATURES, 0.1)


def log_odds(model: dict[str, Any], rows: NDArray[np.float32]) -> NDArray[np.float64]:
    """What a fitted model says of rows of features."""
    standard = np.clip((rows - np.array(model["mean"])) / np.array(model["scale"]), -4, 4)
    return np.asarray(standard @ np.array(model["weights"]) + model["bias"])


def main() -> None:
    """Cross-validates, fits on everything, writes the weights."""
    examples = list(read_examples(sys.argv[1:]))
    # The wordings of one need stay together, or a fold would be tested on what it has seen.
    folds = np.array([zlib.crc32(example.group.encode()) % FOLDS for example in examples])
    scores: list[NDArray[np.float64]] = [np.zeros(0)] * len(examples)
    for fold in range(FOLDS):
        model = fit_candidates([e for e, f in zip(examples, folds, strict=True) if f != fold])
        for number in np.flatnonzero(folds == fold):
            scores[number] = log_odds(model, examples[number].rows)
    probabilities = np.zeros(len(examples))
    for fold in range(FOLDS):
        seen = np.flatnonzero(folds != fold)
        model = fit_questions([examples[i] for i in seen], [scores[i] for i in seen])
        for number in np.flatnonzero(folds == fold):
            row = _question_row(examples[number], scores[number])
            probabilities[number] = 1 / (1 + np.exp(-log_odds(model, row[None])[0]))
    report(examples, scores, probabilities)
    record = {"candidate": fit_candidates(examples), "question": fit_questions(examples, scores)}
    WEIGHTS.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def report(
    examples: Sequence[Example],
    scores: Sequence[NDArray[np.float64]],
    probabilities: NDArray[np.float64],
) -> None:
    """Prints how often the best candidate is gold, and how well probabilities tell."""
    from sklearn.metrics import roc_auc_score

    answered = [(e, s) for e, s in zip(examples, scores, strict=True) if e.answerable]
    first = np.mean([e.is_gold[int(s.argmax())] for e, s in answered])
    three = np.mean([e.is_gold[np.argsort(-s)[:3]].any() for e, s in answered])
    labels = np.array([e.answerable for e in examples])
    print(f"{len(answered)} answerable, {len(examples) - len(answered)} not")
    print(f"best is gold {first:.3f}, one of three is {three:.3f}")
    print(f"AUROC {roc_auc_score(labels, probabilities):.3f}")
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        kept = np.mean(probabilities[labels] >= threshold)
        declined = np.mean(probabilities[~labels] < threshold)
        print(f"threshold {threshold}: answered {kept:.3f}, declined {declined:.3f}")


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


def _question_row(example: Example, scores: NDArray[np.float64]) -> NDArray[np.float32]:
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], example.candidates[i].key))
    ranked = [example.candidates[i] for i in order]
    return describe_question(example.words, ranked, scores[order], example.weights)


def _balance(is_gold: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Weights that give gold and the rest of a case the same say."""
    shares = np.where(is_gold, 0.5 / is_gold.sum(), 0.5 / max((~is_gold).sum(), 1))
    return np.asarray(shares * 10, dtype=np.float64)


def _span(candidate: Candidate) -> Span:
    sentence = candidate.sentence
    return Span(candidate.entry.article.id, sentence.start, sentence.end)


if __name__ == "__main__":
    main()
