"""What ranking gives: candidates in their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.answerability import AnswerType
    from assistant.evidence import Candidate


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates in the order of how well they answer.

    Attributes:
        candidates: best first.
        scores: `(n,)` their log odds, falling.
        odds: `(n,)` the reader's log odds of them; NaN where it did not read.
        probability: that the best ones answer; calibrated.
        expected: the kind of answer asked for.
        wants_list: log odds that all of something is asked for.
    """

    candidates: tuple[Candidate, ...]
    scores: NDArray[np.float64]
    odds: NDArray[np.float64]
    probability: float
    expected: AnswerType
    wants_list: float
