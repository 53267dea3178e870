"""Gathers what the reader learns from, for `eval.train_reader`: everything that needs an index.

    python -m eval.train_gather ../shared/data WORK HOME=NAME[,NAME…] …

Writes `WORK/lessons.npz`. A quarter of an hour on one core.
"""

from __future__ import annotations

import sys
import zlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.conversation import Conversation
from assistant.knowledge import Knowledge
from assistant.settings import load_settings
from assistant.understanding import understand
from eval.train_examples import read_examples
from eval.train_lessons import EXCHANGED, OWN, PUBLIC, SAME, LessonsWriter
from eval.train_public import read_answered, read_near_misses
from eval.train_reworded import read_wordings
from eval.train_tasks import as_public_task, as_task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.train_reworded import Wordings
    from eval.train_tasks import Task

KEPT_OUT = frozenset({"bodies", "mouths", "surgery"})
"""Libraries by three hands that nothing learns, to measure with."""


def main() -> None:
    """Gathers public questions and our own, and writes them."""
    public_folder, work = Path(sys.argv[1]), Path(sys.argv[2])
    writer = LessonsWriter()
    add_own(writer, sys.argv[3:])
    for asked in (*read_near_misses(public_folder), *read_answered(public_folder)):
        subject = asked.sentences[0][0].partition("\n")[0]
        writer.add(as_public_task(asked), PUBLIC, _halve(subject))
    work.mkdir(parents=True, exist_ok=True)
    lessons = writer.finish()
    lessons.save(work / "lessons.npz")
    print(np.bincount(lessons.kinds), "questions of our own, reworded, exchanged, public")


def add_own(writer: LessonsWriter, pairs: Sequence[str]) -> None:
    """Adds our own questions, each with its wordings after it."""
    known = read_wordings()
    for pair in pairs:
        home = Path(pair.partition("=")[0])
        lexicon = Knowledge.open(load_settings(home)).lexicon
        half, kept_out = _halve(home.name), home.name in KEPT_OUT
        for example in read_examples([pair]):
            task = as_task(example)
            number = writer.add(task, OWN, half, kept_out=kept_out)
            wordings = known.get(example.asked) if example.source == "training" else None
            for kind, words, reworded in _reword(task, wordings):
                asked = understand(Conversation(words), lexicon).standalone
                lesson = replace(reworded, question=asked)
                writer.add(lesson, kind, half, kept_out=kept_out, original=number)


def _reword(task: Task, wordings: Wordings | None) -> list[tuple[int, str, Task]]:
    """Kind, words and task of each wording; one thing exchanged, and no sentence answers."""
    if wordings is None:
        return []
    same = [(SAME, words, task) for words in wordings.same]
    inside = task.sentences_of_passages
    answering = [n for n, own in enumerate(inside) if (task.labels[own] == 1).any()]
    if not answering:
        return same
    count = sum(len(inside[n]) for n in answering)
    passages = tuple(task.passages[n] for n in answering)
    unanswered = replace(task, passages=passages, labels=np.zeros(count, dtype=np.int8))
    return same + [(EXCHANGED, words, unanswered) for words in wordings.exchanged]


def _halve(name: str) -> int:
    """Which half a library or a public subject belongs to."""
    return zlib.crc32(name.encode()) & 1


if __name__ == "__main__":
    main()
