"""The kinds of evidence, strongest first, and PubMed's publication types as one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

EVIDENCE: Final = (
    "guideline",
    "meta-analysis",
    "randomised trial",
    "observational",
    "review",
    "animal",
)
"""As the contract names them. Work in animals, cells and laboratories is `animal`; a systematic
review that pools no figures is `review`."""

# The first that fits counts: a trial that was pooled later is still listed under its own types.
_PUBLICATION_TYPES = (
    ("guideline", {"guideline", "practice guideline", "consensus development conference"}),
    ("meta-analysis", {"meta-analysis", "network meta-analysis"}),
    ("review", {"systematic review", "review", "scoping review"}),
    (
        "randomised trial",
        {"randomized controlled trial", "equivalence trial", "pragmatic clinical trial"},
    ),
    ("observational", {"observational study", "twin study", "multicenter study"}),
    ("animal", {"observational study, veterinary", "clinical trial, veterinary"}),
)


def from_publication_types(types: Iterable[str]) -> str | None:
    """The kind that PubMed's publication types of a work say; None where they do not."""
    given = {one.casefold() for one in types}
    for kind, names in _PUBLICATION_TYPES:
        if given & names:
            return kind
    return None


def strongest(kinds: Iterable[str | None]) -> str | None:
    """The kind that weighs most; None where none is stated."""
    stated = {kind for kind in kinds if kind}
    return next((kind for kind in EVIDENCE if kind in stated), None)
