"""Which words of the conversation a question takes along, by a small network trained for it.

It says of each content word of the turns how likely a person would repeat it, were the question
asked alone (the task of QuReTeC, Voskarides et al. 2020, arXiv 2005.11723): MiniLM's layers over
the question and the turns before it, and a head on each word. Trained by `eval/train_carrying.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.answerability.pieces import load_first_states
from assistant.understanding.filling import append_topic, put_in_place
from assistant.understanding.history import pair_turns
from assistant.understanding.leaning import drop_opening, find_slots, turns_away
from assistant.understanding.turn_pieces import lay_out, root_of
from assistant.understanding.words import DETERMINERS, PREPOSITIONS, tokenize
from index.onnx_session import open_session

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assistant.conversation import Turn
    from assistant.understanding.words import Token

WEIGHTS = Path(__file__).parent / "carrying.onnx"
"""Six layers and the head in whole numbers of eight bits; MiniLM's own piece vectors are used."""

BETWEEN = PREPOSITIONS | DETERMINERS | {"and"}
MOST_BETWEEN = 2
"""Words of these that may stand between two words of a span: "the stages of the diet"."""

MOST_SPANS = 3


@dataclass(frozen=True, slots=True)
class Carried:
    """What a question takes along.

    Attributes:
        question: as asked, spelling corrected.
        log_odds: stem of a word that only the turns hold → log odds that it is taken along.
        spans: the likely words as they stand in the turns, where most of them are first.
    """

    question: str
    log_odds: Mapping[str, float]
    spans: tuple[str, ...] = ()

    @classmethod
    def of(cls, question: str, turns: Sequence[str], log_odds: Mapping[str, float]) -> Carried:
        """With the spans that the likely words make in the turns, oldest first."""
        likely = {root for root, value in log_odds.items() if value > 0}
        return cls(question, log_odds, tuple(_find_spans(turns, likely)))

    @property
    def text(self) -> str:
        """The question with the spans: one in a pronoun's place, the others behind it."""
        asked = drop_opening(self.question)
        spans = list(self.spans[:MOST_SPANS])
        slots = find_slots(asked)
        if slots and spans:
            asked = put_in_place(asked, slots[0], spans.pop(0))
        return append_topic(asked, " and ".join(spans)) if spans else asked


def carry(question: str, history: Sequence[Turn]) -> Carried:
    """What a question takes along from the turns before it, oldest first; at least one."""
    exchanges = [(turns_away(asked) or asked, said) for asked, said in pair_turns(history)]
    pieces = lay_out(question, exchanges)
    inputs = {
        "states": load_first_states(pieces.ids[None], pieces.side[None]),
        "present": np.ones((1, len(pieces.ids)), dtype=np.float32),
    }
    (odds,) = _open_network().run(["odds"], inputs)
    likeliest: dict[str, float] = {}
    for root, place in zip(pieces.roots, pieces.places, strict=True):
        likeliest[root] = max(likeliest.get(root, -np.inf), float(odds[0, place]))
    return Carried.of(question, [text for pair in exchanges for text in pair], likeliest)


@cache
def _open_network() -> Any:
    return open_session(WEIGHTS)


def _find_spans(turns: Sequence[str], likely: set[str]) -> Iterator[str]:
    """The likely words where they stand together, each of them once; of equal spans the newest."""
    runs = [
        (turn[run[0].start : run[-1].end], {root_of(word) for word in run} & likely)
        for turn in reversed(turns)
        for run in _join(turn, likely)
    ]
    left = set(likely)
    while runs and left:
        text, held = max(runs, key=lambda run: len(run[1] & left))
        if not held & left:
            return
        yield text
        left -= held


def _join(turn: str, likely: set[str]) -> Iterator[list[Token]]:
    """Runs of likely words, with the function words between them; none goes over a mark."""
    run: list[Token] = []
    between: list[Token] = []
    end = 0
    for word in tokenize(turn):
        if not word.is_word or "\n" in turn[end : word.start]:
            if run:
                yield run
            run, between = [], []
        end = word.end
        if root_of(word) in likely:
            run, between = [*run, *between, word], []
        elif run and word.lower in BETWEEN and len(between) < MOST_BETWEEN:
            between.append(word)
        elif run:
            yield run
            run, between = [], []
    if run:
        yield run
