"""A claim in the words of its source in which two things have changed places.

"The liver makes bile, the gallbladder stores it" and "The gallbladder makes bile, the liver stores
it" have the same words. In a claim that is near its source, two words that stand on the two sides
of a third in the one, and on the other side of it each in the other, were exchanged; "stress causes
IBD" has three words in the reverse order of "IBD causes stress". The passive is turned active
before, and what only changes the order of clauses reverses no three words.
"""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.support.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.support.aligning import Pair
    from assistant.support.reading import Reading, Word

NEAR = 0.8
"""Share of the words of the clauses that a claim speaks of which it must hold: who says a thing in
words of his own reverses words as well, and exchanges nothing."""

ALIKE = 0.3
"""Cosine from which on two words are taken for each other, where no other is likelier: "kept" for
"stored"."""

REACH = 3
"""Words behind "is" within which a participle makes a passive of it."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A word that stands once in a claim and once in its evidence, and its place in each."""

    here: int
    there: int
    content: bool


def exchanges(claim: Reading, evidence: Reading, pairs: Sequence[Pair]) -> bool:
    """Whether two words of a claim have changed places around a third.

    Args:
        claim: the sentence to be checked.
        evidence: what it cites.
        pairs: the claim's words, each beside the word of the evidence that it is likest.
    """
    if not _is_near(evidence, [pair for pair in pairs if pair.claim.content]):
        return False
    items = sorted(_place(claim, evidence, pairs), key=lambda item: item.here)
    return any(
        first.there > middle.there > last.there and first.content and last.content
        for first, middle, last in itertools.combinations(items, 3)
    )


def _is_near(evidence: Reading, pairs: Sequence[Pair]) -> bool:
    """Whether a claim has all its words from its evidence, and most of the clauses' words."""
    met = [pair.evidence for pair in pairs if pair.evidence and pair.closeness >= ALIKE]
    if not met or len(met) < len(pairs):
        return False
    clauses = {word.clause for word in met}
    there = [word for word in evidence.words if word.content and word.clause in clauses]
    return len({word.position for word in met}) >= NEAR * len(there)


def _place(claim: Reading, evidence: Reading, pairs: Sequence[Pair]) -> Iterator[_Item]:
    """The items of a claim: words that carry a topic, and those that relate what is around them."""
    here, there = _rank(claim), _rank(evidence)
    once_here, once_there = _once(claim), _once(evidence)
    met = Counter(pair.evidence.position for pair in pairs if pair.evidence)
    for pair in pairs:
        one, other = pair.claim, pair.evidence
        if other is None or pair.closeness < ALIKE or pair.opposite or met[other.position] > 1:
            continue
        if one.content and other.content and one.stem in once_here and other.stem in once_there:
            yield _Item(here[one.position], there[other.position], content=True)
    relating = load_lexicon().classes["relating"]
    places = {word.stem: word.position for word in evidence.words}
    for word in claim.words:
        if word.text in relating and word.stem in once_here and word.stem in once_there:
            yield _Item(here[word.position], there[places[word.stem]], content=False)


def _once(reading: Reading) -> set[str]:
    counted = Counter(word.stem for word in reading.words)
    return {stem for stem, count in counted.items() if count == 1}


def _rank(reading: Reading) -> dict[int, int]:
    """Each word's position → its place where each passive clause is turned active."""
    clauses = itertools.groupby(reading.words, key=lambda word: word.clause)
    ordered = [word for _, words in clauses for word in _make_active(list(words))]
    return {word.position: place for place, word in enumerate(ordered)}


def _make_active(words: list[Word]) -> list[Word]:
    """A clause with who does something first and to what it is done behind the verb."""
    found = _find_passive(words)
    if found is None:
        return words
    auxiliary, participle = found
    joining = load_lexicon().classes["joining"]
    behind = words[participle + 1 :]
    end = next((n for n, word in enumerate(behind) if word.text in joining), len(behind))
    by = next((n for n, word in enumerate(behind[:end]) if word.text == "by"), end)
    verb, patient = words[auxiliary : participle + 1], words[:auxiliary]
    return [*behind[by:end], *verb, *patient, *behind[:by], *behind[end:]]


def _find_passive(words: list[Word]) -> tuple[int, int] | None:
    """The places of a form of "be" and of the participle behind it."""
    classes = load_lexicon().classes
    for place, word in enumerate(words):
        if word.text in classes["being"]:
            for behind in range(place + 1, min(place + 1 + REACH, len(words))):
                if _is_participle(words[behind].text):
                    return place, behind
    return None


def _is_participle(text: str) -> bool:
    return text.endswith(("ed", "en")) or text in load_lexicon().classes["participles"]
