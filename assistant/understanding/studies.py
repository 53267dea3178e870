"""Questions on the study that was just mentioned: "which study was that?", "how old were they?"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.understanding.history import sentences_of
from assistant.understanding.leaning import find_slots
from assistant.understanding.phrases import find_phrases
from assistant.understanding.words import closed

if TYPE_CHECKING:
    from assistant.understanding.history import Exchange

STUDIES = closed(
    "study studies trial trials review reviews meta-analysis meta-analyses analysis report reports "
    "paper survey cohort experiment research case"
)
_COUNTED_PEOPLE = re.compile(
    r"\b\d[\d,]* (?:\w+ ){0,2}(?:people|adults|patients|participants|men|women|volunteers|children|"
    r"mice|rats|students)\b"
)
_WHICH_STUDY = (
    r"\b(?:which|what) (?:study|trial|paper|review|reference|source) (?:was|is|did|says)\b"
)
_ASKS_RECORD = re.compile(rf"\b(?:pmid|doi|journal)\b|{_WHICH_STUDY}", re.IGNORECASE)
_ASKS_STUDY = re.compile(
    rf"{_ASKS_RECORD.pattern}|\b(?:published|participants|placebo|randomi[sz]ed|sample size)\b|"
    r"\bwho (?:did|ran|wrote|conducted|led|funded|paid for)\b|\bhow old (?:were|was)\b|"
    r"\bhow many (?:\w+ )?(?:took part|were (?:in|there))\b",
    re.IGNORECASE,
)


def point_to_study(question: str, last: Exchange) -> str | None:
    """The question with the study that it means, or None where it asks for none.

    A study with a name of its own stands where the pronoun stood; any other is given by the
    sentence that told of it.
    """
    slots = [slot for slot in find_slots(question) if slot.kind in {"it", "that", "they"}]
    if not slots or not _ASKS_STUDY.search(question):
        return None
    sentences = sentences_of(last.answer)
    told = [sentence for sentence in sentences if _tells_of_study(sentence)]
    if not told and _ASKS_RECORD.search(question):
        told = sentences
    if not told:
        return None
    slot, sentence = slots[0], told[-1]
    name = _name_of(sentence)
    said = name or ("it" if STUDIES & set(question.casefold().split()) else "the study")
    if slot.kind == "they":
        said = f"the people in {said}"
    filled = f"{question[: slot.start]}{said}{question[slot.end :]}"
    return filled if name else f"{filled.rstrip('?!. ')}: {sentence.rstrip('.')}?"


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
