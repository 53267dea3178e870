"""Small libraries to ask questions of, as the product does: candidates come from all their texts.

`python -m assistant.answerability.train_worlds ../shared/data OUT_FOLDER` embeds two of them once:
the paragraphs of the SQuAD half, and 150 topics of MedQuAD. In MedQuAD's, every second question
loses its own answer, so that its topic comes near without answering it; and questions changed by
`train_perturbations` are asked as well.
"""

from __future__ import annotations

import json
import random
import sys
import zlib
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from assistant.answerability import train_perturbations as perturb
from assistant.answerability.train_medquad import PARAPHRASES, Answered, is_kin, read_answers
from assistant.answerability.train_squad import Example, read_squad

TOPICS = 150
CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a library: its text, what stands before it, and its article."""

    text: str
    context: str
    article: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question to a library.

    Attributes:
        gold: numbers of the sentences that answer; empty where none does.
        hidden: numbers of the sentences that are taken out of the library for this question.
        kind: how the question came about.
    """

    text: str
    group: str
    kind: str
    gold: tuple[int, ...] = ()
    hidden: tuple[int, ...] = ()


def is_held_out(group: str) -> bool:
    """Whether a MedQuAD topic is kept for the library: one in ten."""
    return zlib.crc32(group.lower().encode()) % 10 == 0


def squad_world(folder: Path) -> tuple[list[Sentence], list[Question]]:
    """Every paragraph of the half; the questions as they are."""
    numbers: dict[tuple[str, str], int] = {}
    questions = []
    for task in read_squad(folder):
        for example in task.examples:
            key = (example.sentence, example.context)
            numbers.setdefault(key, len(numbers))
        gold = tuple(numbers[e.sentence, e.context] for e in task.examples if e.answers)
        questions.append(Question(task.question, task.group, "squad", gold))
    sentences = [Sentence(text, context, context.split(".")[0]) for text, context in numbers]
    return sentences, questions


def medquad_world(folder: Path) -> tuple[list[Sentence], list[Question]]:
    """150 topics with at least three types of answer."""
    rng = random.Random(11)
    by_focus: dict[str, list[Answered]] = defaultdict(list)
    for answer in read_answers(folder):
        if is_held_out(answer.focus):
            by_focus[answer.focus].append(answer)
    foci = sorted(f for f, found in by_focus.items() if len({a.qtype for a in found}) > 2)
    sentences: list[Sentence] = []
    questions: list[Question] = []
    for focus in rng.sample(foci, min(TOPICS, len(foci))):
        places: list[tuple[Answered, list[int]]] = []
        for answer in by_focus[focus]:
            own = []
            for number, text in enumerate(answer.sentences[:6]):
                before = answer.sentences[number - 1] if number else ""
                own.append(len(sentences))
                sentences.append(Sentence(text, f"{focus}. {before}".strip(), focus))
            places.append((answer, own))
        questions += _ask_topic(focus, places, sentences, rng)
    return sentences, questions


def _ask_topic(
    focus: str,
    places: list[tuple[Answered, list[int]]],
    sentences: list[Sentence],
    rng: random.Random,
) -> list[Question]:
    asked = []
    everything = [
        Example(sentences[number].context, sentences[number].text, 1)
        for _, own in places
        for number in own
    ]
    for answer, own in places:
        phrase = rng.choice([answer.question, *PARAPHRASES.get(answer.qtype, ())]).format(focus)
        kin = tuple(
            n
            for a, o in places
            if a.qtype in {answer.qtype, "information"} or is_kin(a.qtype, answer.qtype)
            for n in o
        )
        if rng.random() < 0.5 and answer.qtype != "information":
            asked.append(Question(phrase, focus, "answer removed", (), kin))
        else:
            asked.append(Question(phrase, focus, "answered", tuple(own)))
        if rng.random() < 0.3:
            changed = perturb.add_condition(phrase, everything, rng)
            if changed:
                asked.append(Question(changed.question, focus, "condition added"))
    for _ in range(2):
        other = perturb.ask_otherwise(focus, everything, rng)
        if other and len(other.examples) == len(everything):
            asked.append(Question(other.question, focus, "asked otherwise"))
    stated = perturb.ask_for_stated(focus, everything, rng)
    if stated:
        gold = [e.sentence for e in stated.examples]
        numbers = tuple(n for _, own in places for n in own if sentences[n].text in gold)
        asked.append(Question(stated.question, focus, "stated", numbers))
    return asked


def main() -> None:
    """Writes for each library its sentences, questions and their vectors."""
    import torch

    from index.embedding import Embedder
    from index.settings import DEFAULT_MODEL

    torch.set_num_threads(1)
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    embedder = Embedder(DEFAULT_MODEL)
    for name, make in (("squad", squad_world), ("medquad", medquad_world)):
        sentences, questions = make(folder)
        print(name, len(sentences), "sentences", len(questions), "questions", flush=True)
        (out / f"{name}.json").write_text(
            json.dumps([[asdict(s) for s in sentences], [asdict(q) for q in questions]])
        )
        vectors = embedder.encode([s.text for s in sentences])
        asked = embedder.encode([q.text for q in questions])
        np.savez(out / f"{name}.npz", sentences=vectors, questions=asked)


if __name__ == "__main__":
    main()
