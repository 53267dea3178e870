"""The stages of answering, in their order: danger first, then what is meant, then what is found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.about_articles import ABOUT_PRODUCTS, look_up_data
from assistant.about_offers import is_beside_offer, look_for_offer
from assistant.abstaining import (
    abstain,
    abstain_about_article,
    ask_back,
    ask_which_article,
    decline,
    is_foreign,
)
from assistant.asked import Asked
from assistant.composition import Piece, compose
from assistant.concerns import allows_answer, find_concerns, find_judgement
from assistant.deciding import Wish, asks_content, decide, decide_as_typed
from assistant.differing import find_differing
from assistant.generation import TRANSLATED
from assistant.going_on import tell_next, wants_conversation
from assistant.guiding import acknowledge, assess_danger, guide, warn
from assistant.instructions import hear
from assistant.intents import SMALLTALK, classify
from assistant.joining import join_parts
from assistant.judging import keep_general
from assistant.levels import set_level
from assistant.meaning import choose_meaning, look_up, prefer_found, take_along
from assistant.notices import notice_for, notice_for_products
from assistant.provenance import ABOUT_ARTICLES, ABOUT_STUDIES, names_subject
from assistant.ranking import rank
from assistant.reference_lists import find_behind
from assistant.retrieval import find_candidates
from assistant.selection import make_piece, select
from assistant.smalltalk import reply_to_smalltalk
from assistant.telling import look_without_told
from assistant.topics import suggest_follow_ups
from assistant.understanding import (
    asks_anything,
    likeness_of,
    names_topic,
    opens_with_link,
    understand,
)
from index.embedding import embedding_once
from prompts.replies import load_replies
from prompts.tokens import keep_newest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.answer import Answer
    from assistant.composition import Composition
    from assistant.conversation import Conversation
    from assistant.generation.interpreting import Interpreter
    from assistant.intents import Intent
    from assistant.knowledge import Knowledge
    from assistant.meaning import Look
    from assistant.settings import Settings

ABOUT_DATA = ABOUT_ARTICLES | ABOUT_STUDIES | ABOUT_PRODUCTS
"""Questions that the articles' own data may answer."""

FROM_DATA = 0.95
"""Confidence of what an article's own data say. Not calibrated: the fact is certain, that it was
asked for is not."""

LIKELY_ALONE = 0.75
"""Probability from which on a part of a question is answered alone beside the whole, or without it.
Of 73 questions in parts, 59 of which an article answers, 47 are right with it and 42 with .9."""

SMALLTALK_BELOW = 0.6
"""Likeness to the library's sentences below which small talk is not a question in disguise."""


@dataclass(frozen=True, slots=True)
class Means:
    """What every stage answers with."""

    knowledge: Knowledge
    settings: Settings
    interpreter: Interpreter | None


def answer_question(
    conversation: Conversation,
    knowledge: Knowledge,
    settings: Settings,
    interpreter: Interpreter | None = None,
) -> Answer:
    """Answers a question, or says that the library does not.

    Args:
        conversation: the question and all turns before it.
        knowledge: of the library.
        settings: the threshold, whose numbers, how long a history.
        interpreter: a chat model that helps to read; never asked where there is danger.
    """
    with embedding_once():  # the parts of a question and its rewritings share texts
        return _answer_safely(conversation, Means(knowledge, settings, interpreter))


def _answer_safely(conversation: Conversation, means: Means) -> Answer:
    danger = assess_danger(conversation)
    if danger.urgency in {"emergency", "crisis"}:
        return guide(conversation, danger, means.settings)
    if danger.over and not asks_anything(conversation.question):
        return acknowledge(conversation, danger)
    recent = keep_recent(conversation, means.settings.max_history_tokens)
    answer = _answer(recent, means, danger.language)
    return warn(answer, danger, means.settings)


def keep_recent(conversation: Conversation, max_tokens: int) -> Conversation:
    """A conversation with as many of its last turns as a budget of tokens holds."""
    if not conversation.history:
        return conversation
    kept = keep_newest([turn.content for turn in conversation.history], max_tokens)
    return replace(conversation, history=conversation.history[len(conversation.history) - kept :])


def _answer(conversation: Conversation, means: Means, language: str) -> Answer:
    lexicon = means.knowledge.lexicon
    said = _hear(conversation.question, means.knowledge)
    heard = replace(conversation, question=said or conversation.question)
    understood = understand(heard, lexicon, likeness_of(means.knowledge.embedder))
    if not said:
        return decline(Asked(conversation, understood, language))
    if means.interpreter is not None:
        understood = means.interpreter.read(heard, understood, lexicon)
    asked = Asked(conversation, understood, language)
    if len(understood.parts) > 1:
        return _answer_parts(asked, means)
    return _go_on(asked, means) or _answer_one(asked, means)


def _go_on(asked: Asked, means: Means) -> Answer | None:
    """What follows what was said, for who asks for more; a question back where nothing was said.

    None where the message is no such one, or is understood from the conversation.
    """
    knowledge, conversation = means.knowledge, asked.conversation
    alone = not conversation.history
    wanted = wants_conversation(conversation.question, knowledge, alone=alone)
    if wanted is None:
        return None
    composition = tell_next(asked, knowledge.library) if wanted == "more" else None
    completed = asked.leans or asked.text != asked.understood.typed
    if composition is None and completed and not alone:
        # After a refusal its topic is told of, not what was refused.
        of_topic = asked.understand_as(replace(asked.understood, turns=()))
        return _answer_one(of_topic, means) if wanted == "more" else None
    look = look_up(asked, knowledge)
    if composition is not None:
        return _suggest(_give(composition, asked, FROM_DATA), look, knowledge)
    return ask_back(asked, look.ranking, knowledge.library)


def _hear(message: str, knowledge: Knowledge) -> str:
    """What a message asks; nothing where it only tells the program what to do.

    "Tell me who wrote this" sounds like an order and is a question.
    """
    encode = knowledge.question_embedder.encode
    said = hear(message, encode)
    if said:
        return said
    asks_data = decide(message, encode([message])[0], knowledge).intent in ABOUT_DATA
    asks_on = asks_data or wants_conversation(message, knowledge, alone=True)
    return message if asks_on else ""


def _answer_parts(asked: Asked, means: Means) -> Answer:
    """Every part of a question, or those that are known and a word on the others."""
    numbers = range(len(asked.understood.parts))
    parts = [asked.part(number) for number in numbers]
    if not asked.leans and all(asks_content(part.text, means.knowledge) for part in parts):
        return _answer_together(asked, parts, means)
    answers: list[Answer] = []
    for number in numbers:
        cited = tuple(s.article_id for answer in reversed(answers) for s in answer.sources)
        answers.append(_answer_one(asked.part(number, cited), means))
    known = [answer for answer in answers if answer.kind == "answer"]
    if not known:
        return _answer_one(asked, means)
    return join_parts(asked, known, [a.standalone_question for a in answers if a not in known])


def _answer_together(asked: Asked, parts: Sequence[Asked], means: Means) -> Answer:
    """A question of several parts as one, and what is likely of a part alone.

    A part alone has lost what the message tells before it.
    """
    unread = replace(asked.understood, readings=())  # those of the first part alone
    whole = _answer_one(asked.understand_as(unread), means)
    looks = [look_up(part, means.knowledge) for part in parts]
    likely = [look for look in looks if look.ranking.probability >= LIKELY_ALONE]
    alone = [answer_look(look, means, Wish("content")) for look in likely]
    ordered = [*alone, whole] if len(likely) == len(parts) else [whole, *alone]
    known = [answer for answer in ordered if answer.kind == "answer"]
    if not known:
        return whole
    least = means.settings.answer_threshold
    doubtful = [look.asked.text for look in looks if look.ranking.probability < least]
    said = {(s.article_id, s.start) for answer in known for s in answer.sources}
    is_known = whole in known and len(said) >= len(parts)
    return join_parts(asked, known, () if is_known else doubtful)


def _answer_one(asked: Asked, means: Means) -> Answer:
    knowledge, settings = means.knowledge, means.settings
    # What takes words along is looked up with them and the turns later (`_complete`).
    look = look_up(asked, knowledge, with_turns=take_along(asked) is asked)
    wish, look = _find_wish(look, knowledge)
    asked = look.asked
    intent = wish.intent
    nearest = max((c.similarity for c in look.candidates), default=0.0)
    said = _find_plain_smalltalk(asked, knowledge)
    if intent in SMALLTALK and nearest < SMALLTALK_BELOW and not _goes_on(asked, knowledge):
        said = said or intent
    if said is not None:
        return reply_to_smalltalk(said, asked, knowledge.library, settings.clinic_name)
    if intent in ABOUT_DATA:
        found = look_up_data(wish, look, knowledge)
        if found is not None and found.composition is not None:
            answer = _give(found.composition, asked, FROM_DATA)
            if intent not in ABOUT_PRODUCTS:
                return replace(answer, notice=found.notice)
            linked = intent == "article_products"
            return replace(
                answer, notice=notice_for_products(answer, asked.language, linked=linked)
            )
        if found is not None:
            return abstain_about_article(asked, found)
        if intent != "product_maker" and not names_subject(asked.text):
            return ask_which_article(asked, intent, look.ranking, knowledge.library)
    look = _complete(look, means) if asked.understood.turns else _look_again(look, means)
    look = look_without_told(look, knowledge, settings.answer_threshold)
    look = _look_in_english(look, means)
    if intent == "offer":
        look = look_for_offer(look, knowledge, settings.answer_threshold)
    return answer_look(look, means, wish)


def _find_wish(look: Look, knowledge: Knowledge) -> tuple[Wish, Look]:
    """What is wanted, and the look with the question as it is meant then."""
    asked = look.asked
    wish = decide(asked.text, look.question_vector, knowledge)
    if wish.intent in ABOUT_STUDIES:
        return wish, look
    if asked.understood.traces:
        return Wish("study_reference"), look
    typed = decide_as_typed(look, knowledge)
    return (wish, look) if typed is None else (Wish(typed), replace(look, asked=asked.as_typed()))


def answer_look(look: Look, means: Means, wish: Wish) -> Answer:
    """What was found for a question, or that it is not enough."""
    knowledge, settings = means.knowledge, means.settings
    asked, ranking = look.asked, look.ranking
    if asked.understood.vague:
        return ask_back(asked, ranking, knowledge.library)
    concerns = find_concerns(asked.text, look.question_vector)
    judgement = find_judgement(f"{asked.text} {asked.conversation.question}", concerns)
    if wish.intent == "offer" and allows_answer(judgement, concerns):
        judgement = None  # "do you test for it?" asks of the clinic, not of an illness
    doubtful = ranking.probability < settings.answer_threshold
    if doubtful and judgement is None and means.interpreter is not None:
        variants = means.interpreter.vary(asked.text)
        text = asked.understood.search_text
        found = find_candidates(text, look.vector, knowledge, variants)
        widened = rank(asked.text, found, knowledge.weights, look.question_vector)
        ranking = prefer_found(widened, ranking, look.candidates)
        doubtful = ranking.probability < settings.answer_threshold
    doubtful |= wish.intent == "offer" and is_beside_offer(ranking, knowledge.offers)
    if doubtful:
        return abstain(asked, ranking, knowledge.library, judgement)
    best = ranking.candidates[0]
    pieces = select(ranking, asked.text, len(asked.understood.parts))
    pieces = set_level(pieces, best, asked.conversation.level)
    pieces = keep_general(pieces, best, ranking.probability, judgement, concerns)
    if not pieces:
        return abstain(asked, ranking, knowledge.library, judgement)
    behind = find_behind(best.entry, best.sentence, knowledge.library) if wish.source else []
    pieces += [Piece(best.entry, reference, "item") for reference in behind]
    other = None if judgement else find_differing(asked.text, best, look.candidates)
    if other and other.key not in {(p.entry.article.id, p.sentence.number) for p in pieces}:
        pieces.append(make_piece(other.entry, other.sentence))
    answer = _give(compose(pieces), asked, ranking.probability)
    notices = (
        load_replies(asked.language)["notice.differ"] if other else None,
        notice_for(answer, asked.language, concerns, judgement),
        _tell_translation(asked),
    )
    answer = replace(answer, notice=" ".join(filter(None, notices)) or None)
    return _suggest(answer, replace(look, ranking=ranking), knowledge)


def _suggest(answer: Answer, look: Look, knowledge: Knowledge) -> Answer:
    """The answer with questions to go on with."""
    conversation, library = look.asked.conversation, knowledge.library
    asked_next = suggest_follow_ups(answer, conversation, look.ranking, library, look.vector)
    return replace(answer, follow_ups=asked_next)


def _tell_translation(asked: Asked) -> str | None:
    """How a chat model read a question in another language; None where none did."""
    if TRANSLATED not in asked.understood.changes:
        return None
    return load_replies(asked.language).fill("notice.translated", question=asked.text)


def _look_again(look: Look, means: Means) -> Look:
    """The look of the reading that is meant, where a first message has several.

    A reading by rules that is answered stands.
    """
    knowledge, readings = means.knowledge, look.asked.readings
    answered = look.ranking.probability >= means.settings.answer_threshold
    vague = look.asked.understood.vague
    if len(readings) < 2 or (answered and not vague):
        return look
    knowledge.embedder.encode([reading.text for reading in readings])  # in one batch, remembered
    looks = [look, *(look_up(look.asked.read_as(r), knowledge) for r in readings[1:])]
    first = 1 if vague else 0  # what names nothing is not meant where anything else may be
    return choose_meaning(looks[first:], readings[first:], ())


def _complete(look: Look, means: Means) -> Look:
    """The look of a question that follows others, with the words that it takes along.

    The turns themselves are read with it (`Understood.talk`); the words are for the search, and
    for people.
    """
    asked = take_along(look.asked)
    if asked is not look.asked:
        look = look_up(asked, means.knowledge)
    if asked.understood.vague and look.ranking.probability >= means.settings.answer_threshold:
        told = asked.understand_as(replace(asked.understood, vague=False))
        return replace(look, asked=told)
    return look


def _look_in_english(look: Look, means: Means) -> Look:
    """The look of a question in English, where the articles are and what was asked is not found."""
    asked, knowledge = look.asked, means.knowledge
    found = look.ranking.probability >= means.settings.answer_threshold
    if means.interpreter is None or found or not is_foreign(asked, knowledge.library):
        return look
    understood = means.interpreter.translate(
        asked.conversation, asked.understood, asked.language, knowledge.lexicon
    )
    return look if understood is None else look_up(asked.understand_as(understood), knowledge)


def _find_plain_smalltalk(asked: Asked, knowledge: Knowledge) -> Intent | None:
    """The small talk that a message is as typed, if it asks nothing: "ok got it" means no "it".

    What names a topic of the library ("valerian") goes on with the conversation.
    """
    message = asked.conversation.question
    if not asked.conversation.history or asks_anything(message):
        return None
    if names_topic(message, knowledge.lexicon):
        return None
    result = classify(message, knowledge.question_embedder.encode([message])[0])
    return result.intent if result.is_plain_smalltalk else None


def _goes_on(asked: Asked, knowledge: Knowledge) -> bool:
    """Whether a message that sounds like small talk asks on, or names what the library knows."""
    completed = any(reading.way in {"place", "mention"} for reading in asked.readings)
    asks_on = bool(asked.conversation.history) and opens_with_link(asked.conversation.question)
    return completed or asks_on or names_topic(asked.text, knowledge.lexicon)


def _give(composition: Composition, asked: Asked, confidence: float) -> Answer:
    return asked.reply(
        "answer",
        composition.text,
        sentences=composition.sentences,
        sources=composition.sources,
        confidence=round(confidence, 4),
    )
