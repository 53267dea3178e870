"""Scores the checks: `python -m assistant.generation.measure_checking [--split S] [--data DIR]`.

Own pairs, model outputs, copies (true claims near their source, false ones in other words, the
reverse of the others' habit) and exchanges (all in the source's words, turned or with two things in
each other's place) stand in `assistant/support/cases`; HealthVer and SICK, which may only be
measured with, are read from DIR where it is given.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.generation.checking import check_draft
from assistant.generation.drafting import Draft, parse
from assistant.support import SupportChecker
from assistant.support.train_own import read_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.generation.checking import Fate

CASES = Path(__file__).parents[1] / "support" / "cases"
Pair = tuple[str, str, str, bool]
OWN_WORDS = frozenset({"kept", "mended"})
"""Fates of what is shown in the model's words."""


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


@dataclass(frozen=True, slots=True)
class JudgedOutput:
    """A sentence that a model might write, and what became of it.

    Attributes:
        group: outputs of one group are on the same sources.
        true: whether the sources bear it.
        fate: as in `Checked`.
        shown_falsely: whether its own words are shown although false, or under a wrong source.
    """

    group: str
    true: bool
    fate: Fate
    shown_falsely: bool


def judge_outputs(split: str) -> list[JudgedOutput]:
    """What becomes of each output of a split."""
    return [_judge(row) for row in read_rows("model_outputs.jsonl", split)]


def _judge(row: dict[str, Any]) -> JudgedOutput:
    sources = [GivenSource(s["n"], s["quote"], " ".join(s["section"])) for s in row["sources"]]
    checked = check_draft(next(parse(row["output"])), sources)
    misplaced = row["kind"] == "wrong_marker" and list(checked.cited) != row["right"]
    falsely = checked.fate in OWN_WORDS and (not row["true"] or misplaced)
    return JudgedOutput(row["group"], row["true"], checked.fate, falsely)


def measure_outputs(split: str) -> dict[str, Any]:
    """What becomes of the outputs of a split."""
    return share_fates(judge_outputs(split))


def judge_places(name: str, split: str) -> list[JudgedOutput]:
    """What becomes of each claim on the places of a file of cases."""
    return [
        JudgedOutput(row["article"], right, checked.fate, not right and checked.fate in OWN_WORDS)
        for row in read_rows(name, split)
        for claim, quotes, context, right in read_place(row)
        for checked in [check_draft(Draft(claim, (1,)), [GivenSource(1, quotes[0], context)])]
    ]


def share_fates(judged: Sequence[JudgedOutput]) -> dict[str, Any]:
    """Shares of what is shown, replaced and lost, with 95 % intervals (Wilson 1927)."""
    true = [output.fate for output in judged if output.true]
    wrong = [output.shown_falsely for output in judged if not output.true or output.shown_falsely]
    return {
        "false": len(wrong),
        "false_never_shown": _share(wrong.count(False), len(wrong)),
        "true": len(true),
        "true_lost": _share(true.count("left_out"), len(true)),
        "true_in_the_sources_words": _share(true.count("replaced"), len(true)),
        "true_in_own_words": _share(true.count("kept") + true.count("mended"), len(true)),
    }


def _share(count: int, total: int) -> dict[str, float]:
    """A share and its bounds."""
    share, z = count / total, 1.96
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    spread = z * sqrt(share * (1 - share) / total + (z / (2 * total)) ** 2) / (1 + z * z / total)
    bounds = {"low": max(middle - spread, 0.0), "high": min(middle + spread, 1.0)}
    return {name: round(value, 4) for name, value in {"share": share, **bounds}.items()}


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
    figures: dict[str, Any] = {
        "own_pairs": measure_pairs(read_own_pairs(given.split)),
        "model_outputs": measure_outputs(given.split),
        "copies": share_fates(judge_places("copies.jsonl", given.split)),
        "exchanges": share_fates(judge_places("exchanges.jsonl", given.split)),
    }
    if given.data is not None:
        figures["healthver"] = measure_pairs(read_healthver(given.data))
        figures["sick"] = measure_pairs(read_sick(given.data))
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
