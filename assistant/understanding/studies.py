"""Questions on the study that was just mentioned: "which study was that?", "how old were they?"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.understanding.history import first_sentence, sentences_of
from assistant.understanding.leaning import find_slots
from assistant.understanding.phrases import find_phrases
from assistant.understanding.words import (
    FUNCTION_WORDS,
    PERSON_PRONOUNS,
    closed,
    is_noun_like,
    predicates,
    tokenize,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.understanding.discourse import Mention
    from assistant.understanding.history import Exchange
    from assistant.understanding.leaning import Slot

STUDIES = closed(
    "study studies trial trials review reviews meta-analysis meta-analyses analysis report reports "
    "paper survey cohort experiment research case"
)
SOURCES = STUDIES | closed(
    "source sources reference references citation citations evidence proof papers link links "
    "footnote pmid doi journal"
)
"""What a statement can be traced to."""

_SAYING = closed(
    "say says said show shows showed shown find finds found prove proves proved know come comes "
    "came get got read tell told mention mentioned based"
)
_STUDIES_THEMSELVES = PERSON_PRONOUNS | {"i", "we", "they"}
"""With these "study" is what somebody does."""

_PART = closed(
    "people patients participants adults children volunteers men women placebo study trial review "
    "part took sample size group groups control"
)
"""What a question on a study may name and still leave open which study it means."""

_GROUPS = closed("group groups participants volunteers people patients")
_PAPERS = closed("papers references reference citation citations pmid doi journal")
_FINDINGS = closed("results findings article journal researchers")
_COUNTED_PEOPLE = re.compile(
    r"\b\d[\d,]* (?:\w+ ){0,2}(?:people|adults|patients|participants|men|women|volunteers|children|"
    r"mice|rats|students)\b"
)
_WHICH_STUDY = (
    r"\b(?:which|what) (?:study|trial|paper|review|reference|source) (?:was|is|did|says)\b"
)
_ASKS_RECORD = re.compile(rf"\b(?:pmid|doi|journal)\b|{_WHICH_STUDY}", re.IGNORECASE)
_ALL_THIS = re.compile(r"\b(?:all (?:of )?(?:this|that|these|it)|who wrote this)\b", re.IGNORECASE)
"""The text that was read, and no study that it told of."""

_ASKS_STUDY = re.compile(
    rf"{_ASKS_RECORD.pattern}|\b(?:published|participants|placebo|randomi[sz]ed|sample size)\b|"
    r"\bwho (?:did|ran|wrote|conducted|led|funded|paid for)\b|\bhow old (?:were|was)\b|"
    r"\bhow many (?:\w+ )?(?:took part|were (?:in|there))\b|"
    r"^who (?:took part|was in)\b",
    re.IGNORECASE,
)


def point_to_source(question: str, last: Exchange) -> str | None:
    """A bare "source?" with the statement that was just made; None where it is anything else."""
    words = [token.lower for token in tokenize(question) if token.is_word]
    content = [word for word in words if word not in FUNCTION_WORDS]
    sources = [word for word in content if word in SOURCES]
    says = ("who" in words and set(content) & _SAYING) or content == ["based"]
    if (
        not (sources or says)
        or set(content) - SOURCES - _SAYING
        or _STUDIES_THEMSELVES & set(words)
    ):
        return None
    source = next(iter(sources), "source")
    asks_study = asks_for_study(question)
    told = [s for s in sentences_of(last.answer) if asks_study and _tells_of_study(s)]
    said = (told[-1] if told else first_sentence(last.answer)).lstrip("-*• ")
    said = said.partition("\n")[0].rstrip(".!?: ")
    if not said:
        return question
    if source in {"pmid", "doi", "journal"}:
        return f"What is the {source.upper() if len(source) < 5 else source} of this: {said}?"
    kind = "study" if asks_study else "source"
    return f"Which {kind} says this: {said}?"


def asks_for_study(question: str) -> bool:
    """Whether a question on where something is from asks for a study, not for any source."""
    return bool(_words_of(question) & (STUDIES | _PAPERS))


def name_people(
    question: str, slot: Slot, mention: Mention, recent: Sequence[Exchange]
) -> str | None:
    """Who "they" are where the likeliest phrase is a study, its journal or its findings.

    These have no bacteria and eat nothing: it is the people who took part that do.
    """
    if slot.kind != "they" or _PART & _words_of(question):
        return None
    turns = " ".join(f"{exchange.question} {exchange.answer}" for exchange in recent)
    told = [token.lower for token in tokenize(turns)]
    words = {word.rstrip("s") for word in mention.words}
    is_study = words & {word.rstrip("s") for word in STUDIES | _FINDINGS}
    is_journal = mention.name and mention.before in {"in", "journal"} and STUDIES & set(told)
    if not (is_study or is_journal):
        return None
    people = next((word for word in reversed(told) if word in _GROUPS), "")
    return f"the {people or 'participants'}" if people or STUDIES & set(told) else None


def point_to_study(question: str, last: Exchange) -> str | None:
    """The question with the study that it means, or None where it asks for none.

    A study with a name of its own stands where the pronoun stood; any other is given by the
    sentence that told of it.
    """
    if _ALL_THIS.search(question):
        return None
    slots = [slot for slot in find_slots(question) if slot.kind in {"it", "that", "they"}]
    open_still = slots or (not find_slots(question) and _names_no_study(question))
    if not open_still or not _ASKS_STUDY.search(question):
        return None
    sentences = sentences_of(last.answer)
    told = [sentence for sentence in sentences if _tells_of_study(sentence)]
    if not told and _ASKS_RECORD.search(question):
        told = sentences
    if not slots:
        return _ask_within(question, told[-1:], last)
    if not told:
        return None
    slot, sentence = slots[0], told[-1]
    name = _name_of(sentence)
    said = name or ("it" if STUDIES & set(question.casefold().split()) else "the study")
    if slot.kind == "they":
        said = f"the people in {said}"
    filled = f"{question[: slot.start]}{said}{question[slot.end :]}"
    return filled if name else f"{filled.rstrip('?!. ')}: {sentence.rstrip('.')}?"


def _ask_within(question: str, told: list[str], last: Exchange) -> str | None:
    """A question without a pronoun, asked of the study that was told of, or of the topic."""
    asked = question.rstrip("?!. ")
    within = "" if STUDIES & set(asked.casefold().split()) else " in the study"
    if not told:
        return f"{asked}{within} on {last.topic.text}?" if last.topic else None
    sentence = told[0].lstrip("-*• ").rstrip(".")
    name = _name_of(sentence)
    return f"{asked} in {name}?" if name else f"{asked}{within}: {sentence}?"


def _names_no_study(question: str) -> bool:
    """Whether a question says nothing of which study it means: "how many people took part"."""
    left = _words_of(question) - FUNCTION_WORDS - _PART - predicates()
    return not any(is_noun_like(word) for word in left)


def _words_of(question: str) -> set[str]:
    return {token.lower for token in tokenize(question) if token.is_word}


def _tells_of_study(sentence: str) -> bool:
    words = {word.strip(".,;:()").casefold() for word in sentence.split()}
    return bool(words & STUDIES) or _COUNTED_PEOPLE.search(sentence) is not None


def _name_of(sentence: str) -> str | None:
    """A study's own name, such as "the SMILES trial"."""
    for phrase in find_phrases(sentence):
        proper = any(word.isupper() and len(word) > 2 for word in phrase.text.split())
        if proper and phrase.words[-1] in STUDIES:
            return phrase.text
    return None
