"""Which candidates answer, and whether any does: the reader, between logistic regressions.

The first picks by few features what the reader reads; the second joins both into each candidate's
odds of answering; the third gives the probability that the best ones do. A fourth tells whether a
list is to be given whole (`assistant/lists.py`), with what a fifth makes of the question's
embedding: does it ask for all of something? Small enough to be read in their JSON file;
trained by `python -m eval.train_ranking`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.linear import Linear
from assistant.ranking.features import (
    QuestionWords,
    describe_candidates,
    describe_question,
    describe_read,
    fill_unread,
)
from assistant.ranking.records import Ranking
from assistant.reader import Passage, open_reader, open_talk_reader
from assistant.stages import stage
from index.passages import passage_text_to_embed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from assistant.evidence import Candidate, WordWeights

WEIGHTS = Path(__file__).parent / "weights.json"

MODELS = ("first", "candidate", "question", "whole_list", "wants_list")

CHOSEN = 16
"""How many candidates are weighed at least; they tell which passages are read."""

READ_PASSAGES = 3
"""How many passages are read where one of them may answer."""

READ_ON = 6
"""How many are read at the most where none does. Of 1,287 long messages .815 get the right sentence
first for .778 with three, and .732 are answered or declined rightly for .710; of 350 others .849
for .830 and .869 for .857."""

MAY_ANSWER = 0.0
"""Log odds of a sentence that may answer."""

LATER = 0.4
"""Log odds that each rank in the search takes from a passage when its turn is set. The first model
alone, which learnt from questions that repeat an article's words, had the gold passage of .93 of
218 patients' questions among three; with this it is .96, and as many as before of 2,033 others."""

SURE = 3.0
"""Log odds of a sentence from which no further passage is read. From 1 on a sentence that only
names what is asked for hides the list that tells it. Reading on where a list may be wanted finds
.942 of 1,117 lists for .935, and half a passage more is read."""

MAY_WANT_LIST = -0.5
"""Log odds that a question asks for all of something from which on it is read for a list."""

FOR_LIST = 2.0
"""Log odds that such a question adds to a passage with a list: an item alone has few of its words.
Of 968 lists that questions ask for .94 are read with it, .89 without; nothing else is lost."""

LISTED = 0.75
"""Log odds that an item of a list or a row of a table loses unless all of something is asked for.
Of 256 questions of `later` an item was the likeliest sentence of 94 and the right one of 68, of
1,310 to nine libraries, most of which the reader had learnt, of 266 and 200. With this the right
sentence is first for .750 for .715 and for .737 for .723."""

SLOPE, OFFSET = 1.4, -0.8
"""From the log odds that the library answers to those that are told: 2,173 questions that the
reader has not learnt, a third of them everyday ones, by five libraries, want 1.18 to 1.48 and -.70
to -.91 (each left out in turn). At -.8 fourteen more of them are right than at -.5."""

TALK = 0.7
"""How much the reader of conversations counts beside what is read of the question as completed. Of
778 follow-ups that it has not learnt (other follow-ups on one of their eight libraries it has) .740
are right with it, .731 with it alone, .724 with half: chosen on these."""

TALK_SLOPE, TALK_OFFSET = 1.3, -0.46
"""From the log odds that the library answers to those where turns are read with the question
(Platt scaling), fitted on 747 follow-ups, 675 of them on seven libraries that the reader of
conversations has not learnt: .890 are answered or declined rightly, .876 with 1.41 and -.77, which
were fitted to the reader before. With each library left out 1.26 to 1.34 and -.37 to -.67."""

ASKS_FOR_ALL = 0.5
"""Log odds that a question asks for all of something from which on nothing is lost."""

BOUND = 4.0
"""Standardised features are cut here."""


@dataclass(frozen=True, slots=True)
class Models:
    """The logistic regressions."""

    first: Linear
    candidate: Linear
    question: Linear
    whole_list: Linear
    wants_list: Linear


@stage("ranking")
def rank(
    question: str,
    candidates: Sequence[Candidate],
    weights: WordWeights,
    vector: NDArray[np.float32],
    talk: str = "",
) -> Ranking:
    """Ranks the candidates that are worth reading, for a question that stands alone.

    Args:
        question: as understood.
        candidates: in any order.
        weights: how much each word counts.
        vector: the question's embedding by the model of the program, `(384,) float32`.
        talk: it with the turns before it, which are read as well; empty without such.
    """
    words = QuestionWords.of(question, weights)
    models = load_models()
    wanted = float(models.wants_list.log_odds(vector))
    if not candidates:
        return Ranking((), np.zeros(0), np.zeros(0), 0.0, words.expected, wanted)
    chosen, first = choose_to_read(words, candidates, models.first, wanted)
    odds = read_best(question, chosen, first, wanted, talk)
    scores = weigh(models.candidate, chosen, first, odds, wanted)
    order = sorted(range(len(chosen)), key=lambda i: (-scores[i], chosen[i].key))
    ranked = tuple(chosen[i] for i in order)
    row = describe_question(words, ranked, scores[order], fill_unread(odds)[order], weights)
    log_odds = models.question.log_odds(row[None])[0]
    slope, offset = (TALK_SLOPE, TALK_OFFSET) if talk else (SLOPE, OFFSET)
    log_odds = slope * log_odds + offset
    probability = float(1 / (1 + np.exp(-log_odds)))
    return Ranking(ranked, scores[order], odds[order], probability, words.expected, wanted)


def weigh(
    model: Linear,
    candidates: Sequence[Candidate],
    first: NDArray[np.float64],
    odds: NDArray[np.float64],
    wanted: float,
) -> NDArray[np.float64]:
    """Log odds that each candidate answers, `(n,)`.

    Args:
        model: of candidates.
        candidates: what was chosen to be read.
        first: `(n,)` their log odds by the first model.
        odds: `(n,)` the reader's, NaN where it did not read.
        wanted: log odds that the question asks for all of something.
    """
    scores = model.log_odds(describe_read(first, odds))
    if wanted >= ASKS_FOR_ALL:
        return scores
    return scores - LISTED * np.array([candidate.is_listed for candidate in candidates])


def choose_to_read(
    words: QuestionWords, candidates: Sequence[Candidate], first: Linear, wanted: float
) -> tuple[list[Candidate], NDArray[np.float64]]:
    """What is weighed, best first by the first model, and its log odds by it.

    The `CHOSEN` best candidates, and all others of the passages that are to be read: they cost
    nothing there, and "Nuts and seeds are good sources" has no word of "Which foods hold it?".

    Args:
        words: the question.
        candidates: in any order.
        first: the first model.
        wanted: log odds that the question asks for all of something.
    """
    scores = first.log_odds(describe_candidates(words, candidates))
    order = sorted(range(len(candidates)), key=lambda i: (-scores[i], candidates[i].key))
    ranked = [candidates[i] for i in order]
    to_read = rank_passages(ranked, scores[order], wanted)[:READ_ON]
    inside = {position for members in to_read for position in members}
    kept = [i for place, i in enumerate(order) if place < CHOSEN or place in inside]
    return [candidates[i] for i in kept], scores[kept]


def rank_passages(
    chosen: Sequence[Candidate], first: NDArray[np.float64], wanted: float
) -> list[list[int]]:
    """Positions of the candidates of each passage, the most promising passage first."""
    members: dict[tuple[str, int], list[int]] = {}
    for position, candidate in enumerate(chosen):
        members.setdefault(candidate.passage_key, []).append(position)

    def promise(positions: Sequence[int]) -> float:
        listed = sum(chosen[position].is_listed for position in positions) > 1
        for_list = FOR_LIST if listed and wanted >= MAY_WANT_LIST else 0.0
        rank = chosen[positions[0]].passage_rank
        return float(first[positions].max()) - LATER * rank + for_list

    return sorted(members.values(), key=promise, reverse=True)


def read_best(
    question: str,
    chosen: Sequence[Candidate],
    first: NDArray[np.float64],
    wanted: float,
    talk: str = "",
) -> NDArray[np.float64]:
    """The reader's log odds of candidates, `(n,)`; NaN in passages that were not read.

    Args:
        question: as understood.
        chosen: what may be read.
        first: `(n,)` their log odds by the first model.
        wanted: log odds that the question asks for all of something.
        talk: the question with the turns before it, which are read as well.
    """

    def read(members: Sequence[int]) -> NDArray[np.float64]:
        passage = as_passage([chosen[i] for i in members])
        alone = open_reader().read(question, passage)
        if not talk:
            return alone
        return TALK * open_talk_reader().read(talk, passage) + (1 - TALK) * alone

    return read_in_turn(chosen, first, wanted, read)


def read_in_turn(
    chosen: Sequence[Candidate],
    first: NDArray[np.float64],
    wanted: float,
    read: Callable[[Sequence[int]], NDArray[np.float64]],
) -> NDArray[np.float64]:
    """Reads passages, the most promising first, until one answers for sure.

    Where none may answer, more are read: what a long message is about is often found late.

    Args:
        chosen: what may be read.
        first: `(n,)` their log odds by the first model.
        wanted: log odds that the question asks for all of something.
        read: positions of a passage's candidates → their log odds, NaN where it cannot tell.
    """
    odds = np.full(len(chosen), np.nan)
    for number, positions in enumerate(rank_passages(chosen, first, wanted)[:READ_ON]):
        if number >= READ_PASSAGES and (odds >= MAY_ANSWER).any():
            break
        odds[positions] = read(positions)
        if (odds[positions] >= SURE).any():
            break
    return odds


def as_passage(candidates: Sequence[Candidate]) -> Passage:
    """A passage as it was embedded, with the places of some of its sentences."""
    article, passage = candidates[0].entry.article, candidates[0].passage
    text = passage_text_to_embed(article, passage)
    shift = len(text) - passage.end  # what stands before the passage's own words, less its start
    return Passage(
        text, tuple((c.sentence.start + shift, c.sentence.end + shift) for c in candidates)
    )


@cache
def load_models() -> Models:
    """The models with the weights of this package."""
    record = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Models(**{name: linear(record[name]) for name in MODELS})


def linear(record: dict[str, Any]) -> Linear:
    """A model as the training wrote it."""
    return Linear.from_record(record, BOUND)
