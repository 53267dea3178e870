"""Questions on what is offered: asked again with the words in which a publisher says it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.meaning import look_up
from assistant.offers import LEAST_HELD, ask_with, asks_kind, find_thing, share_held
from assistant.ranking.model import MAY_ANSWER
from assistant.understanding import Reading

if TYPE_CHECKING:
    from assistant.knowledge import Knowledge
    from assistant.meaning import Look
    from assistant.offers import Offers
    from assistant.ranking import Ranking

SURE_OFFER = 0.8
"""Probability from which on a general sentence answers a question on what is offered."""


def look_for_offer(look: Look, knowledge: Knowledge, threshold: float) -> Look:
    """The look that finds what a publisher says it does; the one that was, where there is none.

    A wording counts only where the sentence that gave its verb answers it best, and holds what is
    asked for: no other sentence was meant by its words.

    Args:
        look: the question, looked up.
        knowledge: of the library.
        threshold: probability from which on a question is answered.
    """
    best = look.ranking.candidates[:1]
    answered = look.ranking.probability >= threshold
    if answered and best and knowledge.offers.holds(best[0].key):
        return look
    asked = look.asked
    register = knowledge.register
    sites = register.find_sites(asked.text)
    thing = find_thing(asked.text, register.find_site_words(asked.text))
    if not thing and not asks_kind(asked.text):
        return look  # "where is the clinic?" asks for no offer
    vector = knowledge.embedder.encode([" ".join(thing) or asked.text])[0]
    found: list[Look] = []
    for offer in knowledge.offers.find_nearest(vector, sites):
        foreign = offer.entry.article.language != asked.language and not thing
        if foreign or share_held(thing, offer, knowledge.weights) < LEAST_HELD:
            continue
        for text in ask_with(offer, thing, asked.text):
            other = look_up(asked.read_as(Reading(text, "rules")), knowledge)
            ranking = other.ranking
            if ranking.probability >= threshold and ranking.candidates[0].key == offer.key:
                found.append(replace(other, asked=asked))
    return max(found, key=lambda other: other.ranking.probability, default=look)


def is_beside_offer(ranking: Ranking, offers: Offers) -> bool:
    """Whether a question on an offer met only what is said of the thing in general, and not surely.

    "Gut-directed hypnotherapy can help" does not tell whether the clinic offers it. Of 68 questions
    on offers that such a sentence answers three are declined so; of twelve that none answers nine.
    """
    if not ranking.candidates or ranking.probability >= SURE_OFFER:
        return False
    own = offers.holds(ranking.candidates[0].key)
    return bool(ranking.odds[0] < MAY_ANSWER) and not own
