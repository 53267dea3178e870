"""A claim beside its evidence → numbers that tell support from contradiction and from invention.

The words of the claim are aligned to those of the evidence (`aligning`); each sign is one number.
"""

from __future__ import annotations

import difflib
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from assistant.support.aligning import CLOSE, Pair, align
from assistant.support.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.support.reading import Number, Reading, Word

FEATURE_NAMES = (
    "coverage",
    "soft_coverage",
    "least_covered",
    "uncovered_words",
    "conflicts",
    "clause_conflicts",
    "conflict_share",
    "opposites",
    "claim_negated_alone",
    "evidence_negated_alone",
    "numbers_missing",
    "numbers_loose",
    "names_missing",
    "hedge_lost",
    "certainty_added",
    "universal_added",
    "cause_added",
    "population_added",
    "animals_lost",
    "than_turned",
    "ends_turned",
    "swaps",
    "units_missing",
    "scale_added",
    "evidence_asks",
    "quantity_moved",
)


def compare(claim: Reading, evidence: Reading, context: Reading) -> list[float]:
    """The features in the order of `FEATURE_NAMES`.

    Args:
        claim: the sentence to be checked.
        evidence: what it cites.
        context: what the evidence stands under; it may name what the claim names.
    """
    pairs = align(claim, evidence)
    known = context.stems | evidence.stems
    close = [1.0 if p.claim.stem in known else p.closeness for p in pairs] or [1.0]
    covered = [value >= CLOSE for value in close]
    conflicts = [p for p in pairs if p.conflicts and p.closeness >= CLOSE]
    missing, loose = compare_numbers(claim, evidence)
    return [
        float(np.mean([float(p.claim.stem in known) for p in pairs] or [1.0])),
        float(np.mean(close)),
        float(min(close)),
        float(len(covered) - sum(covered)),
        float(len(conflicts)),
        _clause_conflicts(pairs, claim, evidence),
        len(conflicts) / max(len(pairs), 1),
        float(sum(p.opposite and p.conflicts for p in pairs)),
        *_negations(pairs, claim, evidence),
        float(missing),
        float(loose),
        float(sum(_name_missing(p.claim, evidence, context) for p in pairs)),
        *_certainty(claim, evidence),
        _cause_added(claim, evidence),
        *_populations(claim, evidence, context),
        _than_turned(claim, evidence, pairs),
        _ends_turned(claim, evidence),
        _swaps(claim, evidence),
        _units_missing(claim, evidence),
        _scale_added(claim, evidence, context),
        float(evidence.asks and not claim.asks),
        _quantity_moved(claim, evidence),
    ]


def compare_numbers(claim: Reading, evidence: Reading) -> tuple[int, int]:
    """How many numbers of the claim the evidence lacks, and how many it says of something else.

    "15 minutes" may stand there for the second visit, not for the first.
    """
    missing = loose = 0
    for number in claim.numbers:
        same = [n for n in evidence.numbers if _same_number(number, n)]
        missing += not same
        loose += bool(same) and all(_bound_elsewhere(claim, number, evidence, n) for n in same)
    return missing, loose


def _same_number(one: Number, other: Number) -> bool:
    return abs(one.value - other.value) < 1e-9 and (
        one.unit == other.unit or one.unit is None or other.unit is None
    )


def _bound_elsewhere(claim: Reading, number: Number, evidence: Reading, same: Number) -> bool:
    before, after = _around(claim, number)
    own_before, own_after = _around(evidence, same)
    for other in evidence.numbers:
        if other.unit != same.unit or other.value == same.value:
            continue
        other_before, other_after = _around(evidence, other)
        gain_before = len(before & other_before) - len(before & own_before)
        gain_after = len(after & other_after) - len(after & own_after)
        if min(gain_before, gain_after) >= 0 and max(gain_before, gain_after) > 0:
            return True
    return False


def _around(reading: Reading, number: Number) -> tuple[set[str], set[str]]:
    """The stems between a number and the one before it, and between it and the next."""
    places = [n.position for n in reading.numbers]
    start = max((p for p in places if p < number.position), default=0)
    end = min((p for p in places if p > number.position), default=len(reading.words))
    units = load_lexicon().units
    words = [w for w in reading.words if w.content and w.text not in units]
    before = {w.stem for w in words if start <= w.position < number.position}
    return before, {w.stem for w in words if number.position <= w.position < end}


def _negations(pairs: Sequence[Pair], claim: Reading, evidence: Reading) -> list[float]:
    """Whether the claim denies more than the evidence, and less, in the clauses that it is of."""
    met = [p.evidence.clause for p in pairs if p.evidence and p.closeness >= CLOSE]
    chief = {clause for clause in met if met.count(clause) >= 0.3 * len(met)}
    negators = load_lexicon().classes["negators"]
    here = sum(w.text in negators for w in claim.words)
    there = [w.clause for w in evidence.words if w.text in negators]
    near = sum(clause in chief for clause in there)
    return [float(here > len(there)), float(here < near)]


def _name_missing(word: Word, evidence: Reading, context: Reading) -> bool:
    if not word.name or word.stem in evidence.stems | context.stems:
        return False
    return not _is_short_for(word.text, evidence) and not _is_short_for(word.text, context)


def _is_short_for(short: str, reading: Reading) -> bool:
    """Whether the letters of a short form begin words that follow one another."""
    initials = "".join(word.text[0] for word in reading.words)
    return 2 <= len(short) <= 6 and short.rstrip("s") in initials


def _certainty(claim: Reading, evidence: Reading) -> list[float]:
    classes = load_lexicon().classes
    here, there = claim.texts, evidence.texts
    hedged = bool(there & classes["hedges"]) and not here & (
        classes["hedges"] | classes["partials"]
    )
    certain = bool(here & classes["certainties"]) and not there & classes["certainties"]
    universal = bool(here & classes["universals"] - there)
    return [float(hedged), float(certain), float(universal)]


def _cause_added(claim: Reading, evidence: Reading) -> float:
    causes = load_lexicon().classes["causes"]
    return float(bool(claim.texts & causes) and not evidence.texts & causes)


def _populations(claim: Reading, evidence: Reading, context: Reading) -> list[float]:
    groups = load_lexicon().populations
    here = {name for name, words in groups.items() if claim.texts & words}
    there = {name for name, words in groups.items() if evidence.texts & words}
    around = there | {name for name, words in groups.items() if context.texts & words}
    added = here - around - ({"people"} if "animals" not in around else set())
    return [float(len(added)), float("animals" in there and "animals" not in here)]


def _clause_conflicts(pairs: Sequence[Pair], claim: Reading, evidence: Reading) -> float:
    """Share of the exact pairs of which one stands in a clause that denies and one does not."""
    exact = [p for p in pairs if p.closeness == 1.0 and p.evidence is not None]
    turned = [
        (p.claim.clause in claim.denying)
        ^ (p.evidence is not None and p.evidence.clause in evidence.denying)
        ^ p.opposite
        for p in exact
    ]
    return sum(turned) / max(len(exact), 1)


def _than_turned(claim: Reading, evidence: Reading, pairs: Sequence[Pair]) -> float:
    """Whether what is compared has changed sides: "higher in men than in women"."""
    place = next((w.position for w in evidence.words if w.text == "than"), None)
    if place is None:
        return 0.0
    first = {w.stem for w in evidence.words[:place] if w.content}
    turned = bool(_behind(claim, "than") & first - _behind(evidence, "than"))
    return float(turned and not any(p.opposite for p in pairs))


def _ends_turned(claim: Reading, evidence: Reading) -> float:
    """How many words that stand behind "from" in the one stand behind "to" in the other."""
    turned = 0
    for word, other in (("from", "to"), ("to", "from")):
        turned += len(_behind(claim, word) & _behind(evidence, other) - _behind(evidence, word))
    return float(turned)


def _behind(reading: Reading, preposition: str) -> set[str]:
    words = reading.words
    return {
        after.stem
        for word in words
        if word.text == preposition
        for after in words[word.position + 1 : word.position + 4]
        if after.content
    }


def _swaps(claim: Reading, evidence: Reading) -> float:
    """How many words are exchanged within the evidence's own words, times the share that is copied.

    Who says a thing in words of his own changes many; one word changed in a sentence that is
    otherwise copied changes what is said.
    """
    here = [w.stem for w in claim.words]
    there = [w.stem for w in evidence.words]
    matcher = difflib.SequenceMatcher(None, here, there, autojunk=False)
    codes = matcher.get_opcodes()
    swaps = 0
    for tag, start, end, other_start, other_end in codes:
        if tag == "replace" and end - start <= 2 and other_end - other_start <= 3:
            swaps += any(w.content and w.stem not in there for w in claim.words[start:end])
    copied = sum(block.size for block in matcher.get_matching_blocks()) / max(len(here), 1)
    return swaps * copied**2


def _quantity_moved(claim: Reading, evidence: Reading) -> float:
    """How many quantities ("most", "only", "some") the evidence says in another clause.

    "Most is absorbed. A small part leaves": that most leaves is said nowhere.
    """
    classes = load_lexicon().classes
    quantities = (classes["universals"] | classes["partials"]) & claim.texts
    said = {w.stem for w in claim.words if w.content and w.text not in quantities}
    held = Counter(w.clause for w in evidence.words if w.stem in said)
    moved = 0
    for quantity in quantities:
        own = [held[w.clause] for w in evidence.words if w.text == quantity]
        moved += bool(own) and max(own) < max(held.values(), default=0)
    return float(moved)


def _scale_added(claim: Reading, evidence: Reading, context: Reading) -> float:
    """How many words for a place on a scale the claim has that the evidence has no like of.

    "Fewer died" is more than "9 of 144 died, and 24 of 152": somebody has to have compared.
    """
    likes = load_lexicon().likes
    there = evidence.texts | context.texts
    stems = evidence.stems | context.stems
    placed = [w for w in claim.words if w.text in likes and w.content and w.stem not in stems]
    return float(sum(not likes[w.text] & there for w in placed))


def _units_missing(claim: Reading, evidence: Reading) -> float:
    units = load_lexicon().units
    here = {units[w.text] for w in claim.words if w.text in units}
    there = {units[w.text] for w in evidence.words if w.text in units}
    there |= {n.unit for n in evidence.numbers if n.unit}
    return float(len(here - there))
