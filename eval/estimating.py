"""How long a run will take and what it will cost, from a few of its cases asked beforehand."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eval.errors import EvalError
from eval.gold import GoldFinder, check_library
from eval.scoring import score_case
from eval.summary import count_tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.cases import Case
    from eval.dataset import Dataset
    from eval.judging import Judge
    from eval.subject import Subject

SAMPLED: Final = 4
"""Cases asked for an estimate, spread evenly over the data set; one more before, to warm up."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What a chat model costs per million tokens, in any one currency."""

    input: float
    output: float

    def cost(self, input_tokens: float, output_tokens: float) -> float:
        """The price of so many tokens."""
        return (self.input * input_tokens + self.output * output_tokens) / 1_000_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run will take.

    Attributes:
        cost: None where a chat model is asked and no prices were given.
    """

    cases: int
    seconds: float
    input_tokens: float
    output_tokens: float
    cost: float | None

    def __str__(self) -> str:
        """A line for a person."""
        line = f"{self.cases} cases, about {self.seconds:.0f} s"
        if not self.input_tokens:
            return f"{line}, at no cost"
        tokens = f"{self.input_tokens:.0f} tokens sent and {self.output_tokens:.0f} written"
        cost = "cost unknown without --prices" if self.cost is None else f"cost {self.cost:.2f}"
        return f"{line}, {tokens}, {cost}"

    def times(self, runs: int) -> Estimate:
        """The estimate of so many runs alike."""
        return Estimate(
            self.cases * runs,
            self.seconds * runs,
            self.input_tokens * runs,
            self.output_tokens * runs,
            None if self.cost is None else self.cost * runs,
        )


def read_prices(given: str | None) -> Prices | None:
    """Prices given as `INPUT,OUTPUT`, such as `0.15,0.6`.

    Raises:
        EvalError: they are no two numbers from 0 on.
    """
    if given is None:
        return None
    try:
        first, second = (float(part) for part in given.split(","))
    except ValueError:
        first = second = -1.0
    if not (first >= 0 and second >= 0):
        raise EvalError(
            f"--prices is {given!r}: give two numbers, the price of a million tokens sent and of "
            "a million written, such as 0.15,0.6."
        )
    return Prices(first, second)


def estimate_run(
    dataset: Dataset,
    subject: Subject,
    workers: int = 1,
    prices: Prices | None = None,
    judge: Judge | None = None,
) -> Estimate:
    """Asks a few cases and reckons up what all will take.

    Args:
        dataset: the cases.
        subject: what answers them.
        workers: cases asked at the same time.
        prices: of the chat model, where one is asked, and of the judge's.
        judge: what will grade the answers, where one will.

    Raises:
        DatasetError: the library holds none of the gold sentences.
    """
    finder, cases = GoldFinder(subject.entries), dataset.cases
    check_library(dataset, finder)
    score_case(cases[0], subject, finder, judge)
    sample = spread(cases, SAMPLED)
    started = time.perf_counter()
    results = [score_case(case, subject, finder, judge) for case in sample]
    each_seconds = (time.perf_counter() - started) / len(sample)
    scale = len(cases) / len(sample)
    sent, written = (scale * tokens for tokens in count_tokens(results))
    priced = prices or (Prices(0, 0) if not sent else None)
    return Estimate(
        cases=len(cases),
        seconds=each_seconds * len(cases) / workers,
        input_tokens=sent,
        output_tokens=written,
        cost=priced.cost(sent, written) if priced else None,
    )


def spread(cases: Sequence[Case], count: int) -> list[Case]:
    """So many of the cases, evenly spread."""
    step = max(1, len(cases) // count)
    return list(cases[::step][:count])
