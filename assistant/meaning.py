"""Which reading of a question is meant: what people are likely to mean, and what the library tells.

Each reading is looked up as if it had been asked; a regression weighs how it was made against how
surely its best sentence answers, and whether that stands where the conversation is. Trained by
`eval/train_meaning.py` on conversations whose right answer is known.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from assistant.linear import Linear
from assistant.ranking import rank
from assistant.retrieval import find_candidates
from assistant.understanding.readings import WAYS, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.asked import Asked
    from assistant.evidence import Candidate
    from assistant.knowledge import Knowledge
    from assistant.ranking import Ranking
    from index.entry import Entry
    from index.records import Sentence

FEATURES = (*WAYS, "topic_known", "log_odds", "cited_article", "said")
BOUND = 4.0


@dataclass(frozen=True, slots=True)
class Look:
    """A question looked up in the library.

    Attributes:
        asked: with the question as read here.
        candidates: what the search found.
        ranking: them, ranked.
        vector: the question's embedding, `(d,) float32`.
        question_vector: the same by the model that comes with the program, `(384,) float32`.
    """

    asked: Asked
    candidates: list[Candidate]
    ranking: Ranking
    vector: NDArray[np.float32]
    question_vector: NDArray[np.float32]


def look_up(asked: Asked, knowledge: Knowledge, *, with_turns: bool = True) -> Look:
    """Searches for a question and ranks what is found.

    The words searched for are those that ask and their other forms. The meaning is that of the
    whole question: what a long message tells before it asks shows what it is about. Of 1,138 such
    questions one of three passages held the answer for 866, with the meaning of the asking words
    alone for 809.

    Args:
        asked: the question.
        knowledge: of the library.
        with_turns: whether the turns before it are searched for and read with it.
    """
    vector, candidates = find_for(asked, knowledge, with_turns=with_turns)
    question_vector = knowledge.question_embedder.encode([asked.text])[0]
    talk = asked.understood.talk if with_turns else ""
    ranking = rank(asked.text, candidates, knowledge.weights, question_vector, talk)
    return Look(asked, candidates, ranking, vector, question_vector)


def find_for(
    asked: Asked, knowledge: Knowledge, *, with_turns: bool = True
) -> tuple[NDArray[np.float32], list[Candidate]]:
    """A question's embedding, `(d,) float32`, and what the search finds for it.

    Behind others it is searched for together with the one before as well.
    """
    understood = asked.understood
    vector = knowledge.embedder.encode([asked.text])[0]
    joined = understood.joined if with_turns else ""
    return vector, find_candidates(understood.search_text, vector, knowledge, joined=joined)


def take_along(asked: Asked) -> Asked:
    """A question with the words of the conversation that it takes along, where there are any."""
    carried = asked.understood.carried
    if carried is None or not carried.spans:
        return asked
    return asked.read_as(Reading(carried.text, "mention", 0, carried.spans[0]))


def prefer_found(widened: Ranking, ranking: Ranking, candidates: Sequence[Candidate]) -> Ranking:
    """The ranking of a wider search where the best of it is new, else the ranking that was.

    More to read shifts the probability of what was read already. That is no evidence: measured,
    it would answer questions that the articles do not.
    """
    known = {candidate.key for candidate in candidates}
    new = bool(widened.candidates) and widened.candidates[0].key not in known
    return widened if new else ranking


def choose_meaning(
    looks: Sequence[Look],
    readings: Sequence[Reading],
    cited: Sequence[tuple[Entry, Sentence]],
) -> Look:
    """The look whose reading is likeliest meant.

    Args:
        looks: one a reading.
        readings: the one by rules first.
        cited: sentences that the answer before cited.
    """
    rows = describe_readings(looks, readings, cited)
    return looks[int(load_model().log_odds(rows).argmax())]


def describe_readings(
    looks: Sequence[Look],
    readings: Sequence[Reading],
    cited: Sequence[tuple[Entry, Sentence]],
) -> NDArray[np.float64]:
    """Features `(readings, FEATURES) float64`."""
    return np.array(
        [
            [
                *(float(reading.way == way) for way in WAYS),
                float(reading.known),
                _log_odds(look),
                *_place(look, cited),
            ]
            for look, reading in zip(looks, readings, strict=True)
        ]
    )


def _log_odds(look: Look) -> float:
    chance = min(max(look.ranking.probability, 0.005), 0.995)
    return float(np.log(chance / (1 - chance)))


def _place(look: Look, cited: Sequence[tuple[Entry, Sentence]]) -> tuple[float, float]:
    """Whether the best sentence stands in an article cited before, and is a sentence cited."""
    if not look.ranking.candidates:
        return 0.0, 0.0
    entry, sentence = look.ranking.candidates[0].entry, look.ranking.candidates[0].sentence
    here = {s.number for e, s in cited if e.article.id == entry.article.id}
    return float(bool(here)), float(sentence.number in here)


@cache
def load_model() -> Linear:
    """The weights of this package."""
    path = resources.files("assistant").joinpath("meaning.json")
    return Linear.from_record(json.loads(path.read_text(encoding="utf-8")), BOUND)
