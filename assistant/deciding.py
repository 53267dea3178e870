"""What a question wants: the articles' content, something about the articles, or small talk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.intents import OF_CONTENT, SMALLTALK, classify, has_cue, is_unmistakable
from assistant.provenance import ABOUT_ARTICLES, names_subject

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.intents import Intent
    from assistant.knowledge import Knowledge
    from assistant.meaning import Look
    from assistant.naming import Person

LEAST_INTENT = 0.15
"""Probability below which a message is not taken for a question about the articles."""

SURE_AS_TYPED = 0.8
"""Probability from which on a follow-up is taken for a question on an article by how it is typed,
whatever its "this" may stand for."""

OF_DATA = ABOUT_ARTICLES - {"article_products"}

ASKS_WHO = 0.95
"""Probability from which on who an author is is asked for, and nothing else of him. Of 12 such
questions 11 have more; of 14 on his age, his hours or where he studied, one has."""

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
    """What a message wants; an author's name is read as "the author", a site's as "your clinic".

    Args:
        message: as understood.
        vector: its embedding, `(384,) float32`.
        knowledge: of the library, whose authors may be named.
    """
    found = knowledge.register.find_person(message)
    if found is not None:
        person, asked = found
        likeliest = classify(asked, knowledge.question_embedder.encode([asked])[0])
        if likeliest.intent == "article_author" and likeliest.probability >= ASKS_WHO:
            return Wish("article_author", person)
    intent = decide_intent(message, vector)
    named = knowledge.register.read_sites(message) if intent == "content" else None
    if named is not None and _asks_offer(named, knowledge):
        return Wish("offer")
    return Wish(intent, source=intent == "content" and _asks_source(message, vector))


def decide_as_typed(look: Look, knowledge: Knowledge) -> Intent | None:
    """The question on an article that a follow-up is as typed: "and who wrote all this?".

    What "this" was taken for would make it one on something else.
    """
    asked, typed = look.asked, look.asked.understood.typed
    if not asked.conversation.history or len(asked.understood.parts) > 1 or names_subject(typed):
        return None
    vector = look.question_vector
    if typed != asked.text:
        vector = knowledge.question_embedder.encode([typed])[0]
    result = classify(typed, vector)
    is_sure = result.probability >= SURE_AS_TYPED and has_cue(result.intent, typed)
    return result.intent if is_sure and result.intent in OF_DATA else None


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
    of_content = [(intent, chance) for intent, chance in open_ones if intent in OF_CONTENT]
    if sum(chance for _, chance in of_content) >= probability:
        return of_content[0][0]
    share = probability / sum(probability for _, probability in open_ones)
    return likeliest if share >= LEAST_INTENT else "content"


def asks_content(message: str, knowledge: Knowledge) -> bool:
    """Whether a message asks neither for an article's own data nor small talk."""
    vector = knowledge.question_embedder.encode([message])[0]
    return decide(message, vector, knowledge).intent in OF_CONTENT


def _asks_offer(message: str, knowledge: Knowledge) -> bool:
    return decide_intent(message, knowledge.question_embedder.encode([message])[0]) == "offer"


def _is_open(intent: Intent, probability: float, message: str) -> bool:
    return has_cue(intent, message) or probability >= SURE


def _asks_source(message: str, vector: NDArray[np.float32]) -> bool:
    if not has_cue("study_reference", message):
        return False
    return dict(classify(message, vector).ranked)["study_reference"] >= ASKS_SOURCE
