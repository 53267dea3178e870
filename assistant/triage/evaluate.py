"""Measures the packaged triage, whole, on messages that no training saw.

Run `python -m assistant.triage.evaluate`: reads `exemplars/held_out/*.jsonl`, or the JSON Lines
files named on the command line (same keys), and prints recall, exact level and false alarms with
their bounds, the time, and the mistakes.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.triage.exemplars import Exemplar
from assistant.triage.measure import show_share
from assistant.triage.records import URGENCIES, TriageResult
from assistant.triage.triager import Triager

HELD_OUT = sorted((Path(__file__).parent / "exemplars" / "held_out").glob("*.jsonl"))
"""What neither training sees."""


def read_cases(paths: Sequence[Path]) -> list[Exemplar]:
    """Reads labelled messages from JSON Lines files."""
    rows = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]
    return [Exemplar(history=tuple(row.pop("history", ())), **row) for row in rows]


def run(cases: Sequence[Exemplar], triager: Triager) -> tuple[list[TriageResult], list[float]]:
    """Gives each case's result and its milliseconds."""
    results, milliseconds = [], []
    for case in cases:
        begun = time.perf_counter()
        results.append(triager.assess(case.message, case.history))
        milliseconds.append((time.perf_counter() - begun) * 1000)
    return results, milliseconds


def describe(cases: Sequence[Exemplar], results: Sequence[TriageResult]) -> list[str]:
    """Gives the report's lines."""
    pairs = list(zip(cases, results, strict=True))
    lines = []
    for language in ("en", "da", "sv"):
        danger = [(c, r) for c, r in pairs if c.language == language and c.urgency != "none"]
        for level in (None, *URGENCIES[1:]):
            chosen = [(c, r) for c, r in danger if level in (None, c.urgency)]
            name = f"{language} {level or 'any'}"
            lines.append(show_share(f"{name}: fired", [r.urgency != "none" for _, r in chosen]))
            lines.append(show_share(f"{name}: exact", [r.urgency == c.urgency for c, r in chosen]))
    for name, ordinary in (("hard negatives", False), ("ordinary", True)):
        chosen = [
            (c, r) for c, r in pairs if c.urgency == "none" and (c.kind == "ordinary") == ordinary
        ]
        lines.append(show_share(f"{name}: false alarms", [r.urgency != "none" for _, r in chosen]))
    across = [(c, r) for c, r in pairs if c.history]
    lines.append(show_share("across turns: exact", [r.urgency == c.urgency for c, r in across]))
    return lines


def report(line: str) -> None:
    """Writes one line to standard output."""
    sys.stdout.write(line + "\n")


def main() -> None:
    """Prints the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--mistakes", type=int, default=0, help="how many mistakes to print")
    options = parser.parse_args()
    cases = read_cases(options.files or HELD_OUT)
    results, milliseconds = run(cases, Triager.from_package())
    report("\n".join(describe(cases, results)))
    p50, p95 = np.percentile(milliseconds, [50, 95])
    report(f"whole: {p50:.1f} ms at the median, {p95:.1f} ms at the 95th percentile")
    wrong = [(c, r) for c, r in zip(cases, results, strict=True) if c.urgency != r.urgency]
    wrong.sort(key=lambda pair: -abs(pair[1].probability - (pair[0].urgency != "none")))
    for case, result in wrong[: options.mistakes]:
        report(f"{case.urgency} read as {result.urgency} ({result.probability:.2f}) {case.message}")


if __name__ == "__main__":
    main()
