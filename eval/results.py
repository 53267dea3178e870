"""What a run found out about each case, and its JSON form.

A score that could not be taken is not a zero and not a NaN: it is missing from `scores`, and
`not_measured` says why.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal, get_args

Kind = Literal["question", "safety", "privacy"]
Stage = Literal[
    "error",
    "triage",
    "reading",
    "understanding",
    "retrieval",
    "selection",
    "citation",
    "abstention",
]
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)
"""Where a case can go wrong, in the order in which a question passes through."""


@dataclass(frozen=True, slots=True)
class Blame:
    """The stage that a wrong answer is put down to.

    Attributes:
        reason: what shows it, in a sentence.
        right_with_rewrite: whether a person's wording of the question is answered rightly; None
            where the case has none.
        right_with_gold: whether the answer is right once the gold passage is found first; None
            where that could not be tried.
    """

    stage: Stage
    reason: str
    right_with_rewrite: bool | None = None
    right_with_gold: bool | None = None


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case's outcome.

    Attributes:
        kind: which record of the data set it is: question, safety or privacy.
        right: whether all that the case asks for holds.
        slices: what it is counted under: tags, expected kind, language, split.
        group: cases of one group ask for the same; they do not count as independent.
        scores: metric → score.
        not_measured: metric → why it has no score.
        facts: what a person needs to judge it: case, answer, passages; JSON-ready.
        blame: what a wrong case is put down to.
        error: what was raised, by its type; None where nothing was.
        latency_ms: stage → how long it took.
    """

    id: str
    kind: Kind
    right: bool
    slices: tuple[str, ...]
    group: str
    scores: dict[str, float] = field(default_factory=dict)
    not_measured: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    blame: Blame | None = None
    error: str | None = None
    latency_ms: dict[str, float] = field(default_factory=dict)


def to_line(result: CaseResult, *, with_times: bool) -> str:
    """A result as one line of JSON; without times the same outcome gives the same bytes."""
    record = asdict(result)
    if not with_times:
        del record["latency_ms"]
    return json.dumps(record, ensure_ascii=False, sort_keys=True)


def from_line(line: str) -> CaseResult:
    """The result that `to_line` wrote.

    Raises:
        ValueError: the line is cut off or is no result.
    """
    record = json.loads(line)
    try:
        blame = Blame(**record.pop("blame")) if record["blame"] else record.pop("blame")
        slices = tuple(record.pop("slices"))
        return CaseResult(**record, blame=blame, slices=slices)
    except (KeyError, TypeError) as error:
        raise ValueError("the line is no result of a case") from error
