"""Trains the weights by which the assistant chooses between the readings of a question.

    python -m eval.train_meaning DATASET@HOME[@STEP] …

With STEP every so many cases are used only. Each reading of each case with a history (the half to
tune on) is answered as if it were meant; those are right whose answer is. Reports how many are
right when the data set is left out, then writes `assistant/meaning.json`. Questions of several
parts are left out.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.asked import Asked
from assistant.conversation import Conversation, Turn
from assistant.deciding import Wish
from assistant.knowledge import Knowledge
from assistant.linear import Linear
from assistant.meaning import BOUND, FEATURES, describe_readings, look_up
from assistant.pipeline import Means, answer_look
from assistant.recalling import recall_cited
from assistant.settings import load_settings
from assistant.understanding import likeness_of, understand
from eval.dataset import read_dataset
from eval.gold import GoldFinder
from eval.verdict import judge
from index.embedding import embedding_once

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from eval.cases import QuestionCase

WEIGHTS = Path(__file__).parent.parent / "assistant" / "meaning.json"
PENALTY = 0.02
STEPS = 600
RATE = 0.05


@dataclass(frozen=True, slots=True)
class Talk:
    """A question with what each of its readings comes to.

    Attributes:
        name: of its data set.
        case: its id.
        texts: the readings, the one by rules first.
        rows: `(n, FEATURES)`.
        right: `(n,) bool`.
    """

    name: str
    case: str
    texts: tuple[str, ...]
    rows: NDArray[np.float64]
    right: NDArray[np.bool_]


def main() -> None:
    """Reads the talks, cross-validates, fits, writes the weights."""
    talks = [talk for given in sys.argv[1:] for talk in read_talks(*given.split("@"))]
    report(talks)
    model = fit(talks)
    record = {"mean": model.mean, "scale": model.scale, "weights": model.weights}
    rounded = {name: [round(float(x), 4) for x in values] for name, values in record.items()}
    WEIGHTS.write_text(json.dumps({**rounded, "bias": 0.0}, indent=1) + "\n", encoding="utf-8")
    for name, weight in zip(FEATURES, model.weights, strict=True):
        print(f"{name:14s} {weight:+.2f}")


def read_talks(name: str, home: str, step: str = "1") -> Iterator[Talk]:
    """Every `step`th case of a data set that has a history, each reading answered."""
    settings = load_settings(Path(home))
    means = Means(Knowledge.open(settings), settings, None)
    finder = GoldFinder(means.knowledge.library.entries)
    for case in read_dataset(name, split="tune").questions[:: int(step)]:
        if case.history or len(case.question.split()) > 20:
            talk = _try_readings(name, case, means, finder)
            if talk is not None:
                yield talk


def _try_readings(name: str, case: QuestionCase, means: Means, finder: GoldFinder) -> Talk | None:
    knowledge = means.knowledge
    turns = tuple(Turn(turn.role, turn.content) for turn in case.history)
    conversation = Conversation(case.question, turns)
    understood = understand(conversation, knowledge.lexicon, likeness_of(knowledge.embedder))
    if len(understood.parts) > 1 or len(understood.readings[0]) < 2:
        return None
    readings, asked = understood.readings[0], Asked(conversation, understood, "en")
    with embedding_once():
        looks = [
            look_up(asked, knowledge),
            *(look_up(asked.read_as(r), knowledge) for r in readings[1:]),
        ]
        answers = [answer_look(look, means, Wish("content")) for look in looks]
    cited = recall_cited(conversation.history, knowledge.library)
    gold = [finder.find(entry) for entry in case.gold]
    return Talk(
        name,
        case.id,
        tuple(reading.text for reading in readings),
        describe_readings(looks, readings, cited),
        np.array([judge(case, answer, gold).right for answer in answers]),
    )


def report(talks: Sequence[Talk]) -> None:
    """Prints what is right by rules, by the weights of the other data sets, and at best."""
    for name in dict.fromkeys(talk.name for talk in talks):
        model = fit([talk for talk in talks if talk.name != name])
        own = [talk for talk in talks if talk.name == name]
        print(f"{name}: {_count(own, model)}")
    print(f"all, fitted on them: {_count(talks, fit(talks))}")


def _count(talks: Sequence[Talk], model: Linear) -> str:
    chosen = sum(bool(t.right[int(model.log_odds(t.rows).argmax())]) for t in talks)
    first, best = sum(bool(t.right[0]) for t in talks), sum(bool(t.right.any()) for t in talks)
    return f"{first} right by rules, {chosen} chosen, {best} at best, of {len(talks)}"


def fit(talks: Sequence[Talk]) -> Linear:
    """A conditional logit: the chance of the right readings of each question is made greatest."""
    told = [talk for talk in talks if talk.right.any() and not talk.right.all()]
    rows = np.concatenate([talk.rows for talk in talks])
    mean, scale = rows.mean(0), rows.std(0) + 1e-6
    blocks = [
        (np.clip((talk.rows - mean) / scale, -BOUND, BOUND), talk.right.astype(float))
        for talk in told
    ]
    weights = np.zeros(len(FEATURES))
    moment, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = sum((_slope(x, right, weights) for x, right in blocks), np.zeros_like(weights))
        slope = PENALTY * weights - slope / len(blocks)
        moment, square = 0.9 * moment + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights -= RATE * (moment / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return Linear(mean, scale, weights, 0.0, BOUND)


def _slope(x: NDArray[Any], right: NDArray[Any], weights: NDArray[Any]) -> NDArray[np.float64]:
    """The slope of the log of the chance of the right readings."""
    scores = x @ weights
    odds = np.exp(scores - scores.max())
    chance = odds / odds.sum()
    wanted = odds * right / (odds * right).sum()
    return np.asarray((wanted - chance) @ x)


if __name__ == "__main__":
    main()
