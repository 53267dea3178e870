"""What a sentence adds to the words of its source: "Kefir is alive, so you can stop your pills".

A checker of support reads the sentence as a whole, and much that is copied outweighs little that is
added. So each clause that no quote holds word for word is looked at alone: in three languages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.function_words import content_stems

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINKS = (
    "so|and|but|because|therefore|thus|hence|then|since|which|så|og|men|fordi|derfor|och|eftersom|"
    "därför"
)
_BREAK = re.compile(rf"\s*[,;:–—()]\s*(?:(?:{_LINKS})\b\s*)?|\s+(?:{_LINKS})\s+", re.IGNORECASE)
_CONDITION = re.compile(
    r"(?:if|when|whether|unless|until|hvis|når|om|medmindre|indtil|ifall|när|tills)\b",
    re.IGNORECASE,
)
_SHORTEST_CLAUSE = 3
"""Words below which a piece says too little to be looked at alone."""


@dataclass(frozen=True, slots=True)
class Rider:
    """A clause that no quote holds as it is.

    Attributes:
        text: of the clause.
        borne: share of its content words that the quotes hold; 0 where it has none.
        is_condition: whether it only says when something holds: "if you have IBS".
        is_tacked_on: whether another clause of the sentence is a quote's own.
    """

    text: str
    borne: float
    is_condition: bool
    is_tacked_on: bool


def find_riders(sentence: str, quotes: Sequence[str]) -> list[Rider]:
    """The clauses of a sentence that it adds to its quotes; none of a sentence of one clause."""
    clauses = [c for c in _BREAK.split(sentence) if len(c.split()) >= _SHORTEST_CLAUSE]
    said = [flatten(quote) for quote in quotes]
    added = [c for c in clauses if not any(flatten(c) in quote for quote in said)]
    if len(clauses) < 2:
        return []
    known = set(content_stems(" ".join(quotes)))
    return [
        Rider(
            text=clause,
            borne=len(words & known) / max(len(words), 1),
            is_condition=bool(_CONDITION.match(clause)),
            is_tacked_on=len(added) < len(clauses),
        )
        for clause in added
        for words in [set(content_stems(clause))]
    ]


def flatten(text: str) -> str:
    """The words of a text alone, in small letters."""
    return " ".join(re.findall(r"[\w%]+", text.casefold()))
