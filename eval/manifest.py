"""What a run was made of, so that it can be told from another and made again."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from eval.statistics.intervals import SEED

if TYPE_CHECKING:
    from eval.dataset import Dataset
    from eval.judging import Judge
    from eval.subject import Subject


def make_manifest(dataset: Dataset, subject: Subject, judge: Judge | None = None) -> dict[str, Any]:
    """Data set, index, model, code, settings and seed, with a fingerprint over all of it."""
    content = {
        "schema": 1,
        "dataset": {
            "name": dataset.name,
            "cases": len(dataset.cases),
            "files": dataset.files,
            "sha256": dataset.checksum,
            "labelled_by": sorted({case.labelled_by or "not stated" for case in dataset.cases}),
        },
        "subject": subject.describe(),
        "seed": SEED,
        **({"judge": judge.describe()} if judge else {}),
    }
    canonical = json.dumps(content, sort_keys=True).encode()
    return {**content, "fingerprint": hashlib.sha256(canonical).hexdigest()}
