"""What can be measured of a question and its candidates, as numbers."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from assistant.answerability import AnswerType, expected_answer, states
from assistant.answerability.alignment import closeness
from assistant.answerability.features import FEATURE_NAMES, describe_candidate
from assistant.answerability.features import Candidate as Stated
from assistant.answerability.model import load_word_weights
from assistant.function_words import STEMS, content_stems, content_words
from assistant.ranking.quantities import describe_quantity
from index.keyword import library_stems, stem_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from assistant.evidence import Candidate, WordWeights

CANDIDATE_FEATURES = (
    "similarity",
    "below_best_similarity",
    "coverage",
    "sentence_coverage",
    "heading_coverage",
    "title_coverage",
    "passage_rank",
    "states_expected",
    "lacks_expected",
    "defines",
    "defines_wanted",
    "is_item",
    "is_row",
    "introduces_list",
    "introduces_wanted_list",
    "opens_with_pronoun",
    "is_question",
    "log_length",
    "shared_pairs",
    "heading_answered",
    "heading_is_question",
    "heading_match",
    "opens_section",
    "opens_matching_section",
)
READ_FEATURES = ("first", "first_below_best", "read", "read_below_best", "is_read")
QUESTION_FEATURES = (
    "best_score",
    "margin",
    "best_similarity",
    "mean_similarity",
    "coverage",
    "coverage_of_three",
    "heaviest_missing",
    "heaviest_missing_anywhere",
    "unknown_share",
    "has_expected_kind",
    "numbers_missing",
    "best_heading_match",
    "best_is_first",
    "soft_coverage",
    "soft_missing",
    "soft_missing_in_best",
    "modifier_missing",
    "quantity_stated",
    "quantity_missing",
    "read_of_best",
    "read_highest",
    "read_any",
    "read_second",
    *(f"best_{name}" for name in FEATURE_NAMES),
)
_PRONOUN = re.compile(
    r"^(?:it|they|this|that|these|those|he|she|such|both|some|others?)\b", re.IGNORECASE
)
_DEFINING = re.compile(
    r"\b(?:is|are|means?|refers? to|describes?|called|stands for|defined as|consists? of)\b"
)
_MODIFIER = re.compile(
    r"\b(?:with|for|during|while|in|than|when|after|before|without|if|against|from|at|on)\b"
    r"(?:\s+(?:a|an|the|my|your|i|i'm|im|am|are|is|you|we|it|of|have|has|being))*\s+(\w+)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """A question's content stems with their weights, and the kind of answer that it asks for."""

    text: str
    stems: tuple[str, ...]
    weights: dict[str, float]
    expected: AnswerType

    @classmethod
    def of(cls, question: str, weights: WordWeights) -> QuestionWords:
        """Reads a question."""
        stems = tuple(dict.fromkeys(content_stems(question)))
        return cls(
            question, stems, {s: weights.weight(s) for s in stems}, expected_answer(question)
        )

    def share(self, stems: AbstractSet[str]) -> float:
        """Share of the question's words, by weight, that are among some stems; 0 to 1."""
        total = sum(self.weights.values())
        held = sum(weight for stem, weight in self.weights.items() if stem in stems)
        return held / total if total else 0.0

    def heaviest_missing(self, stems: AbstractSet[str]) -> float:
        """Weight of the heaviest word that is not among some stems; 0 where none is missing."""
        return max((w for stem, w in self.weights.items() if stem not in stems), default=0.0)


def describe_candidates(
    words: QuestionWords, candidates: Sequence[Candidate]
) -> NDArray[np.float32]:
    """A row of `CANDIDATE_FEATURES` per candidate, `(n, f) float32`."""
    best = max((candidate.similarity for candidate in candidates), default=0.0)
    rows = [_describe(words, candidate, best) for candidate in candidates]
    return np.array(rows, dtype=np.float32).reshape(len(candidates), len(CANDIDATE_FEATURES))


UNREAD = 6.0
"""How far below the best one that was read a candidate is put that was not."""


def describe_read(first: NDArray[np.float64], odds: NDArray[np.float64]) -> NDArray[np.float32]:
    """A row of `READ_FEATURES` per candidate, `(n, 5) float32`.

    Args:
        first: `(n,)` log odds by the features above.
        odds: `(n,)` log odds by the reader; NaN where it was not read.
    """
    filled = fill_unread(odds)
    columns = (first, first - first.max(), filled, filled - filled.max(), ~np.isnan(odds))
    return np.stack(columns, axis=1).astype(np.float32)


def fill_unread(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log odds in place of NaN: unlikely, though nobody has looked."""
    best = np.nanmax(odds) if not np.isnan(odds).all() else 0.0
    return np.where(np.isnan(odds), best - UNREAD, odds)


def describe_question(
    words: QuestionWords,
    candidates: Sequence[Candidate],
    scores: NDArray[np.float64],
    odds: NDArray[np.float64],
    weights: WordWeights,
) -> NDArray[np.float32]:
    """A row of `QUESTION_FEATURES`, `(f,) float32`.

    Args:
        words: the question.
        candidates: best first by `scores`, at least one.
        scores: `(n,)` log odds that each candidate answers, best first.
        odds: `(n,)` the reader's log odds alone, in the same order.
        weights: how much each word counts.
    """
    near = [candidate.context_stems for candidate in candidates[:3]]
    anywhere = set[str]().union(*(c.context_stems for c in candidates[:20]))
    similarities = sorted((c.similarity for c in candidates), reverse=True)
    unknown = sum(w for stem, w in words.weights.items() if not weights.knows(stem))
    expected = words.expected
    return np.array(
        [
            scores[0],
            scores[0] - scores[1] if len(scores) > 1 else 0.0,
            similarities[0],
            float(np.mean(similarities[:5])),
            words.share(near[0]),
            words.share(set[str]().union(*near)),
            words.heaviest_missing(near[0]),
            words.heaviest_missing(anywhere),
            unknown / (sum(words.weights.values()) or 1.0),
            any(states(expected, candidate.quote) for candidate in candidates[:3]),
            _numbers_missing(words.text, candidates[:5]),
            max(_describe_place(words, candidate)[2] for candidate in candidates[:3]),
            similarities[0] == candidates[0].similarity,
            *_describe_meaning(words, candidates),
            *describe_quantity(words.text, [candidate.quote for candidate in candidates[:3]]),
            *_describe_odds(odds),
            *_describe_best(words.text, candidates[0]),
        ],
        dtype=np.float32,
    )


def _describe_best(question: str, best: Candidate) -> NDArray[np.float32]:
    """What of the question the best candidate lacks or contradicts: a name, a number, a "not"."""
    return describe_candidate(question, Stated(best.quote, best.context), load_word_weights())


def _describe_odds(odds: NDArray[np.float64]) -> list[float]:
    """Of the best candidate, the highest, the odds that any answers, and the second highest."""
    falling = np.sort(odds)[::-1]
    highest = float(falling[0])
    together = highest + math.log(float(np.exp(odds - highest).sum()))
    return [float(odds[0]), highest, together, float(falling[min(1, len(falling) - 1)])]


def _describe(words: QuestionWords, candidate: Candidate, best: float) -> list[float]:
    article = candidate.entry.article
    block = article.blocks[candidate.sentence.block]
    quote = candidate.quote
    own = set(library_stems(quote))
    headings = set(library_stems(" ".join(block.section)))
    stated = states(words.expected, quote)
    wants_list = words.expected is AnswerType.LIST
    introduces = candidate.introduces_list
    defines = _defines(words, quote)
    return [
        candidate.similarity,
        best - candidate.similarity,
        words.share(candidate.context_stems),
        words.share(own),
        words.share(headings),
        words.share(set(library_stems(article.title))),
        1 / (1 + candidate.passage_rank),
        stated,
        not stated,
        defines,
        defines and words.expected is AnswerType.DEFINITION,
        block.kind == "list_item",
        block.kind == "table_row",
        introduces,
        introduces and wants_list,
        bool(_PRONOUN.match(quote)),
        quote.endswith("?"),
        math.log1p(len(quote.split())),
        _shared_pairs(words, quote),
        *_describe_place(words, candidate),
    ]


def _describe_place(words: QuestionWords, candidate: Candidate) -> list[float]:
    """How well the heading right above a sentence fits, and whether the sentence comes first.

    A byline between them is none of the text.
    """
    article = candidate.entry.article
    block = article.blocks[candidate.sentence.block]
    heading = block.section[-1] if block.section else ""
    stems = set(library_stems(heading)) - STEMS
    answered = len(stems & set(words.stems)) / len(stems) if stems else 0.0
    match = answered * words.share(stems)
    blocks = reversed(article.blocks[: candidate.sentence.block])
    above = next((block for block in blocks if block.kind != "byline"), None)
    number = candidate.sentence.number
    before = candidate.entry.sentences[number - 1].block if number else -1
    opens = above is not None and above.kind == "heading" and before != candidate.sentence.block
    return [answered, heading.endswith("?"), match, opens, opens * match]


def _defines(words: QuestionWords, quote: str) -> bool:
    """Whether a sentence says early what a word of the question is."""
    verb = _DEFINING.search(quote)
    if verb is None or verb.start() > 90:
        return False
    return bool(set(words.stems) & set(library_stems(quote[: verb.start()])))


def _describe_meaning(words: QuestionWords, candidates: Sequence[Candidate]) -> list[float]:
    """How well the question's words are met by like words, and the heaviest one that is not."""
    found = content_words(words.text)
    if not found:
        return [0.0, 0.0, 0.0, 0.0]
    texts = [f"{candidate.quote} {candidate.context}" for candidate in candidates[:3]]
    near = np.stack([closeness(found, text) for text in texts])  # (texts, words)
    weights = np.array([words.weights.get(stem_words(word)[0], 0.0) for word in found])
    gaps = weights * (1 - near.max(axis=0))
    modifiers = {word.casefold() for word in _MODIFIER.findall(words.text)}
    is_modifier = np.array([word.casefold() in modifiers for word in found])
    return [
        float((weights * near.max(axis=0)).sum() / max(weights.sum(), 1e-6)),
        float(gaps.max()),
        float((weights * (1 - near[0])).max()),
        float((gaps * is_modifier).max()),
    ]


def _shared_pairs(words: QuestionWords, quote: str) -> float:
    """Share of the question's neighbouring words that are neighbours in the sentence, too."""
    pairs = set(pairwise(words.stems))
    stems = [stem for stem in library_stems(quote) if stem not in STEMS]
    return len(pairs & set(pairwise(stems))) / len(pairs) if pairs else 0.0


def _numbers_missing(question: str, candidates: Sequence[Candidate]) -> float:
    """How many numbers of the question none of the sentences holds."""
    numbers = set(_NUMBER.findall(question))
    held = {number for c in candidates for number in _NUMBER.findall(c.quote)}
    return float(len(numbers - held))
