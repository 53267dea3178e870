"""Measures how follow-up questions are completed, and that whole questions are left alone.

    python -m assistant.understanding.measure_follow_ups --home DIR [--split tune]

Follow-ups: token F1 against the question as a person wrote it. Whole questions: each is asked
after conversations on something else, where nothing may be carried over. CANARD, cross-validated by
dialogue, is measured by `train_choice.py --folds 5`.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from typer import echo

from assistant.conversation import Conversation, Turn
from assistant.understanding.lexicon import Lexicon
from assistant.understanding.likeness import likeness_of
from assistant.understanding.reading import understand
from assistant.understanding.train_choice import score_f1
from index.build import open_embedder
from index.library import Library
from index.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.understanding.parallels import Likeness

CASES = Path("eval/datasets")


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--split", default="tune", choices=("tune", "held_out"))
    given = parser.parse_args()
    if not (CASES / "follow_ups.jsonl").is_file():
        sys.exit(f"Skipped: {CASES}/follow_ups.jsonl is missing.")
    settings = load_settings(given.home)
    started = time.perf_counter()
    lexicon = Lexicon.of(Library.open(settings))
    likeness = likeness_of(open_embedder(settings))
    echo(f"lexicon made in {time.perf_counter() - started:.2f} s, library's opening included")
    follow_ups = read_cases("follow_ups", given.split)
    report_follow_ups(follow_ups, lexicon, likeness)
    whole = [
        case
        for name in ("answers", "abstain", "robustness")
        for case in read_cases(name, given.split)
        if not case.get("history") and "vague" not in case["tags"]
    ]
    report_whole(whole, follow_ups, lexicon, likeness)


def read_cases(name: str, split: str) -> list[dict[str, Any]]:
    """The cases of a data set and split."""
    lines = (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [case for case in map(json.loads, lines) if case["split"] == split]


def history_of(case: dict[str, Any]) -> tuple[Turn, ...]:
    """The turns before a case's question."""
    return tuple(Turn(turn["role"], turn["content"]) for turn in case["history"])


def report_follow_ups(
    cases: Sequence[dict[str, Any]], lexicon: Lexicon, likeness: Likeness
) -> None:
    """Token F1 of completed questions."""
    read = [
        understand(Conversation(case["question"], history_of(case)), lexicon, likeness)
        for case in cases
    ]
    f1 = [score_f1(u.standalone, case["rewrite"]) for u, case in zip(read, cases, strict=True)]
    raw = [score_f1(case["question"], case["rewrite"]) for case in cases]
    echo(f"follow-ups: token F1 {np.mean(f1):.3f}, unchanged {np.mean(raw):.3f}, of {len(cases)}")


def report_whole(
    cases: Sequence[dict[str, Any]],
    follow_ups: Sequence[dict[str, Any]],
    lexicon: Lexicon,
    likeness: Likeness,
) -> None:
    """How many whole questions take something along from a conversation on something else."""
    chance = random.Random(0)  # noqa: S311 - a sample, not a secret
    leaned, milliseconds = [], []
    for case in cases:
        for other in chance.sample(follow_ups, 3):
            conversation = Conversation(case["question"], history_of(other))
            started = time.process_time()
            read = understand(conversation, lexicon, likeness)
            milliseconds.append(1000 * (time.process_time() - started))
            if read.topic is not None:
                leaned.append(read.standalone)
    total = len(milliseconds)
    echo(f"whole questions that took a dropped topic along: {len(leaned)} of {total}")
    echo("\n".join(f"  {text}" for text in sorted(set(leaned))))
    median, p95 = np.percentile(milliseconds, [50, 95])
    echo(f"processor time with histories: median {median:.2f} ms, p95 {p95:.2f} ms")


if __name__ == "__main__":
    main()
