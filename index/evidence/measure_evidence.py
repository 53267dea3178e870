"""How often references are given the right kind of evidence.

    python -m index.evidence.measure_evidence

Prints accuracy and confusion matrix on both halves of `labelled_references.tsv`, 219 references of
real works, labelled by design. Terms and weights come from the half "tune" alone.
"""

from __future__ import annotations

import sys
import zlib
from collections import Counter
from importlib import resources
from pathlib import Path

from index.evidence.classifying import classify_reference
from index.evidence.kinds import EVIDENCE

LABELLED = Path(str(resources.files("index.evidence"))) / "labelled_references.tsv"
KINDS = (*EVIDENCE, None)


def read_references(half: str) -> list[tuple[str | None, str]]:
    """Kind and text of the references of a half: `tune` or `held_out`."""
    rows = [line.split("\t") for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    wanted = 0 if half == "tune" else 1
    return [
        (None if kind == "null" else kind, text)
        for kind, text in rows
        if zlib.crc32(text.encode()) % 2 == wanted
    ]


def count_confusions(rows: list[tuple[str | None, str]]) -> Counter[tuple[str | None, str | None]]:
    """How often each kind was taken for each."""
    return Counter((kind, classify_reference(text)) for kind, text in rows)


def describe(half: str) -> str:
    """The accuracy and the confusion matrix of a half, a row a true kind."""
    rows = read_references(half)
    confusions = count_confusions(rows)
    right = sum(count for (true, given), count in confusions.items() if true == given)
    lines = [f"{half}: {right} of {len(rows)} right ({right / len(rows):.3f})"]
    lines.append(" " * 18 + " ".join(f"{(kind or 'null')[:6]:>6}" for kind in KINDS))
    for true in KINDS:
        counts = " ".join(f"{confusions[true, given]:6}" for given in KINDS)
        lines.append(f"{true or 'null':18}{counts}")
    return "\n".join(lines)


def main() -> None:
    """Prints both halves."""
    sys.stdout.write(f"{describe('tune')}\n\n{describe('held_out')}\n")


if __name__ == "__main__":
    main()
