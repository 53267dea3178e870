"""Trains the reader further, on questions with the turns before them.

    python -m eval.train_talks HOME … [--seconds 2100] [--weights FILE]

Each home holds the library of its name; its follow-ups stand in `eval/training/turns`. What is read
is the message and the turns before it (`write_talk`), so that no rewriting stands between what was
typed and what is judged. Whole questions of `eval/training/cases` behind a question on something
else teach that the turns need not matter. Two passages are read of each: one that answers, and one
of the first found, which is often what was answered before. Half an hour of two cores. Needs
`pip install onnx`.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from assistant.answerability.layers import read_weights
from assistant.answerability.pieces import model_folder
from assistant.asked import Asked
from assistant.conversation import Conversation, Turn
from assistant.knowledge import Knowledge
from assistant.meaning import find_for, take_along
from assistant.reader.pieces import TALK_PIECES
from assistant.reader.reading import TALK_WEIGHTS, WEIGHTS
from assistant.settings import load_settings
from assistant.understanding import likeness_of, understand, write_talk
from eval.dataset import read_dataset
from eval.gold import GoldFinder, Span
from eval.train_batches import Batches
from eval.train_conversations import TURNS, slip
from eval.train_encoder import MINILM
from eval.train_examples import read_examples
from eval.train_lessons import OWN, LessonsWriter
from eval.train_network import Network, Reader
from eval.train_steps import take_steps
from eval.train_tasks import Task, as_labelled, as_task

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from torch import Tensor

    from assistant.evidence import Candidate
    from eval.cases import QuestionCase
    from eval.train_examples import Example

KEPT_OUT = frozenset({"mood", "shop", "skins", "sport", "tests", "therapies", "tools"})
"""Libraries whose follow-ups nothing learns, to measure with."""

SECONDS, A_STEP, PASSAGES = 2100.0, 16, 2
RATES = (1.5e-4, 3e-4)
"""Learning rates of the layers and of the head."""

VARIED, VARIED_WEIGHT = 0.3, 0.6
"""How many follow-ups are read once more, misspelt and behind one more exchange, and how often."""

WHOLE, WHOLE_WEIGHT = 18, 0.5
"""Whole questions of a library, and how often each is read."""

NEAR = 0.6
"""How often the question before a whole one is on the same article."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question behind others.

    Attributes:
        question: as typed, spelling corrected.
        exchanges: questions before it with their answers, oldest first.
        task: passages with what is known of their sentences.
    """

    question: str
    exchanges: tuple[tuple[str, str], ...]
    task: Task


def main() -> None:
    """Reads the follow-ups, trains, writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("homes", type=Path, nargs="+")
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--weights", type=Path, default=TALK_WEIGHTS)
    given = parser.parse_args()
    homes = [home for home in given.homes if home.name not in KEPT_OUT]
    chance = random.Random(3)
    lessons, weights = LessonsWriter(most=TALK_PIECES), list[float]()
    for task, weight in write_tasks(homes, chance):
        lessons.add(task, OWN, 0)
        weights.append(weight)
    reader = Reader(MINILM, model_folder())
    network = Network()
    reader.take_weights(read_weights(WEIGHTS, network.state_dict()))
    batches = Batches(lessons.finish(), torch.device("cpu"))
    drawn = draw(batches, np.array(weights), np.random.default_rng(5))
    take_steps(reader, drawn, given.seconds, RATES)
    network.load_state_dict(reader.name_weights())
    network.export(given.weights)


def write_tasks(homes: Sequence[Path], chance: random.Random) -> Iterator[tuple[Task, float]]:
    """All that is learnt, and how often each is read."""
    follow_ups = [follow_up for home in homes for follow_up in read_follow_ups(home)]
    for own in follow_ups:
        yield replace(own.task, question=write_talk(own.question, own.exchanges)), 1.0
        if chance.random() < VARIED:
            earlier = chance.choice(follow_ups).exchanges[:1] if len(own.exchanges) == 1 else ()
            talk = write_talk(slip(own.question, chance), (*earlier, *own.exchanges))
            yield replace(own.task, question=talk), VARIED_WEIGHT
    for home in homes:
        for task in put_behind(list(read_examples([f"{home}=cases:{home.name}"])), chance):
            yield task, WHOLE_WEIGHT


def read_follow_ups(home: Path) -> Iterator[FollowUp]:
    """Those of the home's library, with what the search finds for them."""
    knowledge = Knowledge.open(load_settings(home))
    finder = GoldFinder(knowledge.library.entries)
    for case in read_dataset(str(TURNS / f"{home.name}.jsonl"), split="tune").questions:
        turns = tuple(Turn(turn.role, turn.content) for turn in case.history)
        conversation = Conversation(case.question, turns)
        understood = understand(conversation, knowledge.lexicon, likeness_of(knowledge.embedder))
        _, candidates = find_for(take_along(Asked(conversation, understood, "en")), knowledge)
        labels = label(case, candidates, finder)
        if understood.turns and (1 in labels or case.expected != "answer"):
            yield FollowUp(understood.asked, understood.turns, as_labelled("", candidates, labels))


def label(case: QuestionCase, candidates: Sequence[Candidate], finder: GoldFinder) -> list[int]:
    """1 answers, 0 does not, -1 unknown: another article than that of the gold may answer, too."""
    return label_spans([span for given in case.gold for span in finder.find(given)], candidates)


def label_spans(gold: Sequence[Span], candidates: Sequence[Candidate]) -> list[int]:
    """The same for places that are known."""
    articles = {span.article_id for span in gold}
    labels = []
    for candidate in candidates:
        place = Span(candidate.entry.article.id, candidate.sentence.start, candidate.sentence.end)
        known = not gold or place.article_id in articles
        labels.append(1 if any(place.is_same(span) for span in gold) else 0 if known else -1)
    return labels


def put_behind(
    examples: Sequence[Example], chance: random.Random, most: int = WHOLE
) -> Iterator[Task]:
    """Whole questions, each behind one that was answered, half of them on the same article."""
    answered = [own for own in examples if own.answerable]
    for own in chance.sample(examples, min(most, len(examples))):
        near = [other for other in answered if other.group == own.group and other is not own]
        before = chance.choice(near if near and chance.random() < NEAR else answered)
        said = (
            candidate.quote
            for candidate, known in zip(before.candidates, before.labels, strict=True)
            if known == 1
        )
        talk = write_talk(own.words.text, [(before.words.text, " ".join(said))])
        yield replace(as_task(own), question=talk)


def draw(
    batches: Batches,
    weights: NDArray[np.float64],
    chance: np.random.Generator,
    a_step: int = A_STEP,
) -> Iterator[tuple[Batches, Tensor]]:
    """Pairs for each step, epoch after epoch, each question as often as its weight says."""
    while True:
        drawn = np.flatnonzero(chance.random(len(weights)) < weights)
        for pairs in batches.draw(chance.permutation(drawn), chance, a_step, PASSAGES):
            yield batches, pairs


if __name__ == "__main__":
    main()
