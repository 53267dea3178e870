"""The words of a claim, each beside the word of the evidence that it is likest.

The same stem, a place on the same scale, or the nearest by MiniLM's word-piece vectors (soft
alignment after Kenter and de Rijke 2015). An aligned pair conflicts where an odd number of these
hold: opposite words, the one denied, the other denied (natural logic's polarity, MacCartney and
Manning 2007).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.answerability.alignment import vectors_of
from assistant.support.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.support.reading import Reading, Word

CLOSE = 0.55
"""Cosine from which on two words count as saying the same."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A word of the claim, the word of the evidence that it is aligned to, and how they relate."""

    claim: Word
    evidence: Word | None
    closeness: float
    opposite: bool

    @property
    def conflicts(self) -> bool:
        """Whether what the one says is denied by the other."""
        return self.evidence is not None and (
            self.opposite ^ self.claim.negated ^ self.evidence.negated
        )


def align(claim: Reading, evidence: Reading) -> list[Pair]:
    """Each word of the claim that has a say, beside the likest word of the evidence."""
    opposites = load_lexicon().opposites
    said = [w for w in claim.words if w.content or w.text in opposites]
    others = [w for w in evidence.words if w.content or w.text in opposites]
    if not said or not others:
        return [Pair(w, None, 0.0, opposite=False) for w in said if w.content]
    cosines = (
        vectors_of(tuple(w.text for w in said)) @ vectors_of(tuple(w.text for w in others)).T
    )  # (said, others)
    beside = [[w.stem for w in said[max(i - 1, 0) : i + 2]] for i in range(len(said))]
    pairs = [
        _best_pair(w, others, row, near) for w, row, near in zip(said, cosines, beside, strict=True)
    ]
    return [p for p in pairs if p.claim.content or p.opposite or p.closeness == 1.0]


def _best_pair(
    word: Word, others: Sequence[Word], cosines: np.ndarray, beside: Sequence[str]
) -> Pair:
    same = [w for w in others if w.stem == word.stem]
    if same:
        # Where it occurs twice, it may agree with the one and not with the other: the first counts.
        agreeing = next((w for w in same if w.negated == word.negated), same[0])
        return Pair(word, agreeing, 1.0, opposite=False)
    placed = _nearest_on_scale(word, others, beside)
    if placed is not None:
        against = load_lexicon().opposites.get(word.text, frozenset())
        return Pair(word, placed, 1.0, opposite=placed.text in against)
    best = int(np.argmax(cosines))
    return Pair(word, others[best], float(np.clip(cosines[best], 0, 0.99)), opposite=False)


def _nearest_on_scale(word: Word, others: Sequence[Word], beside: Sequence[str]) -> Word | None:
    """The word of the evidence on the same scale, nearest to what stands beside the claim's.

    "Broken down along a pathway that is more active" has two words to hold "less active" against.
    """
    lexicon = load_lexicon()
    scale = lexicon.likes.get(word.text, frozenset()) | lexicon.opposites.get(
        word.text, frozenset()
    )
    found = [w for w in others if w.text in scale]
    anchors = [w.position for w in others if w.stem in beside]
    return min(
        found,
        key=lambda w: min((abs(w.position - anchor) for anchor in anchors), default=0),
        default=None,
    )
