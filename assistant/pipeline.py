"""The stages of answering, in their order: danger first, then what is meant, then what is found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.abstaining import abstain, abstain_about_article, ask_back
from assistant.answer import Answer
from assistant.composition import compose
from assistant.guiding import assess_danger, guide, warn
from assistant.intents import SMALLTALK, classify, has_cue, is_unmistakable
from assistant.joining import join_answers
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
from prompts.tokens import keep_newest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.composition import Composition
    from assistant.conversation import Conversation
    from assistant.intents import Intent
    from assistant.knowledge import Knowledge
    from assistant.provenance import Provenance
    from assistant.ranking import Ranking
    from assistant.settings import Settings
    from assistant.understanding import Understood

SURE_INTENT = 0.65
"""Probability from which on a message is taken for small talk."""

LEAST_INTENT = 0.15
"""Probability below which a message is not taken for a question about the articles."""

TWO = 2

SMALLTALK_BELOW = 0.6
"""Likeness to the library's sentences below which small talk is not a question in disguise."""


def answer_question(conversation: Conversation, knowledge: Knowledge, settings: Settings) -> Answer:
    """Answers a question, or says that the library does not."""
    danger = assess_danger(conversation, knowledge)
    if danger.urgency in {"emergency", "crisis"}:
        return guide(conversation, danger, settings)
    recent = keep_recent(conversation, settings.max_history_tokens)
    answer = _answer(recent, knowledge, settings, danger.language)
    return warn(answer, danger, settings)


def keep_recent(conversation: Conversation, max_tokens: int) -> Conversation:
    """A conversation with as many of its last turns as a budget of tokens holds."""
    if not conversation.history:
        return conversation
    kept = keep_newest([turn.content for turn in conversation.history], max_tokens)
    return replace(conversation, history=conversation.history[len(conversation.history) - kept :])


def _answer(
    conversation: Conversation, knowledge: Knowledge, settings: Settings, language: str
) -> Answer:
    understood = understand(conversation, knowledge.lexicon)
    if len(understood.parts) == TWO:
        return _answer_parts(conversation, understood, knowledge, settings, language)
    return _answer_one(conversation, understood, knowledge, settings, language)


def _answer_parts(
    conversation: Conversation,
    understood: Understood,
    knowledge: Knowledge,
    settings: Settings,
    language: str,
) -> Answer:
    """Both parts of a question, or the one that is known and a word on the other."""
    answers = [
        _answer_one(
            conversation,
            replace(understood, standalone=part, search_text=part, parts=(part,)),
            knowledge,
            settings,
            language,
        )
        for part in understood.parts
    ]
    known = [answer for answer in answers if answer.kind == "answer"]
    if len(known) == len(answers):
        return replace(join_answers(known), standalone_question=understood.standalone)
    whole = _answer_one(conversation, understood, knowledge, settings, language)
    if not known:
        return whole
    other = next(answer for answer in answers if answer.kind != "answer")
    said = load_replies(language).fill("abstain.part", part=other.standalone_question)
    notice = f"{said} {known[0].notice or ''}".strip()
    return replace(known[0], standalone_question=understood.standalone, notice=notice)


def _answer_one(
    conversation: Conversation,
    understood: Understood,
    knowledge: Knowledge,
    settings: Settings,
    language: str,
) -> Answer:
    vectors = knowledge.embedder.encode([understood.search_text, understood.standalone])
    candidates = find_candidates(understood.search_text, vectors[0], knowledge)
    ranking = rank(understood.standalone, candidates, knowledge.weights)
    intent = decide_intent(understood.standalone, vectors[1])
    nearest = max((c.similarity for c in candidates), default=0.0)
    if intent in SMALLTALK and nearest < SMALLTALK_BELOW:
        return reply_to_smalltalk(intent, conversation, knowledge, settings, language)
    if intent in ABOUT_ARTICLES | ABOUT_STUDIES:
        look_up = LookUp(conversation, understood, ranking, vectors[1])
        found = _look_up(intent, look_up, knowledge, language)
        if found is not None:
            return _with_provenance(found, conversation, understood, ranking, language)
    if understood.vague:
        return ask_back(conversation, understood, ranking, knowledge, language)
    if ranking.probability < settings.answer_threshold:
        return abstain(conversation, understood, ranking, language)
    composition = compose(select(ranking, understood.standalone))
    answer = _give(composition, conversation, understood, ranking)
    return replace(
        answer,
        notice=notice_for(answer, language),
        follow_ups=suggest_follow_ups(answer, conversation, ranking, knowledge),
    )


def decide_intent(message: str, vector: NDArray[np.float32]) -> Intent:
    """What a message wants: the likeliest intent whose own words it holds, else content.

    Args:
        message: as understood.
        vector: its embedding, `(384,) float32`.
    """
    plain = is_unmistakable(message)
    if plain is not None:
        return plain
    for intent, probability in classify(message, vector).ranked:
        if intent == "content" or probability < LEAST_INTENT:
            return "content"
        if has_cue(intent, message) and (intent not in SMALLTALK or probability >= SURE_INTENT):
            return intent
    return "content"


@dataclass(frozen=True, slots=True)
class LookUp:
    """A question about the articles: what was said, what is meant, what it may refer to."""

    conversation: Conversation
    understood: Understood
    ranking: Ranking
    vector: NDArray[np.float32]


def _look_up(
    intent: Intent, asked: LookUp, knowledge: Knowledge, language: str
) -> Provenance | None:
    """What the articles' own data say; None where it is not clear which article is meant."""
    cited = recall_cited(asked.conversation.history, knowledge.library)
    understood = asked.understood
    leans = understood.topic is not None or understood.vague
    if intent in ABOUT_STUDIES:
        return answer_about_study(
            intent,
            understood.standalone,
            asked.ranking,
            cited=cited if leans else (),
            library=knowledge.library,
            vector=asked.vector,
        )
    entries = find_articles(understood.standalone, asked.ranking, knowledge.library)
    if cited and (leans or not entries):
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
