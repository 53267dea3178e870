"""Question + candidate → numbers that tell an answer from a near miss. Pure; knows no model.

Words are compared by stem. How much a word of the question matters is its inverse document
frequency (Spärck Jones 1972), counted in the training texts and kept in a hashed table.
"""

from __future__ import annotations

import itertools
import re
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.answerability.questions import AnswerType, expected_answer, states

if TYPE_CHECKING:
    from numpy.typing import NDArray

BUCKETS = 65_536
WORD = re.compile(r"[A-Za-zÀ-ÿ0-9]+(?:['’-][A-Za-zÀ-ÿ0-9]+)*")
STOP_WORDS = frozenset(
    """a about after all also am an and any are as at be been before being but by can could did do
    does doing for from get give gets given go had has have having he her him his how i if in into
    is it its know like make many may me might more most much must my need no not of on one or our
    please should so some such take taken tell than that the their them then there these they this
    those through to too up use used us very was we were what when where which while who whom whose
    why will with would you your""".split()  # noqa: SIM905 (one word a line would be two pages)
)
NEGATION = re.compile(r"\b(?:no|not|never|without|cannot|none|neither|nor)\b|n't\b", re.IGNORECASE)
FEATURE_NAMES = (
    "coverage_sentence",
    "coverage_context",
    "heaviest_missing_sentence",
    "heaviest_missing_context",
    "missing_share_context",
    "number_missing",
    "name_missing",
    "negation_differs",
    "type_stated",
    "type_stated_new",
    "asks_for_mark",
    "mark_missing",
    "pairs_of_words",
    "question_words",
    "sentence_words",
    "is_question",
    "first_word_missing",
)
MARKED = frozenset(
    {AnswerType.AMOUNT, AnswerType.DATE, AnswerType.PRICE, AnswerType.DURATION, AnswerType.PERSON}
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, with what stands around it.

    Attributes:
        sentence: the sentence, list item or table row that would be cited.
        context: title, heading path, lead-in or neighbouring sentences, most telling first.
    """

    sentence: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A content word of a question: as written, its stem, its weight (see above)."""

    text: str
    stem: str
    weight: float


def content_words(question: str, weights: NDArray[np.float16]) -> list[Word]:
    """The question's words that carry meaning, in order, each stem once.

    Args:
        question: as asked.
        weights: `(BUCKETS,)` inverse document frequencies by `bucket_of`.
    """
    found: dict[str, Word] = {}
    for match in WORD.finditer(question):
        text = match.group()
        stem = stem_of(text)
        if text.lower() not in STOP_WORDS and stem not in found:
            found[stem] = Word(text, stem, float(weights[bucket_of(stem)]))
    return list(found.values())


def missing_words(question: str, candidate: Candidate, weights: NDArray[np.float16]) -> list[Word]:
    """Content words of the question that neither sentence nor context holds, heaviest first."""
    stems = stems_of(f"{candidate.context} {candidate.sentence}")
    missing = [w for w in content_words(question, weights) if not is_covered(w.stem, stems)]
    return sorted(missing, key=lambda word: -word.weight)


def describe_candidate(
    question: str, candidate: Candidate, weights: NDArray[np.float16]
) -> NDArray[np.float32]:
    """The features of one candidate, in the order of `FEATURE_NAMES`: `(f,) float32`."""
    words = content_words(question, weights)
    sentence = stems_of(candidate.sentence)
    everything = sentence | stems_of(candidate.context)
    total = sum(word.weight for word in words) or 1.0
    missing = [w for w in words if not is_covered(w.stem, sentence)]
    missing_all = [w for w in words if not is_covered(w.stem, everything)]
    expected = expected_answer(question)
    own = {word.stem for word in words}
    fresh = " ".join(w for w in candidate.sentence.split() if stem_of(w.strip(".,;:()")) not in own)
    stated = states(expected, fresh)
    return np.array(
        [
            1 - sum(w.weight for w in missing) / total,
            1 - sum(w.weight for w in missing_all) / total,
            max((w.weight for w in missing), default=0.0),
            max((w.weight for w in missing_all), default=0.0),
            len(missing_all) / max(1, len(words)),
            any(w.text[0].isdigit() for w in missing_all),
            any(w.text[0].isupper() and not question.startswith(w.text) for w in missing_all),
            bool(NEGATION.search(question)) != bool(NEGATION.search(candidate.sentence)),
            states(expected, candidate.sentence),
            stated,
            expected in MARKED,
            expected in MARKED and not stated,
            _shared_pairs(words, candidate.sentence),
            min(len(words), 15) / 15,
            min(len(sentence), 40) / 40,
            candidate.sentence.rstrip().endswith("?"),
            bool(words) and words[0] in missing_all,
        ],
        dtype=np.float32,
    )


def _shared_pairs(words: list[Word], sentence: str) -> float:
    """Share of neighbouring content words of the question that stand near in the sentence too."""
    places: dict[str, list[int]] = {}
    for place, match in enumerate(WORD.finditer(sentence)):
        places.setdefault(stem_of(match.group()), []).append(place)
    pairs = list(itertools.pairwise(words))
    near = sum(
        any(abs(i - j) <= 3 for i in places.get(a.stem, ()) for j in places.get(b.stem, ()))
        for a, b in pairs
    )
    return near / max(1, len(pairs))


def is_covered(stem: str, stems: frozenset[str]) -> bool:
    """Whether a stem is among others, or the beginning of one of them, or the reverse."""
    if stem in stems:
        return True
    return len(stem) > 4 and any(
        len(other) > 4 and (other.startswith(stem) or stem.startswith(other)) for other in stems
    )


@lru_cache(maxsize=8192)
def stems_of(text: str) -> frozenset[str]:
    """The stems of all words of a text."""
    return frozenset(stem_of(match.group()) for match in WORD.finditer(text))


@lru_cache(maxsize=65_536)
def stem_of(word: str) -> str:
    """The Snowball stem of an English word, in lower case."""
    return str(_stemmer().stemWord(word.lower()))


def bucket_of(stem: str) -> int:
    """A stem's place in the table of weights."""
    return zlib.crc32(stem.encode()) % BUCKETS


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")
