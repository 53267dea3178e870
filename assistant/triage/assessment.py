"""One text, assessed: its reading, how likely each level is, and the level and topic drawn."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.triage.classifier import Weights, level_probabilities
from assistant.triage.context import split_sentences
from assistant.triage.features import build_vector, describe_rules, hash_ngrams
from assistant.triage.reading import Reader, Reading
from assistant.triage.records import URGENCIES, FloatArray, Urgency

_WINDOW_WORDS = 28
LONG_WORDS = 40
_MAX_WINDOWS = 6
_ASKING = (
    r"what|how|why|when|where|which|who|do|does|did|can|could|should|will|would|is|are|may|hvad|"
    r"hvordan|hvorfor|hvorn\u00e5r|hvor|kan|m\u00e5|skal|vad|hur|varf\u00f6r|n\u00e4r|f\u00e5r|ska"
)
_LINK = r"(?:[;:.!?/\n]|,(?!\d)|\s[-–&]\s|\b(?:and|n|but|or|also|plus|so|og|och|eller)\b)"
_BEFORE_QUESTION = re.compile(
    rf"(?:{_LINK}\s*){{1,3}}(?=(?:{_ASKING})\b)|\s(?=(?:what|how|why|does|do|can|should)\b)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(_LINK, re.IGNORECASE)
_MAX_SPLIT = 40


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one text, standing alone, amounts to."""

    reading: Reading
    urgency: Urgency
    topic: str
    danger: float


def split_windows(english: str) -> list[str]:
    """Cuts a long message into parts of a few sentences, so that one sentence among many is heard.

    Gives nothing for a short message. Where there are more parts than the limit, they get longer.
    """
    words = len(english.split())
    if words <= LONG_WORDS:
        return []
    size = max(_WINDOW_WORDS, -(-words // _MAX_WINDOWS))
    windows: list[str] = []
    for sentence in _split_sentences(english, size):
        if windows and len(windows[-1].split()) + len(sentence.split()) <= size:
            windows[-1] += " " + sentence
        else:
            windows.append(sentence)
    last = _MAX_WINDOWS - 1
    windows[last:] = [" ".join(windows[last:])] if windows[last:] else []
    return windows if len(windows) > 1 else []


def _split_sentences(english: str, most: int) -> Iterator[str]:
    """Sentences; one of more words than fit in a window in parts, as many write without stops."""
    for sentence in split_sentences(english):
        words = sentence.split()
        if len(words) <= most:
            yield sentence
        else:
            yield from (" ".join(words[at : at + most]) for at in range(0, len(words), most))


def split_statements(english: str) -> list[str]:
    """What a short message states beside what it asks.

    "What is a colonoscopy?" makes the blood told of just before it look like a thing asked about.
    """
    sentences = split_sentences(english)
    stated = [sentence for sentence in sentences if not sentence.endswith("?")]
    short = len(english.split()) <= LONG_WORDS
    return stated[:_MAX_WINDOWS] if short and len(stated) < len(sentences) else []


def split_clauses(message: str, *, finely: bool = False) -> list[str]:
    """What a message says in one breath, taken apart before what asks; nothing where it is one.

    Beside a question on something else a network lets a danger go: "chest pain and does magnesium
    help me sleep". What explains it stays with it: "I had chest pain and it was a panic attack".

    Args:
        message: as typed.
        finely: whether to cut at every comma and "and" as well.
    """
    clauses = (_CLAUSE_END if finely else _BEFORE_QUESTION).split(message)
    told = [part.strip() for part in clauses if len(part.strip()) > 1]
    return told[:_MAX_SPLIT] if len(told) > 1 else []


def vectorise(
    reading: Reading, reader: Reader, rarities: tuple[FloatArray, FloatArray]
) -> FloatArray:
    """Gives the classifier's vector of one reading."""
    rule_part = describe_rules(reading, reader.concept_names, [rule.id for rule in reader.rules])
    return build_vector(hash_ngrams(reading.plain), rarities, rule_part)


def assess_text(
    reading: Reading,
    vector: FloatArray,
    judged: tuple[FloatArray, FloatArray],
    weights: Weights,
    threshold: float,
) -> Assessment:
    """Assesses one text from its reading, what `vectorise` makes of it, and the network's scores.

    Args:
        reading: of the text.
        vector: what the classifier weighs.
        judged: the network's scores of its levels and topics.
        weights: of the classifier.
        threshold: of any danger.
    """
    levels, topics = judged
    probabilities = level_probabilities(vector, levels, weights)
    urgency, danger = pick_level(probabilities, threshold)
    if urgency == "none":
        return Assessment(reading, urgency, "", danger)
    ruled = [rule.topic for rule in reading.rules if rule.level == urgency]
    likeliest = weights.topics[int(np.argmax(topics[: len(weights.topics)]))]
    return Assessment(reading, urgency, ruled[0] if ruled else likeliest, danger)


def pick_level(probabilities: FloatArray, threshold: float) -> tuple[Urgency, float]:
    """The level of `(4,)` probabilities, and how likely there is any danger."""
    danger = float(1.0 - probabilities[0])
    if danger < threshold:
        return "none", danger
    return URGENCIES[1 + int(np.argmax(probabilities[1:]))], danger


def strongest(assessments: Sequence[Assessment]) -> Assessment:
    """Gives the most urgent assessment; among equals the surest, then the first."""
    return max(assessments, key=lambda one: (URGENCIES.index(one.urgency), one.danger))
