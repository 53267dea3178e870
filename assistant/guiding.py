"""Danger first: triage of the whole conversation, and what a person is told then."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.stages import stage
from assistant.triage import Triager
from index.sentences import split_sentences
from prompts.guidance import guidance, information_notice, load_numbers
from prompts.replies import load_replies

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.conversation import Conversation
    from assistant.settings import Settings
    from assistant.triage import TriageResult
    from prompts.guidance.compose import Numbers


DOUBTFUL = 0.3
"""Probability of danger from which on a message is read sentence by sentence, too."""


@stage("triage")
def assess_danger(conversation: Conversation) -> TriageResult:
    """How urgent a conversation is; nothing typed or standing in an article can switch it off.

    A danger that a first message tells in one sentence counts although another one asks for general
    information: "There is blood in my stool. What is a colonoscopy?"
    """
    triager = load_triager()
    whole = triager.assess(conversation.question, conversation.history)
    if whole.urgency != "none" or whole.probability < DOUBTFUL:
        return whole
    for start, end in split_sentences(conversation.question):
        told = conversation.question[start:end]
        if not told.endswith("?"):
            part = triager.assess(told, conversation.history)
            if part.urgency != "none" and part.rules:
                return part
    return whole


def guide(conversation: Conversation, danger: TriageResult, settings: Settings) -> Answer:
    """Urgent help and nothing else."""
    text = guidance(
        danger.urgency,
        danger.topic,
        settings.country,
        danger.language,
        read_numbers(settings.numbers_file),
    ).text
    return Answer(
        question=conversation.question,
        standalone_question=conversation.question.strip(),
        kind="guidance",
        urgency=danger.urgency,
        text=text,
        topic=danger.topic or None,
        confidence=round(danger.probability, 4),
    )


def acknowledge(conversation: Conversation, danger: TriageResult) -> Answer:
    """A word to who says that the danger is over, and asks nothing."""
    return Answer(
        question=conversation.question,
        standalone_question=conversation.question.strip(),
        kind="smalltalk",
        urgency="none",
        text=load_replies(danger.language)["danger.over"],
        confidence=1.0,
    )


def warn(answer: Answer, danger: TriageResult, settings: Settings) -> Answer:
    """An answer with the guidance that stands above it, or a quiet notice, where one fits."""
    numbers = read_numbers(settings.numbers_file)
    if danger.urgency == "urgent":
        told = guidance("urgent", danger.topic, settings.country, danger.language, numbers).text
        return replace(
            answer,
            urgency="urgent",
            topic=danger.topic or None,
            notice=_put_before(told, answer.notice),
        )
    if danger.topic == "information":
        told = information_notice(settings.country, danger.language, numbers).text
        return replace(answer, topic=danger.topic, notice=_put_before(told, answer.notice))
    return answer


def guide_in(language: str, answer: Answer, settings: Settings) -> Answer:
    """The same answer with its urgent help in a language; an answer without any as it is."""
    if answer.urgency == "none":
        return answer
    numbers = read_numbers(settings.numbers_file)
    told = guidance(answer.urgency, answer.topic or "", settings.country, language, numbers).text
    if answer.kind == "guidance":
        return replace(answer, text=told)
    rest = (answer.notice or "").partition("\n\n")[2]
    return replace(answer, notice=_put_before(told, rest or None))


def _put_before(told: str, notice: str | None) -> str:
    return f"{told}\n\n{notice}" if notice else told


@cache
def load_triager() -> Triager:
    """The triage that comes with the program."""
    return Triager.from_package()


@cache
def read_numbers(path: Path | None) -> Numbers:
    """Emergency and crisis numbers: the clinic's own where it gives any."""
    return load_numbers(path)
