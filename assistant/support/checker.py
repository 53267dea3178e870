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
from assistant.support.comparing import FEATURE_NAMES, compare
from assistant.support.reading import read

if TYPE_CHECKING:
    from collections.abc import Sequence


WEIGHTS = Path(__file__).parent / "weights.json"
GRADED = frozenset(
    {
        "coverage",
        "soft_coverage",
        "least_covered",
        "uncovered_words",
        "clause_conflicts",
        "conflict_share",
        "swaps",
    }
)
"""Signs that count by how much. Of the others one is enough: where they are wrong, the source's
own sentence is said instead."""
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Support:
    """How well a claim is borne by its evidence.

    Attributes:
        probability: that it follows, 0 to 1.
        reasons: names of the features that speak against it, heaviest first.
        vetoed: whether one of them alone is enough not to show the claim.
    """

    probability: float
    reasons: tuple[str, ...] = ()
    vetoed: bool = False


@dataclass(frozen=True, slots=True)
class SupportChecker:
    """A logistic regression over the features of `comparing`."""

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
        row = np.array(describe(claim, evidence, context))
        parts = self.model.parts(row)
        against = [(value, name) for value, name in zip(parts, FEATURE_NAMES, strict=True)]
        reasons = tuple(name for value, name in sorted(against)[:3] if value < -0.3)
        signs = zip(FEATURE_NAMES, row, strict=True)
        vetoed = any(value > 0 for name, value in signs if name not in GRADED)
        return Support(float(1 / (1 + np.exp(-self.model.log_odds(row)))), reasons, vetoed)


def describe(claim: str, evidence: Sequence[str], context: str = "") -> list[float]:
    """The features of a claim beside its evidence, in the order of `FEATURE_NAMES`."""
    return compare(read(_plain(claim)), read(_plain(" . ".join(evidence))), read(_plain(context)))


def _bare(text: str) -> str:
    """What two copies of a sentence have in common whatever their case and final mark."""
    return _plain(text).casefold().rstrip(".!?:; ")


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


@cache
def _load() -> SupportChecker:
    return SupportChecker(Linear.from_record(json.loads(WEIGHTS.read_text(encoding="utf-8"))))
