"""One sentence goes the way of all before anybody asks, so that nobody's first one waits for it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.generation.checking import check_draft
from assistant.generation.drafting import draft_sentences
from prompts.tokens import count_tokens

SAID = "In short, what a sentence says is checked before a reader sees it [1]."
SOURCE = "Before a reader sees a sentence, what it says is checked."


@dataclass(frozen=True, slots=True)
class Line:
    """A source to rehearse with."""

    number: int
    text: str
    heading: str


def rehearse() -> None:
    """Loads what drafting and checking need: words, classifiers, the network and its first run."""
    count_tokens(SAID)
    for draft in draft_sentences([SAID]):
        check_draft(draft, [Line(1, SOURCE, "")])
