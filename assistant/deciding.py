"""What a question wants: the articles' content, something about the articles, or small talk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.intents import SMALLTALK, classify, has_cue, is_unmistakable
from assistant.provenance import ABOUT_ARTICLES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.intents import Intent
    from assistant.knowledge import Knowledge
    from assistant.naming import Person

LEAST_INTENT = 0.15
"""Probability below which a message is not taken for a question about the articles."""

ASKS_SOURCE = 0.3
"""Probability that a study is asked for from which on an answer names the one behind it."""


SURE = 0.9
"""Probability from which on a question needs no cue to be one about the articles. Of 9,593 that an
article answers 54 are taken for one about the articles, a study or small talk on libraries that
training left out, 53 with cues alone, 111 without any."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a question wants.

    Attributes:
        intent: of the question.
        person: the author whom it asks about, where it names one.
        source: whether it asks on what something rests, beside its content.
    """

    intent: Intent
    person: Person | None = None
    source: bool = False


def decide(message: str, vector: NDArray[np.float32], knowledge: Knowledge) -> Wish:
    """What a message wants; a name of an author is read as "the author".

    Args:
        message: as understood.
        vector: its embedding, `(384,) float32`.
        knowledge: of the library, whose authors may be named.
    """
    found = knowledge.register.find_person(message)
    if found is not None:
        person, asked = found
        intent = decide_intent(asked, knowledge.question_embedder.encode([asked])[0])
        if intent in ABOUT_ARTICLES:
            return Wish(intent, person)
    intent = decide_intent(message, vector)
    return Wish(intent, source=intent == "content" and _asks_source(message, vector))


def decide_intent(message: str, vector: NDArray[np.float32]) -> Intent:
    """What a message wants: the likeliest intent whose own words it holds, else content.

    Args:
        message: as understood.
        vector: its embedding, `(384,) float32`.
    """
    plain = is_unmistakable(message)
    if plain is not None:
        return plain
    result = classify(message, vector)
    open_ones = [
        (intent, probability)
        for intent, probability in result.ranked
        if _is_open(intent, probability, message)
        and (intent not in SMALLTALK or result.is_smalltalk)
    ]
    likeliest, probability = open_ones[0]  # content needs no cue
    share = probability / sum(probability for _, probability in open_ones)
    return likeliest if share >= LEAST_INTENT else "content"


def _is_open(intent: Intent, probability: float, message: str) -> bool:
    return has_cue(intent, message) or probability >= SURE


def _asks_source(message: str, vector: NDArray[np.float32]) -> bool:
    chances = dict(classify(message, vector).ranked)
    return chances["study_reference"] >= ASKS_SOURCE and has_cue("study_reference", message)
