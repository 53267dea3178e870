"""Scores the checks: `python -m assistant.generation.measure_checking [--split S] [--data DIR]`.

Own pairs and model outputs stand in `assistant/support/cases`; HealthVer and SICK, which may only
be measured with, are read from DIR where it is given.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.generation.checking import check_draft
from assistant.generation.drafting import parse
from assistant.support import SupportChecker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CASES = Path(__file__).parents[1] / "support" / "cases"
Pair = tuple[str, str, str, bool]


@dataclass(frozen=True, slots=True)
class GivenSource:
    """A numbered source of a case."""

    number: int
    text: str
    heading: str


def measure_pairs(pairs: Sequence[Pair]) -> dict[str, float]:
    """AUROC of supported against contradicted pairs, and the time of a check.

    Args:
        pairs: claim, evidence, context, whether it is supported.
    """
    from sklearn.metrics import roc_auc_score

    checker = SupportChecker.from_package()
    started = time.perf_counter()
    scores = [checker.check(claim, [text], around).probability for claim, text, around, _ in pairs]
    spent = time.perf_counter() - started
    right = [supported for *_, supported in pairs]
    return {
        "pairs": len(pairs),
        "auroc": round(float(roc_auc_score(right, scores)), 4),
        "ms_per_check": round(spent / len(pairs) * 1000, 2),
    }


def measure_outputs(split: str) -> dict[str, float]:
    """What becomes of sentences that a model might write: shown, replaced, lost."""
    fates: Counter[tuple[bool, str]] = Counter()
    shown_falsely = 0
    for row in read_rows("model_outputs.jsonl", split):
        sources = [GivenSource(s["n"], s["quote"], " ".join(s["section"])) for s in row["sources"]]
        checked = check_draft(next(parse(row["output"])), sources)
        fates[row["true"], checked.fate] += 1
        own = checked.fate in {"kept", "mended"}
        misplaced = row["kind"] == "wrong_marker" and list(checked.cited) != row["right"]
        shown_falsely += own and (not row["true"] or misplaced)
    true = sum(count for (right, _), count in fates.items() if right)
    false = sum(fates.values()) - true
    worded = fates[True, "kept"] + fates[True, "mended"]
    return {
        "false": false,
        "false_never_shown": round(1 - shown_falsely / false, 4),
        "true": true,
        "true_lost": round(fates[True, "left_out"] / true, 4),
        "true_in_the_sources_words": round(fates[True, "replaced"] / true, 4),
        "true_in_own_words": round(worded / true, 4),
    }


def read_own_pairs(split: str) -> list[Pair]:
    """The project's own labelled pairs of a split."""
    rows = read_rows("support_pairs.jsonl", split)
    return [
        (r["claim"], r["evidence"], " ".join(r["section"]), r["label"] == "supported") for r in rows
    ]


def read_healthver(folder: Path) -> list[Pair]:
    """HealthVer's supported and refuted claims."""
    with (folder / "healthver_dev" / "healthver_dev.csv").open(encoding="utf-8", newline="") as f:
        rows = [row for row in csv.DictReader(f) if row["label"] != "Neutral"]
    return [(r["claim"], r["evidence"], "", r["label"] == "Supports") for r in rows]


def read_sick(folder: Path) -> list[Pair]:
    """SICK's test half: entailment against contradiction."""
    path = folder / "sick" / "SICK_test_annotated.txt"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            if row["entailment_judgment"] != "NEUTRAL"
        ]
    return [
        (r["sentence_B"], r["sentence_A"], "", r["entailment_judgment"] == "ENTAILMENT")
        for r in rows
    ]


def read_rows(name: str, split: str) -> Iterator[dict[str, Any]]:
    """The cases of a split."""
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["split"] == split:
            yield row


def main() -> None:
    """Prints the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=["tune", "held_out"], default="tune")
    parser.add_argument("--data", type=Path)
    given = parser.parse_args()
    figures = {
        "own_pairs": measure_pairs(read_own_pairs(given.split)),
        "model_outputs": measure_outputs(given.split),
    }
    if given.data is not None:
        figures["healthver"] = measure_pairs(read_healthver(given.data))
        figures["sick"] = measure_pairs(read_sick(given.data))
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
