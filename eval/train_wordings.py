"""Teaches the assistant's reader further: other words that ask the same, and more libraries.

    python -m eval.train_wordings HOME=cases:LIBRARY … [--steps 380] [--taken 1]

Starts from the shipped weights and writes them anew. Questions of `eval/training/wordings` stand
there in everyday words, and with one thing exchanged, so that their passage answers no longer. A
wording is taught from the labels, and from what the reader says of the original question: what it
knows already (Hinton et al. 2015, arXiv 1503.02531). A library of which no question has wordings is
taught as it stands, from the labels alone. Three libraries are kept out, and how well their
questions are read is printed. With `--taken` below 1 what is written lies between the weights
before and after (Wortsman et al. 2022, arXiv 2109.01903). Forty minutes on one core. Needs `pip
install onnx`.
"""

from __future__ import annotations

import argparse
import copy
import json
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from assistant.answerability.layers import read_weights
from assistant.conversation import Conversation
from assistant.knowledge import Knowledge
from assistant.reader.reading import WEIGHTS
from assistant.settings import load_settings
from assistant.understanding import understand
from eval.train_examples import read_examples
from eval.train_network import Network
from eval.train_reader import judge, score, take_step
from eval.train_tasks import as_task, draw

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eval.train_tasks import Task

FOLDER = Path(__file__).parent / "training" / "wordings"
KEPT_OUT = frozenset({"family", "supplements", "bodies"})

FROZEN = 2
"""Lower layers that stay as they are: training costs a third less."""

STEPS, A_STEP, WARM_UP = 380, 16, 20
RATES = (5e-5, 2e-4)
"""Learning rates of the layers and of the head."""

PASSAGES = 2
"""How many passages of a question are read at a step."""

ORIGINALS = 5
"""One question as it stood comes on so many lessons, that none is forgotten."""

MEASURED = 500
"""Of what is kept out so much is read."""

SORTED_AT_ONCE = 16
"""Of so many steps the tasks of like length come together: less is filled up."""


@dataclass(frozen=True, slots=True)
class Wordings:
    """Of one question.

    Attributes:
        same: what asks the same in other words.
        exchanged: what looks alike, and is not answered by the passage that answers the question.
    """

    same: tuple[str, ...]
    exchanged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a wording teaches.

    Attributes:
        task: the question in these words, with its passages.
        original: what it was made of and asks the same as; None where the labels alone teach.
    """

    task: Task
    original: str | None


@dataclass(frozen=True, slots=True)
class Lessons:
    """All that is learnt.

    Attributes:
        originals: questions that have wordings, as they stood.
        wordings: of these.
        alone: questions of the libraries that have none.
    """

    originals: Sequence[Lesson]
    wordings: Sequence[Lesson]
    alone: Sequence[Lesson]


def main() -> None:
    """Trains the reader further, and says before and after how it reads what is kept out."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("homes", nargs="+", metavar="HOME=cases:LIBRARY")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--taken", type=float, default=1.0, help="how far to the new weights")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="where to write them")
    chosen = parser.parse_args()
    torch.manual_seed(1)
    reader = load_reader(WEIGHTS)
    before = copy.deepcopy(reader).eval()
    learnt, kept_out = read_all(chosen.homes)
    count = f"{len(learnt.wordings)} wordings and {len(learnt.alone)} questions"
    print(f"{count}; of those kept out {measure(reader, kept_out)}", flush=True)
    train(reader, before, list(draw_steps(learnt, chosen.steps)))
    after = reader.state_dict()
    taken = {
        name: torch.lerp(old, after[name], chosen.taken)
        for name, old in before.state_dict().items()
    }
    reader.load_state_dict(taken)
    print(measure(reader, kept_out))
    reader.export(chosen.weights)


def read_all(pairs: Sequence[str]) -> tuple[Lessons, list[Lesson]]:
    """What is learnt, and some of what is kept out."""
    known = read_wordings()
    originals: list[Lesson] = []
    wordings: list[Lesson] = []
    alone: list[Lesson] = []
    kept_out: list[Lesson] = []
    for pair in pairs:
        for own, *others in read_lessons(pair, known):
            if Path(pair.partition("=")[0]).name in KEPT_OUT:
                kept_out.extend(others or [own])
            elif others:
                originals.append(own)
                wordings.extend(others)
            else:
                alone.append(own)
    return Lessons(originals, wordings, alone), kept_out[:: max(1, len(kept_out) // MEASURED)]


def read_lessons(pair: str, known: dict[str, Wordings]) -> Iterator[list[Lesson]]:
    """Of each question of a library its own lesson first, then those of its wordings.

    Of a library that has wordings only those questions that do.
    """
    lexicon = Knowledge.open(load_settings(Path(pair.partition("=")[0]))).lexicon
    worded = (FOLDER / f"{pair.rpartition(':')[2]}.jsonl").exists()
    for example in read_examples([pair], asked=known if worded else None):
        task = as_task(example)
        if not worded:
            yield [Lesson(task, None)]
            continue
        lessons = [Lesson(task, task.question)]
        for lesson in reword(task, known[example.asked]):
            read = understand(Conversation(lesson.task.question), lexicon).standalone
            lessons.append(replace(lesson, task=replace(lesson.task, question=read)))
        yield lessons


def load_reader(path: Path) -> Network:
    """The reader as it is shipped, to be trained further."""
    reader = Network(quick=True)
    reader.load_state_dict(read_weights(path, reader.state_dict()))
    return reader


def read_wordings(folder: Path = FOLDER) -> dict[str, Wordings]:
    """Questions → their wordings, of all libraries."""
    found: dict[str, Wordings] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[row["question"]] = Wordings(tuple(row["same"]), tuple(row.get("exchanged", ())))
    return found


def reword(task: Task, wordings: Wordings) -> Iterator[Lesson]:
    """A question's task in other words, and without an answer where one thing is exchanged."""
    for words in wordings.same:
        yield Lesson(replace(task, question=words), task.question)
    inside = task.sentences_of_passages
    answering = [n for n, own in enumerate(inside) if (task.labels[own] == 1).any()]
    if not answering:
        return
    kept = np.concatenate([inside[n] for n in answering])
    unanswered = replace(
        task,
        passages=tuple(task.passages[n] for n in answering),
        labels=np.zeros(len(kept), dtype=np.int8),
        taught=np.full(len(kept), np.nan, dtype=np.float32),
    )
    for words in wordings.exchanged:
        yield Lesson(replace(unanswered, question=words), None)


def train(reader: Network, before: Network, steps: Sequence[Sequence[Lesson]]) -> None:
    """Trains in place, the rates falling to nothing."""
    reader.layers[:FROZEN].requires_grad_(requires_grad=False)
    free = [p for p in reader.layers.parameters() if p.requires_grad]
    groups = [{"params": free}, {"params": list(reader.head.parameters())}]
    optimiser = torch.optim.AdamW(groups, lr=RATES[0], weight_decay=0.03)
    begun = time.monotonic()
    for step, lessons in enumerate(steps, start=1):
        for group, rate in zip(optimiser.param_groups, RATES, strict=True):
            group["lr"] = rate * min(1.0, step / WARM_UP) * (1 - step / (len(steps) + 1))
        reader.train()
        take_step(reader, list(teach(before, lessons)), optimiser)
        if not step % 20:
            print(f"{step} of {len(steps)} steps, {time.monotonic() - begun:.0f} s", flush=True)


def draw_steps(learnt: Lessons, steps: int, seed: int = 1) -> Iterator[list[Lesson]]:
    """Lessons, a few passages of each, for so many steps.

    Where libraries have no wordings, half as many wordings of others come beside their questions.
    """
    chance = np.random.default_rng(seed)
    a_block = A_STEP * SORTED_AT_ONCE
    while steps > 0:
        beside = len(learnt.alone) // 2 or len(learnt.wordings)
        drawn = [*learnt.alone, *_some(learnt.wordings, beside, chance)]
        drawn += _some(learnt.originals, len(drawn) // ORIGINALS, chance)
        order = chance.permutation(len(drawn))
        for start in range(0, len(drawn), a_block):
            block = [
                replace(lesson, task=draw(lesson.task, PASSAGES, chance))
                for lesson in (drawn[n] for n in order[start : start + a_block])
            ]
            block = sorted((one for one in block if one.task.passages), key=_measure_length)
            for first in chance.permutation(range(0, len(block), A_STEP)):
                if steps > 0:
                    yield block[first : first + A_STEP]
                steps -= 1


def _some(lessons: Sequence[Lesson], count: int, chance: np.random.Generator) -> list[Lesson]:
    chosen = chance.choice(len(lessons), min(len(lessons), count), replace=False)
    return [lessons[n] for n in chosen]


def _measure_length(lesson: Lesson) -> int:
    return max(len(passage.text) for passage in lesson.task.passages)


def teach(before: Network, lessons: Sequence[Lesson]) -> Iterator[Task]:
    """The tasks with what the reader before says where the original is asked."""
    known = [replace(one.task, question=one.original) for one in lessons if one.original]
    with torch.inference_mode():
        odds = judge(before, known).numpy() if known else np.zeros(0, dtype=np.float32)
    first = 0
    for lesson in lessons:
        if lesson.original is None:
            yield lesson.task
            continue
        count = len(lesson.task.labels)
        yield replace(lesson.task, taught=odds[first : first + count])
        first += count


def measure(reader: Network, lessons: Sequence[Lesson]) -> str:
    """How questions are told from the highest odds of three passages, by 0, and in what order."""
    wanted = np.array([bool((one.task.labels == 1).any()) for one in lessons])
    odds = np.array([score(reader, _first(one.task, 3)).max() for one in lessons])
    if not wanted.any() or wanted.all():
        return "not measured: the same is wanted of all"
    answered, declined = odds[wanted] > 0, odds[~wanted] <= 0
    above = (odds[wanted][:, None] > odds[~wanted]).mean()
    return (
        f"answered {answered.sum()} of {len(answered)}, "
        f"declined {declined.sum()} of {len(declined)}, AUROC {above:.3f}"
    )


def _first(task: Task, count: int) -> Task:
    """A task of its first passages."""
    kept = np.concatenate(task.sentences_of_passages[:count])
    passages = task.passages[:count]
    return replace(task, passages=passages, labels=task.labels[kept], taught=task.taught[kept])


if __name__ == "__main__":
    main()
