"""A draft sentence → a sentence that its source bears: kept, mended, replaced, or left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from assistant.boundaries import find_oversteps
from assistant.function_words import content_stems
from assistant.support import SupportChecker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.generation.drafting import Draft

Fate = Literal["kept", "mended", "replaced", "left_out"]

THRESHOLD = 0.9
"""Probability of support from which on a model's own words are shown: the lowest that shows two in
a hundred false claims, or fewer, of those that no network had seen (`support.train_support`)."""

RELATED = 0.3
"""Share of a draft's words that a source must meet to be said in its place."""

MOST_TRIED = 1
"""How many sources a draft is held against that its own markers do not bear out: a source farther
off does not deny what the nearest one denies."""


class Quotable(Protocol):
    """A numbered source."""

    @property
    def number(self) -> int:
        """Its number in the request."""

    @property
    def text(self) -> str:
        """Its words."""

    @property
    def heading(self) -> str:
        """What it stands under."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a draft.

    Attributes:
        text: what is shown; empty where it was left out.
        cited: numbers of the sources that bear it.
        support: probability that they do.
        item: whether it is set as an item of a list.
    """

    fate: Fate
    text: str
    cited: tuple[int, ...]
    support: float
    item: bool = False


def check_draft(draft: Draft, sources: Sequence[Quotable]) -> Checked:
    """Shows a draft only where what it cites bears it.

    Where it is not borne, the one source that bears it is cited instead; else the source that it
    cites, or the likest one, speaks for itself.
    """
    checker = SupportChecker.from_package()
    known = {source.number: source for source in sources}
    cited = [known[number] for number in draft.cited if number in known]
    if cited:
        support = _support(checker, draft.text, cited)
        if support >= THRESHOLD:
            numbers = tuple(source.number for source in cited)
            return Checked("kept", draft.text, numbers, round(support, 4), draft.item)
    near = _nearest(draft, sources)
    untried = [source for source in near if [source] != cited]
    scored = [(_support(checker, draft.text, [source]), -source.number) for source in untried]
    best, number = max(scored, default=(0.0, 0))
    if best >= THRESHOLD:
        return Checked("mended", draft.text, (-number,), round(best, 4), draft.item)
    stand_in = near[0] if near else None
    if stand_in is None:
        return Checked("left_out", "", (), 0.0)
    return Checked("replaced", stand_in.text, (stand_in.number,), 1.0, draft.item)


def _support(checker: SupportChecker, text: str, sources: Sequence[Quotable]) -> float:
    """The probability of support; none for a sentence that a chat may not say at all."""
    quotes = [source.text for source in sources]
    if find_oversteps([(text, quotes)]):
        return 0.0
    return checker.check(text, quotes, " ".join(source.heading for source in sources)).probability


def _nearest(draft: Draft, sources: Sequence[Quotable]) -> list[Quotable]:
    """The few sources that share most words with a draft, those that it cites before others."""
    wanted = set(content_stems(draft.text))
    if not wanted:
        return []
    shares = {s.number: len(wanted & set(content_stems(s.text))) / len(wanted) for s in sources}
    near = [source for source in sources if shares[source.number] >= RELATED]
    near.sort(key=lambda s: (-shares[s.number], s.number not in draft.cited, s.number))
    return near[:MOST_TRIED]
