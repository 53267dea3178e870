"""First names that stand alone with no cue, by what people alone do: "Lisa wonders".

Two witnesses must agree: the letters of the capitalised word (`name_likeness`), and a neighbour
that speaks of a person. Brands and drugs look like names, but they do not cry, eat or ask.
"""

import re
from collections.abc import Iterator

from assistant.privacy.name_likeness import score_name_likeness
from assistant.privacy.name_reader import NameReader, is_function_word, is_medical

# Least name-likeness (log-odds) where a neighbour speaks of a person.
_LEAST_LIKENESS = 1.0
_WORD = re.compile(
    r"(?<![\w'’.@/-])[A-ZÆØÅÄÖÉ][a-zæøåäöéèüíóáçñ]+(?:-[A-Z][a-zæøåäöé]+)?(?![\w@/-])"
)
# What people do and things do not: in English by person and by past, then Danish, Swedish.
_VERBS = (
    "says said thinks thought wants wanted wonders wondered asks asked tells told eats ate drinks "
    "drank sleeps slept cries cried loves loved hates hated likes liked refuses refused feels felt "
    "vomits vomited weighs weighed complains complained forgets forgot burps coughs coughed swears "
    "screams screamed hopes insists insisted wakes woke snores moans swallowed took "
    "siger sagde synes mener spørger spurgte spiser spiste drikker drak sover sov græder græd "
    "elsker hader vejer kaster kastede klager vågner sier spør gråter "
    "säger sade tycker frågar frågade äter åt dricker sover gråter älskar hatar väger kräks "
    "kräktes klagar vaknar mår tog"
)
_AFTER = re.compile(
    rf"(?:[ \t]+(?:{'|'.join(_VERBS.split())})\b"
    r"|['’]s[ \t]+(?!wort\b|disease|syndrome|own\b)[a-zæøåäö]"
    r"|[ \t]+(?:and|og|och|&)[ \t]+(?:i|jeg|jag)\b)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:\b(?:me|i|jeg|jag)[ \t]+(?:and|og|och|&)"
    r"|\b(?:poor|dear|little|young|old|lille|stakkels|lilla|stackars|gamle|gamla)"
    r"|\b(?:told|asked|tell|ask|help|helped|helping|feed|fed|remind|hjælpe|hjälpa|fråga|spørge)"
    r"|\b(?:kräktes|spydde|græd|grät|spiste|åt|drak|drack|vågnede|vaknade|sov)"
    r")[ \t]+$",
    re.IGNORECASE,
)
# "Can Oskar have …", "må Ida spise …": a helping verb, the word, and what only people do.
_HELPING = re.compile(
    r"\b(?:can|could|may|should|will|would|kan|må|skal|vil|ska|får|vill|bör)[ \t]+$",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"[ \t]+(?:have|eat|drink|sleep|spise|drikke|få|sove|"
    r"äta|dricka|sova)\b",
    re.IGNORECASE,
)
_REACH = 40


def find_bare_names(reader: NameReader) -> Iterator[tuple[int, int]]:
    """Yields (start, end) of single capitalised words that a neighbour shows to be a person."""
    if reader.shouted:
        return
    for word in _WORD.finditer(reader.text):
        if _is_person(reader.text, word.start(), word.end()):
            yield word.start(), word.end()


def _is_person(text: str, start: int, end: int) -> bool:
    word = text[start:end]
    if is_function_word(word) or is_medical(word):
        return False
    before = text[max(0, start - _REACH) : start]
    spoken_of = (
        _AFTER.match(text, end)
        or _BEFORE.search(before)
        or (_HELPING.search(before) and _DOES.match(text, end))
    )
    return bool(spoken_of) and score_name_likeness(word.lower()) >= _LEAST_LIKENESS
