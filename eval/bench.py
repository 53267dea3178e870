"""Timings, as ratios within one run: what an answer costs beside the one embedding that it needs.

    python -m eval.bench --home HOME [--questions N]

Absolute times depend on the machine and on what else it does; the ratios hardly do.
"""

from __future__ import annotations

import time
from pathlib import Path  # noqa: TC003 - typer reads it when the command runs
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WARM_UP = 5


def time_each(action: Callable[[str], object], questions: Sequence[str]) -> float:
    """Median time of an action over questions, in milliseconds."""
    times = []
    for question in questions:
        started = time.perf_counter()
        action(question)
        times.append((time.perf_counter() - started) * 1000)
    return float(np.median(times))


def main(
    home: Annotated[Path, typer.Option(help="Home whose library is asked.")],
    questions: Annotated[int, typer.Option(min=10, help="How many questions are asked.")] = 60,
) -> None:
    """Times embedding, search, triage, whole answers, and the checking of a model's sentences."""
    from assistant.assistant import Assistant
    from assistant.conversation import Conversation
    from assistant.guiding import assess_danger
    from assistant.knowledge import Knowledge
    from assistant.settings import load_settings
    from eval.dataset import read_dataset

    settings = load_settings(home)
    knowledge = Knowledge.open(settings)
    assistant = Assistant(settings, knowledge)
    asked = [case.question for case in read_dataset("answers", limit=questions + WARM_UP).questions]
    stages: dict[str, Callable[[str], object]] = {
        "one embedding": lambda text: knowledge.embedder.encode([text]),
        "search": lambda text: knowledge.searcher.search(text, 8),
        "triage": lambda text: assess_danger(Conversation(text)),
        "whole answer": lambda text: assistant.invoke({"question": text}),
    }
    for stage in stages.values():
        time_each(stage, asked[:WARM_UP])
    medians = {name: time_each(stage, asked[WARM_UP:]) for name, stage in stages.items()}
    for name, milliseconds in medians.items():
        ratio = milliseconds / medians["one embedding"]
        typer.echo(f"{name:<14} {milliseconds:7.1f} ms  {ratio:5.1f} × one embedding")
    from eval.bench_wording import describe_times, time_checks, time_first_sentences

    waits = time_first_sentences(settings, knowledge, asked)
    worded = {
        "first sentence": waits,
        "check of a sentence": time_checks(),
        "its processor time": time_checks(time.process_time),
    }
    for name, times in worded.items():
        median, slow = describe_times(times)
        ratio = median / medians["one embedding"]
        typer.echo(
            f"{name:<20} median {median:6.1f} ms, 95th percentile {slow:6.1f} ms  "
            f"{ratio:5.1f} × one embedding"
        )


if __name__ == "__main__":
    typer.run(main)
