"""Makes the training set: `python -m assistant.answerability.train_pairs ../shared/data OUT.jsonl`.

One line a task: a question with candidate sentences, its source and the group (article, topic or
conversation) that no cross-validation fold may split.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter, defaultdict
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answerability import train_perturbations as perturb
from assistant.answerability.train_medquad import Answered, read_answers, read_medquad
from assistant.answerability.train_sources import (
    Example,
    Task,
    read_bioasq,
    read_canard,
    read_selqa,
    read_squad,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 7
MEDQUAD_QUESTIONS = 3000
CLOZE_TASKS = 3000
OTHERWISE_TASKS = 1200


def make_tasks(folder: Path) -> Iterator[Task]:
    """All tasks in a fixed order."""
    rng = random.Random(SEED)
    answers = read_answers(folder)
    natural = [
        *read_squad(folder),
        *read_bioasq(folder, rng),
        *read_selqa(folder, rng),
        *read_canard(folder, rng),
        *read_medquad(answers, rng, MEDQUAD_QUESTIONS),
    ]
    yield from natural
    yield from change_questions(natural, rng)
    yield from ask_of_sentences(natural, answers, rng)


def change_questions(natural: list[Task], rng: random.Random) -> Iterator[Task]:
    """Conditions added and words swapped in questions that are answered."""
    names: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for task in natural:
        names[task.source, task.group] += perturb.NAME.findall(task.question)
        for example in task.examples:
            names[task.source, task.group] += perturb.NAME.findall(example.sentence)
    for task in natural:
        if not any(example.answers for example in task.examples):
            continue
        draw = rng.random()
        if draw < 0.25:
            pool = names[task.source, task.group]
            changed = perturb.swap_word(task.question, task.examples, pool, rng)
        elif draw < 0.4:
            changed = perturb.add_condition(task.question, task.examples, rng)
        elif draw < 0.6:
            changed = perturb.keep_condition(task.question, task.examples, rng)
        else:
            changed = None
        if changed:
            yield replace(changed, group=task.group, source=f"{task.source} {changed.source}")


def ask_of_sentences(  # noqa: C901 - one branch a kind of question
    natural: list[Task], answers: list[Answered], rng: random.Random
) -> Iterator[Task]:
    """Cloze questions, and other things asked on a topic."""
    topics: dict[tuple[str, str], dict[str, Example]] = defaultdict(dict)
    for task in natural:
        if task.source in {"squad", "bioasq"}:
            for example in task.examples:
                topics[task.source, task.group][example.sentence] = example
    for answer in answers:
        for sentence in answer.sentences[:6]:
            topics["medquad", answer.focus][sentence] = Example(answer.focus, sentence, 1)
    keys = sorted(topics)
    rng.shuffle(keys)
    made: Counter[str] = Counter()
    for source, group in keys:
        examples = list(topics[source, group].values())
        focus = group.replace("_", " ") if source != "bioasq" else ""
        for example in rng.sample(examples, min(len(examples), 6 if source != "squad" else 200)):
            for task in perturb.ask_cloze(focus, example, examples[:8], rng):
                made["cloze"] += 1
                if made["cloze"] < CLOZE_TASKS or source == "squad":
                    yield replace(task, group=group, source=f"{source} cloze")
        if source == "medquad":
            made["otherwise"] += 1
            if made["otherwise"] < OTHERWISE_TASKS:
                other = perturb.ask_otherwise(
                    focus, rng.sample(examples, min(3, len(examples))), rng
                )
                stated = perturb.ask_for_stated(focus, examples, rng)
                for task in filter(None, (other, stated)):
                    yield replace(task, group=group, source=f"medquad {task.source}")


def main() -> None:
    """Writes the training set and reports how much of each kind it holds."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    with out.open("w", encoding="utf-8") as file:
        for task in make_tasks(folder):
            if not task.examples:
                continue
            file.write(json.dumps(asdict(task)) + "\n")
            counts[task.source].update(example.answers for example in task.examples)
            counts[task.source][-1] += 1
    for source, count in counts.items():
        print(f"{source:24} questions {count[-1]:6} answering {count[1]:6} near {count[0]:6}")


if __name__ == "__main__":
    main()
