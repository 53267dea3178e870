"""The stages of answering, in their order: danger first, then what is meant, then what is found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.abstaining import abstain, abstain_about_article, ask_back
from assistant.answer import Answer
from assistant.composition import compose
from assistant.guiding import assess_danger, guide, warn
from assistant.intents import SMALLTALK, classify
from assistant.notices import notice_for
from assistant.provenance import (
    ABOUT_ARTICLES,
    ABOUT_STUDIES,
    answer_about_article,
    answer_about_study,
    find_articles,
)
from assistant.ranking import rank
from assistant.recalling import recall_cited
from assistant.retrieval import find_candidates
from assistant.selection import select
from assistant.smalltalk import reply_to_smalltalk
from assistant.suggestions import suggest_follow_ups
from assistant.understanding import understand
from prompts.replies import load_replies

if TYPE_CHECKING:
    from assistant.composition import Composition
    from assistant.conversation import Conversation
    from assistant.intents import Intent
    from assistant.knowledge import Knowledge
    from assistant.provenance import Provenance
    from assistant.ranking import Ranking
    from assistant.settings import Settings
    from assistant.understanding import Understood

SURE_INTENT = 0.5
"""Probability from which on a message is taken for something else than a question on content."""

SMALLTALK_BELOW = 0.6
"""Likeness to the library's sentences below which small talk is not a question in disguise."""


def answer_question(conversation: Conversation, knowledge: Knowledge, settings: Settings) -> Answer:
    """Answers a question, or says that the library does not."""
    danger = assess_danger(conversation, knowledge)
    if danger.urgency in {"emergency", "crisis"}:
        return guide(conversation, danger, settings)
    answer = _answer(conversation, knowledge, settings, danger.language)
    return warn(answer, danger, settings)


def _answer(
    conversation: Conversation, knowledge: Knowledge, settings: Settings, language: str
) -> Answer:
    understood = understand(conversation, knowledge.lexicon)
    vectors = knowledge.embedder.encode([understood.search_text, understood.standalone])
    candidates = find_candidates(understood.search_text, vectors[0], knowledge)
    ranking = rank(understood.standalone, candidates, knowledge.weights)
    intent = classify(understood.standalone, vectors[1])
    likely = intent.intent if intent.probability >= SURE_INTENT else "content"
    nearest = max((c.similarity for c in candidates), default=0.0)
    if likely in SMALLTALK and nearest < SMALLTALK_BELOW:
        return reply_to_smalltalk(likely, conversation, knowledge, settings, language)
    if likely in ABOUT_ARTICLES | ABOUT_STUDIES:
        found = _look_up(likely, conversation, understood, ranking, knowledge, language)
        if found is not None:
            return _with_provenance(found, conversation, understood, ranking, language)
    if understood.vague:
        return ask_back(conversation, understood, ranking, knowledge, language)
    if ranking.probability < settings.answer_threshold:
        return abstain(conversation, understood, ranking, language)
    answer = _give(compose(select(ranking)), conversation, understood, ranking)
    return replace(
        answer,
        notice=notice_for(answer, language),
        follow_ups=suggest_follow_ups(answer, conversation, ranking, knowledge),
    )


def _look_up(
    intent: Intent,
    conversation: Conversation,
    understood: Understood,
    ranking: Ranking,
    knowledge: Knowledge,
    language: str,
) -> Provenance | None:
    """What the articles' own data say; None where it is not clear which article is meant."""
    cited = recall_cited(conversation.history, knowledge.library)
    if intent in ABOUT_STUDIES:
        leaning = cited if understood.topic is not None or understood.vague else ()
        return answer_about_study(intent, understood.standalone, ranking, leaning)
    entries = find_articles(understood.standalone, ranking, knowledge.library)
    if cited and (understood.topic is not None or not entries or understood.vague):
        entries = [cited[0][0]]
    if not entries:
        return None
    return answer_about_article(intent, entries, load_replies(language), language)


def _with_provenance(
    found: Provenance,
    conversation: Conversation,
    understood: Understood,
    ranking: Ranking,
    language: str,
) -> Answer:
    if found.composition is None:
        return abstain_about_article(conversation, understood, found, language)
    answer = _give(found.composition, conversation, understood, ranking)
    return replace(answer, confidence=0.95)


def _give(
    composition: Composition,
    conversation: Conversation,
    understood: Understood,
    ranking: Ranking,
) -> Answer:
    return Answer(
        question=conversation.question,
        standalone_question=understood.standalone,
        kind="answer",
        urgency="none",
        text=composition.text,
        sentences=composition.sentences,
        sources=composition.sources,
        confidence=round(ranking.probability, 4),
    )
