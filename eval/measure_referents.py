"""How well `assistant.referents` tells sentences that lean on what stands before them.

    python -m eval.measure_referents

Of sentences that eight readers judged within their paragraphs (`eval/training/alone.jsonl`).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from assistant.referents import leans_back

JUDGED = Path(__file__).parent / "training" / "alone.jsonl"


def main() -> None:
    """Prints how many are taken for such, how many of them are, and how many of all that is."""
    judged = [json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines()]
    leaning = [not one["alone"] for one in judged]
    taken = [leans_back(one["sentence"]) for one in judged]
    right = sum(both for both in map(all, zip(leaning, taken, strict=True)))
    sys.stdout.write(
        f"{len(judged)} sentences, of which {sum(leaning)} lean on what stands before\n"
        f"{sum(taken)} taken for such: precision {right / sum(taken):.3f}, "
        f"recall {right / sum(leaning):.3f}\n"
    )


if __name__ == "__main__":
    main()
