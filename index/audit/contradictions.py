"""Articles that give different numbers for the same thing.

Two sentences speak of the same thing where they measure in the same dimension and nearly all their
weighty words are the same; words that only one of them has and that set groups apart ("women",
"children", "supplements") make it another thing.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from index.audit.quantities import find_quantities
from index.audit.wordings import word
from index.keyword import stem_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.audit.quantities import Quantity
    from index.audit.wordings import Wording
    from index.entry import Entry
    from index.records import Article, Sentence

LEAST_SHARED = 0.72
"""Share of the words' weight that both sentences have in common (weighted Jaccard)."""
LEAST_DIFFERENCE = 0.1
"""Relative gap between two numbers from which on they are not the same, rounded otherwise."""
_LEAST_WORDS = 2
_LEAST_LETTERS = 4
_MOST_ALIKE = 40
"""Sentences of one key that are compared with each other; more come from copies of one text."""
_CONTRASTS = (
    "men women male female boys girls", "adults children infants babies toddlers teenagers older",
    "pregnant breastfeeding", "breakfast lunch dinner", "morning evening night",
    "food supplement supplements", "before after", "minimum maximum least most",
    "first second third", "lower upper", "increase decrease", "more less fewer",
)  # fmt: skip
_SAYS_NOTHING = frozenset(
    stem_words(
        "about approximately around roughly nearly almost usually often typically generally "
        "normally average the an of and to in is are it that for with on at by or be can "
        "may as this"
    )
)
"""Words that change nothing of what a number is about."""
_APART = frozenset(stem for line in _CONTRASTS for stem in stem_words(line))


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that gives one quantity, with the stems that say of what.

    Attributes:
        topic: stems of the article's title, up to its colon.
    """

    entry: Entry
    start: int
    end: int
    quantity: Quantity
    stems: frozenset[str]
    topic: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims that cannot both be right."""

    claims: tuple[Claim, Claim]

    @property
    def reason(self) -> Wording:
        """What they do not agree on."""
        first, second = self.claims
        return word(
            "numbers-differ",
            own=first.quantity.written,
            title=second.entry.article.title,
            other=second.quantity.written,
        )


def find_contradictions(entries: Sequence[Entry]) -> Iterator[Pair]:
    """Pairs of claims of different articles; each claim once, with the first that denies it."""
    claims = [claim for entry in entries for claim in _read_claims(entry)]
    weights = _weigh(claims)
    told: set[tuple[str, int, str]] = set()
    for group in _group(claims, weights).values():
        for first, second in combinations(group[:_MOST_ALIKE], 2):
            key = (first.entry.article.id, first.start, first.quantity.written)
            if key in told or not _contradict(first, second, weights):
                continue
            told.add(key)
            yield Pair((first, second))


def _read_claims(entry: Entry) -> Iterator[Claim]:
    for sentence in entry.sentences:
        if entry.article.blocks[sentence.block].kind not in {"reference", "byline", "heading"}:
            yield from _read_sentence(entry, sentence)


def _read_sentence(entry: Entry, sentence: Sentence) -> Iterator[Claim]:
    """A sentence's claims; with several numbers of a kind, which is of what is not known."""
    quote = entry.quote(sentence)
    quantities = find_quantities(quote)
    if not quantities:
        return
    dimensions = Counter(quantity.dimension for quantity in quantities)
    words = quote
    for quantity in quantities:
        words = words.replace(quantity.written, " ")
    stems = frozenset(
        stem
        for stem in stem_words(words, (entry.article.language,))
        if not stem[0].isdigit() and len(stem) > 1 and stem not in _SAYS_NOTHING
    )
    topic = _read_topic(entry.article)
    if len(stems) >= _LEAST_WORDS:
        for quantity in quantities:
            if dimensions[quantity.dimension] == 1:
                yield Claim(entry, sentence.start, sentence.end, quantity, stems, topic)


def _read_topic(article: Article) -> frozenset[str]:
    head = re.split(r":| [-–—] ", article.title, maxsplit=1)[0]
    stems = stem_words(head, (article.language,))
    return frozenset(stem for stem in stems if len(stem) >= _LEAST_LETTERS)


def _weigh(claims: Sequence[Claim]) -> dict[str, float]:
    """Stem → how much it tells: the logarithm of how seldom claims hold it."""
    counts = Counter(stem for claim in claims for stem in claim.stems)
    return {stem: math.log(1 + len(claims) / count) for stem, count in counts.items()}


def _group(
    claims: Sequence[Claim], weights: dict[str, float]
) -> dict[tuple[str, str, str], list[Claim]]:
    """Claims that may speak of one thing: one dimension, two of their three rarest words."""
    groups: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        rarest = sorted(claim.stems, key=lambda stem: (-weights[stem], stem))[:3]
        for one, other in combinations(sorted(rarest), 2):
            groups[claim.quantity.dimension, one, other].append(claim)
    return groups


def _contradict(first: Claim, second: Claim, weights: dict[str, float]) -> bool:
    if first.entry.article.id == second.entry.article.id:
        return False
    if _agree(first.quantity, second.quantity):
        return False
    if (first.stems ^ second.stems) & _APART or not _on_one_topic(first, second):
        return False
    shared = sum(weights[stem] for stem in first.stems & second.stems)
    return shared >= LEAST_SHARED * sum(weights[stem] for stem in first.stems | second.stems)


def _on_one_topic(first: Claim, second: Claim) -> bool:
    """Whether the articles share a topic, or both sentences name that of one.

    "The camera part takes 30 minutes" is said of one examination here and of another there.
    """
    named = first.stems & second.stems & (first.topic | second.topic)
    return bool(first.topic & second.topic or named)


def _agree(first: Quantity, second: Quantity) -> bool:
    """Whether two ranges touch, give or take rounding."""
    slack = 1 + LEAST_DIFFERENCE
    return first.low <= second.high * slack and second.low <= first.high * slack
