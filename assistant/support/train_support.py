"""Trains the checker's weights: `python -m assistant.support.train_support`.

Three sources: the halves to tune on of this project's own pairs and model outputs, with what
networks say of them that had not seen them (`train_network`), and two files of claims that no
network was trained on, `cases/calibration.jsonl` and the half to tune on of `cases/copies.jsonl`.
In the last one true claims copy their source and false ones are said in other words; the network
has learned from the others that it is the other way round. The weights are bound by sign: what
covers a claim can only speak for it, all else but the network only against it, so that habits of
those who wrote the pairs are no signs (copies were wrong more often).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.support.checker import SIGNS, WEIGHTS, describe
from assistant.support.network import open_network
from assistant.support.train_own import CASES, UNSEEN, Example, read_own, read_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FOR = frozenset({"coverage", "soft_coverage", "least_covered", "read_as_borne"})
PENALTY = 4.0
FOLDS = 5
SHARES_SHOWN = (0.01, 0.02, 0.03, 0.05)


def read_later(name: str) -> tuple[list[Example], list[str]]:
    """Claims to tune on about places that no network was trained on, each with its place."""
    examples: list[Example] = []
    groups: list[str] = []
    for number, line in enumerate((CASES / name).read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        found = read_place(row) if row.get("split") != "held_out" else []
        examples += found
        groups += [f"{name}-{number}"] * len(found)
    return examples, groups


def fit(rows: NDArray[np.float64], right: NDArray[np.bool_]) -> Any:
    """Mean, scale, weights and bias of a logistic regression whose weights are bound by sign."""
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    mean, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 0.1)
    standard = (rows - mean) / scale
    sign = np.where(right, 1.0, -1.0)
    weight = np.where(right, 1 / right.sum(), 1 / (~right).sum()) * len(rows) / 2

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (standard @ parameters[:-1] + parameters[-1])
        pull = -sign * weight / (1 + np.exp(margin))
        slope = np.append(standard.T @ pull + PENALTY * parameters[:-1], pull.sum())
        penalty = PENALTY / 2 * float(parameters[:-1] @ parameters[:-1])
        return float(weight @ np.logaddexp(0, -margin)) + penalty, slope

    bounds = [(0, None) if name in FOR else (None, 0) for name in SIGNS]
    start = np.zeros(rows.shape[1] + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)])
    return mean, scale, found.x[:-1], float(found.x[-1])


def train() -> None:
    """Cross-validates by group, tells what each threshold would show, and writes the weights."""
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import GroupKFold

    unseen = json.loads(UNSEEN.read_text(encoding="utf-8"))
    own = list(read_own("tune"))
    later, places = read_later("calibration.jsonl")
    copies, copied = read_later("copies.jsonl")
    network = open_network()
    odds = [unseen[name] for *_, name in own]
    odds += [network.judge(*example[:3]) for example in later + copies]
    examples = [example for example, *_ in own] + later + copies
    rows = np.column_stack([[describe(*example[:3]) for example in examples], odds])
    right = np.array([example[3] for example in examples])
    groups = [group for _, group, _ in own] + places + copied
    ends = np.cumsum([len(own), len(later), len(copies)])
    scores = np.zeros(len(rows))
    for kept, out in GroupKFold(FOLDS).split(rows, right, groups):
        mean, scale, weights, bias = fit(rows[kept], right[kept])
        scores[out] = (rows[out] - mean) / scale @ weights + bias
    for name, part in (
        ("own", slice(ends[0])), ("calibration", slice(ends[0], ends[1])),
        ("copies", slice(ends[1], None)), ("all", slice(None)),
    ):  # fmt: skip
        area = roc_auc_score(right[part], scores[part])
        print(f"{name}: AUROC {area:.3f}", *_tell_shares(scores[part], right[part]))
    mean, scale, weights, bias = fit(rows, right)
    for name, value in zip(SIGNS, weights, strict=True):
        print(f"{name:25} {value:6.2f}")
    record = {
        "features": SIGNS,
        "mean": _rounded(mean),
        "scale": _rounded(scale),
        "weights": _rounded(weights),
        "bias": round(bias, 4),
    }
    WEIGHTS.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def _tell_shares(scores: NDArray[np.float64], right: NDArray[np.bool_]) -> list[str]:
    """The threshold that shows each share of the false ones, and the share of the true it shows."""
    wrong = np.sort(scores[~right])[::-1]
    told = []
    for share in SHARES_SHOWN:
        score = wrong[int(share * len(wrong))]
        shown = float(np.mean(scores[right] > score))
        told.append(f"{share:.0%} at {1 / (1 + np.exp(-score)):.3f}: {shown:.2f} of the true;")
    return told


def _rounded(values: Sequence[Any] | NDArray[np.float64]) -> list[float]:
    return [round(float(value), 4) for value in values]


if __name__ == "__main__":
    train()
