"""The checker: a claim and the sentences that it cites → the probability that they bear it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.linear import Linear
from assistant.support.aligning import align
from assistant.support.comparing import FEATURE_NAMES, compare
from assistant.support.exchanging import exchanges
from assistant.support.network import open_network, reads_whole
from assistant.support.reading import read

if TYPE_CHECKING:
    from collections.abc import Sequence


WEIGHTS = Path(__file__).parent / "weights.json"
SIGNS = (*FEATURE_NAMES, "read_as_borne")
"""What is weighed: the signs of words, and what the network says that reads both texts."""

NEVER = ("numbers_missing", "units_missing")
"""Signs of which one is enough: a wrong dose does harm, the source's own words never do."""
EXCHANGED = 2.0
"""What an exchange of two words takes from the odds' logarithm: the network seldom sees it. No
more, since who says a thing in words of his own may turn them as well."""

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Support:
    """How well a claim is borne by its evidence.

    Attributes:
        probability: that it follows, 0 to 1.
        reasons: names of the signs that speak against it, heaviest first.
    """

    probability: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SupportChecker:
    """A logistic regression over the signs of `comparing` and the network's odds."""

    model: Linear

    @staticmethod
    def from_package() -> SupportChecker:
        """The checker whose weights are part of this package; read once."""
        return _load()

    def check(self, claim: str, evidence: Sequence[str], context: str = "") -> Support:
        """Whether a claim follows from sentences taken together.

        Args:
            claim: one sentence, without markers.
            evidence: what it cites; nothing bears nothing.
            context: titles and headings above the evidence, and long forms of its short forms.
        """
        quotes = {_bare(quote) for quote in evidence} - {""}
        if not quotes or not _bare(claim):
            return Support(0.0, ("no_evidence",))
        if _bare(claim) in quotes:
            return Support(1.0)
        signs = describe(claim, evidence, context)
        wrong = tuple(name for name in NEVER if signs[FEATURE_NAMES.index(name)] > 0)
        if wrong:
            return Support(0.0, wrong)
        if _only_denies(signs):
            return Support(0.0, ("claim_negated_alone",))
        if not reads_whole(claim):
            return Support(0.0, ("too_long",))
        row = np.array([*signs, open_network().judge(claim, evidence, context)])
        exchanged = _exchanges(claim, evidence)
        odds = self.model.log_odds(row) - EXCHANGED * exchanged
        against = [(v, name) for v, name in zip(self.model.parts(row), SIGNS, strict=True)]
        reasons = [name for value, name in sorted(against)[:3] if value < -0.3]
        probability = float(1 / (1 + np.exp(-odds)))
        return Support(probability, ("exchanged",) * exchanged + tuple(reasons))


def _only_denies(signs: Sequence[float]) -> bool:
    """Whether a claim says nothing that the evidence does not, but for a denial.

    One "not" in a long row weighs little beside all that is copied.
    """
    values = dict(zip(FEATURE_NAMES, signs, strict=True))
    return values["claim_negated_alone"] > 0 and values["coverage"] == 1


def _exchanges(claim: str, evidence: Sequence[str]) -> bool:
    """Whether a claim exchanges two things of its evidence."""
    said, there = read(_plain(claim)), read(_plain(" . ".join(evidence)))
    return exchanges(said, there, align(said, there))


def describe(claim: str, evidence: Sequence[str], context: str = "") -> list[float]:
    """The signs of words of a claim beside its evidence, in the order of `FEATURE_NAMES`."""
    return compare(read(_plain(claim)), read(_plain(" . ".join(evidence))), read(_plain(context)))


def _bare(text: str) -> str:
    """What two copies of a sentence have in common whatever their case and final mark."""
    return _plain(text).casefold().rstrip(".!?:; ")


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


@cache
def _load() -> SupportChecker:
    return SupportChecker(Linear.from_record(json.loads(WEIGHTS.read_text(encoding="utf-8"))))
