"""Trains the classifier of references on one half of `labelled_references.tsv`.

    python -m index.evidence.train_evidence

Reports five-fold cross-validation within that half, with and without the threshold, and writes the
weights. The other half is for `measure_evidence` alone.
"""

from __future__ import annotations

import numpy as np

from index.evidence.classifying import BUCKETS, LEAST_PROBABILITY, NOTHING, WEIGHTS, describe
from index.evidence.measure_evidence import read_references
from index.evidence.wording import REFERENCE_TERMS


def main() -> None:
    """Cross-validates, trains, writes."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    rows = read_references("tune")
    features = np.stack([describe(text) for _, text in rows])
    kinds = np.array([kind or NOTHING for kind, _ in rows])
    model = LogisticRegression(C=10.0, max_iter=3000, class_weight="balanced")
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    odds = cross_val_predict(model, features, kinds, cv=folds, method="predict_proba")
    model.fit(features, kinds)
    likeliest = model.classes_[odds.argmax(axis=1)]
    for least in (0.0, 0.3, LEAST_PROBABILITY, 0.5, 0.6):
        given = np.where(odds.max(axis=1) < least, NOTHING, likeliest)
        stated = given != NOTHING
        print(
            f"threshold {least}: {np.mean(given == kinds):.3f} right, "
            f"{np.mean(given[stated] == kinds[stated]):.3f} of {stated.sum()} stated"
        )
    np.savez_compressed(
        WEIGHTS,
        weights=model.coef_.astype(np.float16),
        bias=model.intercept_.astype(np.float32),
        kinds=model.classes_,
    )
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size} bytes, {len(REFERENCE_TERMS)} + {BUCKETS}")


if __name__ == "__main__":
    main()
