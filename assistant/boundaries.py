"""What an answer must not say: a diagnosis, a dose of its own, "stop taking", more than its source.

Pure and for both modes: each sentence is held against the quotes that it cites. What a quote says
word for word is the article's own and passes, advice on medicines only as a whole; so extractive
answers pass by construction, and a chat model's sentences are judged by what they add. English,
Danish and Swedish.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assistant.advice import find_advice
from assistant.riders import find_riders, flatten
from index.keyword import stem_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

OverstepKind = Literal["diagnosis", "dose", "stop_medicine", "strength"]


_SHORTEST_WORD = 3
_MOSTLY = 0.5
_HEDGE_REACH = 60
_COUNTED = (
    "one two three four five six seven eight nine ten",
    "en to tre fire fem seks syv otte ni ti",
    "ett två tre fyra fem sex sju åtta nio tio",
)
_NUMBERS = {word: str(n) for row in _COUNTED for n, word in enumerate(row.split(), start=1)}
_NUMBERS |= {"once": "1", "twice": "2", "thrice": "3", "et": "1"}
# "to" and "en" are other words too: they count as numbers only before a unit.
_UNIT = (
    r"(?:mg|milligrams?|g|grams?|gram|µg|mcg|micrograms?|mikrogram|ml|millilit(?:re|er)s?|dl|iu|ie|"
    r"cfu|billion|million|milliarder|miljarder|tablets?|tabletter|tablett|capsules?|kapsler|"
    r"kapslar|kapsel|sachets?|breve|drops?|dråber|droppar|teaspoons?|tablespoons?|teskefulde|"
    r"teskedar|spsk|tsk|cups?|glass?(?:es)?|times|gange|gånger|x|hours?|timer|timmar|days?|dage|"
    r"dagar|weeks?|uger|veckor|months?|måneder|månader)\b"
)
_NUMBER_WORD = re.compile(
    rf"\b(?:{'|'.join(_NUMBERS)})\b(?=[ -]{_UNIT}|\s+(?:a|per|om|daily|dagligt|dagligen)\b)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    rf"(?P<number>(?<!\d)\d+(?:[.,]\d+)?)\s?-?(?P<unit>{_UNIT}|(?=\s+(?:a|per|om)\s+(?:day|dag|week|uge|"
    r"vecka)))",
    re.IGNORECASE,
)
_DAILY = re.compile(
    r"\b(?:(?:a|per|every|each|om|hver|varje) (?:day|dag|dagen|week|uge|ugen|vecka|veckan|night|"
    r"morning|morgen|morgon|evening|aften|kväll)|daily|dagligt|dagligen|weekly|nightly)\b",
    re.IGNORECASE,
)
_UNITS = {
    "milligram": "mg", "milligrams": "mg", "gram": "g", "grams": "g", "microgram": "µg",
    "micrograms": "µg", "mcg": "µg", "mikrogram": "µg", "tablets": "tablet", "tabletter": "tablet",
    "tablett": "tablet", "capsules": "capsule", "kapsler": "capsule", "kapslar": "capsule",
    "kapsel": "capsule", "gange": "times", "gånger": "times", "x": "times", "": "times",
    "hours": "hour", "timer": "hour", "timmar": "hour", "days": "day", "dage": "day",
    "dagar": "day", "weeks": "week", "uger": "week", "veckor": "week", "months": "month",
    "måneder": "month", "månader": "month", "ie": "iu", "milliarder": "billion",
    "miljarder": "billion",
}  # fmt: skip
_DOSED = {
    "mg",
    "g",
    "µg",
    "ml",
    "iu",
    "cfu",
    "tablet",
    "capsule",
    "sachet",
    "sachets",
    "drop",
    "drops",
}
_DAY = ("daily", "a day", "per day", "every day", "each day", "om dagen", "dagligt", "dagligen")
_OFTEN = dict.fromkeys((*_DAY, "hver dag", "varje dag", "om dag", "per dag"), "per day")
_READER = re.compile(
    r"\b(?:you|your|yours|yourself|du|dig|din|dit|dine|ditt|dina|jer|jeres)\b", re.IGNORECASE
)
_SURE = re.compile(
    r"\b(?:cures?|cured|heals?|proves?|proven|guarantees?|always|never fails?|eliminates?|will "
    r"(?:cure|heal|prevent|stop|fix|remove)|definitely|certainly|completely safe|no side effects?|"
    r"helbreder|beviser|garanterer|altid|fjerner|botar|bevisar|garanterar|alltid|helt (?:sikkert|"
    r"säkert|ufarligt|ofarligt))\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:may|might|could|can|possibly|perhaps|seems?|appears?|suggests?|suggested|associated|"
    r"linked|likely|probably|some (?:studies|people|evidence)|preliminary|unclear|kan|måske|"
    r"muligvis|tyder|ser ud til|forbundet|sammenhæng|kanske|möjligen|verkar|"
    r"kopplat|kopplad|samband)\b",
    re.IGNORECASE,
)
_ANIMALS = re.compile(
    r"\b(?:mice|mouse|rats?|animals?|rodents?|piglets?|zebrafish|mus|mus\w*forsøg|rotter|dyr\w*|"
    r"möss|råttor|djur\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Overstep:
    """A sentence that goes too far.

    Attributes:
        position: of the sentence in the answer, from 0.
        kind: what it does.
        said: what of the sentence does it.
    """

    position: int
    kind: OverstepKind
    said: str


def states_dose(text: str) -> bool:
    """Whether a text says how much of a substance, as "300 mg" or "2 capsules"."""
    return any(amount.rpartition(" ")[2] in _DOSED for amount in _amounts(text))


def tells_intake(text: str) -> bool:
    """Whether a text says how much of a substance is taken: "300 mg a day", "two capsules daily".

    "Omega-3, 120 capsules" only says how much is in a pack: neither a sentence nor a time.
    """
    is_told = _DAILY.search(text) or text.rstrip('"”’) ')[-1:] in {".", "!", "?"}
    return bool(is_told) and states_dose(text)


def find_oversteps(sentences: Sequence[tuple[str, Sequence[str]]]) -> list[Overstep]:
    """The sentences of an answer that say more than their quotes allow.

    Args:
        sentences: each with the quotes that it cites; a sentence without quotes has none to
            lean on.
    """
    return [
        Overstep(position, kind, said)
        for position, (sentence, quotes) in enumerate(sentences)
        for kind, said in _judge(sentence, quotes)
    ]


def _judge(sentence: str, quotes: Sequence[str]) -> Iterable[tuple[OverstepKind, str]]:
    # A quote cut short may have lost its "may" or its "in mice": certainty is always looked at.
    stronger = _find_stronger(sentence, quotes)
    if stronger:
        yield "strength", stronger
    advice = find_advice(sentence)
    # Nor may it have lost its "but your doctor decides".
    if "leave" in advice and flatten(sentence) not in map(flatten, quotes):
        yield "stop_medicine", sentence
    if _says_the_same(sentence, quotes):
        return
    if "diagnosis" in advice:
        yield "diagnosis", sentence
    yield from _judge_riders(sentence, quotes)
    said = _amounts(sentence)
    unstated = said - _amounts(" ".join(quotes))
    if unstated or (said and _advises_amount(sentence) and not any(map(_advises_amount, quotes))):
        yield "dose", ", ".join(sorted(unstated or said))


def _judge_riders(sentence: str, quotes: Sequence[str]) -> Iterable[tuple[OverstepKind, str]]:
    """What a clause alone does that the sentence as a whole hides.

    Advice in a clause counts where it speaks to the reader or says what the quotes mostly do not;
    what is tacked on to a quote's own words must hold some word of the quotes. Of 1,228 true
    sentences in own words 25 are barred by that, of twelve kinds of rider on 120 quotes nearly all.
    """
    for rider in find_riders(sentence, quotes):
        advice = frozenset() if rider.is_condition else find_advice(rider.text)
        if _READER.search(rider.text) or rider.borne < _MOSTLY:
            if "leave" in advice:
                yield "stop_medicine", rider.text
            if "diagnosis" in advice:
                yield "diagnosis", rider.text
        if rider.is_tacked_on and not rider.borne:
            yield "strength", rider.text


def _advises_amount(text: str) -> bool:
    """Whether a text says to take an amount: "adults took 500 mg a day" does not."""
    return bool(_READER.search(text)) or "amount" in find_advice(text)


def _says_the_same(sentence: str, quotes: Sequence[str]) -> bool:
    words = flatten(sentence)
    return bool(words) and any(words in flatten(quote) for quote in quotes)


def _amounts(text: str) -> set[str]:
    """Amounts with their unit and how often, in one spelling: "2 x day", "500 mg", "8 week"."""
    plain = _NUMBER_WORD.sub(lambda word: _NUMBERS[word.group().lower()], text)
    found = {
        f"{amount['number'].replace(',', '.')} {_UNITS.get(unit, unit)}"
        for amount in _AMOUNT.finditer(plain)
        for unit in [amount["unit"].lower().rstrip(".")]
    }
    return found | {_OFTEN.get(often, often) for often in map(str.lower, _DAILY.findall(plain))}


def _find_stronger(sentence: str, quotes: Sequence[str]) -> str | None:
    """What makes a sentence surer, or wider, than every quote that bears on it."""
    near = [quote for quote in quotes if _shares(sentence, quote)]
    sure = _SURE.search(sentence)
    if sure and not any(_stem_set(sure.group()) <= _stem_set(quote) for quote in quotes):
        return sure.group()
    if near and not _HEDGE.search(sentence):
        hedges = [_HEDGE.search(quote) for quote in near]
        for quote, hedge in zip(near, hedges, strict=True):
            if hedge and all(hedges) and _shares(sentence, quote[hedge.end() :][:_HEDGE_REACH]):
                return f"not hedged as in the source: {hedge.group()}"
    if near and all(_ANIMALS.search(quote) for quote in near) and not _ANIMALS.search(sentence):
        return "the source is about animals"
    return None


def _shares(sentence: str, part: str) -> bool:
    """Whether a sentence holds half of the longer words of a part."""
    words = _stem_set(part)
    return bool(words) and 2 * len(words & _stem_set(sentence)) >= len(words)


def _stem_set(text: str) -> set[str]:
    return {stem for stem in stem_words(text) if len(stem) > _SHORTEST_WORD}
