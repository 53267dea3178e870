"""Questions that ask for the same, found by their embeddings. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from assistant.records.moments import parse_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from assistant.records import Citation, Feedback, Unanswered
    from assistant.records.entries import State

LEAST_SIMILARITY: Final = 0.7
"""Cosine to a cluster's centre from which on a question joins it: see docs/log.md."""
WEEKS: Final = 12
Origin = Literal["unanswered", "feedback"]


@dataclass(frozen=True, slots=True)
class InboxQuestion:
    """A question that was not answered, or whose answer did not please.

    Attributes:
        origin: the table that it stands in.
        comment: what the patient added.
        citations: what the answer cited.
    """

    origin: Origin
    id: int
    created: str
    language: str
    question: str
    comment: str | None
    reason: str | None
    state: State
    citations: tuple[Citation, ...] = ()

    @property
    def key(self) -> str:
        """Names the row: `unanswered:12`."""
        return f"{self.origin}:{self.id}"


@dataclass(frozen=True, slots=True)
class Cluster:
    """Questions that ask for the same, newest first.

    Attributes:
        central: the question in the middle of them, which stands for all.
        weeks: how many came in each of the last weeks, the present one last.
    """

    central: InboxQuestion
    questions: tuple[InboxQuestion, ...]
    weeks: tuple[int, ...]


def collect_questions(
    unanswered: Iterable[Unanswered], feedback: Iterable[Feedback]
) -> list[InboxQuestion]:
    """The rows of both tables that are questions to be looked at, newest first."""
    found = [
        InboxQuestion(
            "unanswered", row.id, row.created, row.language, row.question, None, None, row.state
        )
        for row in unanswered
    ]
    found += [
        InboxQuestion(
            "feedback", row.id, row.created, row.language, row.question,
            row.comment, row.reason, row.state, row.citations,
        )
        for row in feedback
        if row.thumb == "down" and row.question
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.created, each.key), reverse=True)


def cluster_questions(
    questions: Sequence[InboxQuestion], vectors: NDArray[np.float32]
) -> tuple[Cluster, ...]:
    """The questions in clusters, the largest first.

    From the oldest on, each joins the cluster whose centre is nearest, if it is near enough, and
    else begins one (leader clustering, Hartigan 1975): a new question never tears old ones apart.

    Args:
        questions: newest first.
        vectors: their embeddings, `(n, d) float32`, unit length.
    """
    sums: list[NDArray[np.float32]] = []
    members: list[list[int]] = []
    for place in reversed(range(len(questions))):
        vector = vectors[place]
        similarities = [float(total @ vector / np.linalg.norm(total)) for total in sums]
        best = int(np.argmax(similarities)) if similarities else -1
        if best >= 0 and similarities[best] >= LEAST_SIMILARITY:
            sums[best] = sums[best] + vector
            members[best].append(place)
        else:
            sums.append(vector)
            members.append([place])
    clusters = [
        _make_cluster(questions, vectors, sorted(places), total)
        for places, total in zip(members, sums, strict=True)
    ]
    return tuple(
        sorted(
            clusters, key=lambda one: (len(one.questions), one.questions[0].created), reverse=True
        )
    )


def count_weeks(moments: Iterable[str], now: datetime | None = None) -> tuple[int, ...]:
    """How many of the moments lie in each of the last twelve weeks, the present one last."""
    end = now or datetime.now(UTC)
    counts = [0] * WEEKS
    for moment in moments:
        weeks_ago = max(0, (end - parse_moment(moment)) // timedelta(weeks=1))
        if weeks_ago < WEEKS:
            counts[WEEKS - 1 - weeks_ago] += 1
    return tuple(counts)


def _make_cluster(
    questions: Sequence[InboxQuestion],
    vectors: NDArray[np.float32],
    places: list[int],
    total: NDArray[np.float32],
) -> Cluster:
    central = max(places, key=lambda place: float(vectors[place] @ total))
    own = tuple(questions[place] for place in places)
    return Cluster(questions[central], own, count_weeks(each.created for each in own))
