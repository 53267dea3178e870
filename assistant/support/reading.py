"""A sentence → its words with what the checker needs of each: stem, polarity, number, name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.answerability.features import STOP_WORDS
from assistant.function_words import ENGLISH
from assistant.support.lexicon import load_lexicon
from index.keyword import stem_words

_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)\s?(?P<percent>%)?|(?P<word>[^\W\d_]+(?:['’-][^\W_]+)*[\d]*)"
    r"|(?P<stop>[.;:!?|]|,|\()"
)
# English alone: "men" is a function word in Danish.
_FUNCTION = frozenset(stem for word in ENGLISH.split() for stem in stem_words(word))
_CLAUSE_ENDS = frozenset({"but", "although", "though", "because", "since", "while", "whereas"})
_DETERMINERS = frozenset({"no", "without", "none"})
_NEAR = 3
_REACH = 9
"""Words behind a negator that it may deny, within its clause."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence.

    Attributes:
        text: lower case.
        stem: Snowball's English stem.
        position: number of the word in its sentence.
        negated: whether it is denied by what stands before it in its clause.
        clause: number of its clause.
        content: whether it carries a topic.
        name: whether it is written as a name or a code within the sentence.
    """

    text: str
    stem: str
    position: int
    negated: bool
    clause: int
    content: bool
    name: bool


@dataclass(frozen=True, slots=True)
class Number:
    """A number, its unit's name where it has one, and where it stands among the words."""

    value: float
    unit: str | None
    position: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as read.

    Attributes:
        asks: whether all of it asks, and nothing is said.
    """

    words: tuple[Word, ...]
    numbers: tuple[Number, ...]
    asks: bool = False

    @property
    def texts(self) -> frozenset[str]:
        """All its words, lower case."""
        return frozenset(word.text for word in self.words)

    @property
    def stems(self) -> frozenset[str]:
        """All its stems."""
        return frozenset(word.stem for word in self.words)

    @property
    def denying(self) -> frozenset[int]:
        """The clauses that hold a negator."""
        negators = load_lexicon().classes["negators"]
        return frozenset(word.clause for word in self.words if word.text in negators)


@lru_cache(maxsize=4096)
def read(text: str) -> Reading:
    """The words and numbers of a sentence."""
    words: list[Word] = []
    numbers: list[Number] = []
    scope = _Scope()
    for found in _TOKEN.finditer(text.replace("’", "'")):
        if found["stop"]:
            scope.close()
        elif found["number"]:
            unit = "percent" if found["percent"] else None
            numbers.append(Number(_value(found["number"]), unit, len(words)))
        else:
            for part in _parts(found["word"]):
                word = scope.place(part, len(words))
                words.append(word)
                if word.text in load_lexicon().numbers:
                    numbers.append(Number(load_lexicon().numbers[word.text], None, word.position))
    marks = [mark for mark in text if mark in ".!?"]
    return Reading(
        tuple(words), tuple(_with_units(numbers, words)), bool(marks) and {*marks} == {"?"}
    )


class _Scope:
    """What is denied: from a negator to the end of its clause, a verb that denies turns it round.

    Two negators deny no more than one does ("not … nor"); "does not rule out" denies nothing.
    """

    def __init__(self) -> None:
        self._clause = 0
        self._negators: list[tuple[int, int]] = []
        self._denials: list[int] = []

    def close(self) -> None:
        """Ends the clause."""
        self._clause += 1
        self._negators, self._denials = [], []

    def place(self, raw: str, position: int) -> Word:
        """The next word as it stands in the clause."""
        classes = load_lexicon().classes
        text = raw.casefold()
        # "Not because" denies the reason.
        if text in _CLAUSE_ENDS and not any(position - start == 1 for start, _ in self._negators):
            self.close()
        denied = any(position - start <= reach for start, reach in self._negators)
        turned = sum(position - start <= _REACH for start in self._denials) % 2 == 1
        if text in classes["negators"]:
            # "No fish" denies the fish, "does not" all that follows.
            self._negators.append((position, _NEAR if text in _DETERMINERS else _REACH))
        if text in classes["denials"]:
            self._denials.append(position)
        return _word(raw, text, position, negated=denied ^ turned, clause=self._clause)


def _parts(raw: str) -> list[str]:
    """A word, its contraction taken apart: "don't" is "do" and "not", "cannot" "can" and "not"."""
    lower = raw.casefold()
    if lower.endswith("n't") or lower == "cannot":
        return [raw[:-3] or raw, "not"]
    for prefix in ("un", "im", "in"):
        if lower.removeprefix(prefix) in load_lexicon().classes["prefixed"] and lower[:2] == prefix:
            return ["not", raw[2:]]
    if lower.endswith("'s"):
        return [raw[:-2]]
    if "-" in raw and not any(c.isdigit() for c in raw):
        return raw.split("-")
    return [raw]


def _word(raw: str, word: str, position: int, *, negated: bool, clause: int) -> Word:
    lexicon = load_lexicon()
    stem = "".join(stem_words(word)[:1]) or word
    special = lexicon.classes["negators"] | lexicon.classes["denials"]
    content = word not in STOP_WORDS and stem not in _FUNCTION and word not in special
    capital = raw[:1].isupper() and position > 0
    code = sum(c.isupper() for c in raw) > 1 or any(c.isdigit() for c in raw)
    return Word(word, stem, position, negated, clause, content, (capital or code) and content)


def _value(text: str) -> float:
    """A number as written in English: commas part thousands, a point the decimals."""
    whole = text.replace(",", "")
    try:
        return float(whole)
    except ValueError:
        return float(whole.replace(".", ""))


def _with_units(numbers: list[Number], words: list[Word]) -> list[Number]:
    """Numbers with the unit that follows; "5 to 15 minutes" gives both the same."""
    units = load_lexicon().units
    named: list[Number] = []
    for number in reversed(numbers):
        unit = number.unit
        start = number.position + (
            number.position < len(words)
            and load_lexicon().numbers.get(words[number.position].text) == number.value
        )
        following = [word.text for word in words[start : start + 2]]
        if unit is None:
            unit = next((units[word] for word in following if word in units), None)
        if unit is None and named and named[-1].position - start <= 1:
            unit = named[-1].unit
        named.append(Number(number.value, unit, number.position))
    return named[::-1]
