"""Reads a name from a place in the text: which words belong to it, and where it ends."""

import re
from dataclasses import dataclass

from assistant.privacy.name_likeness import score_name_likeness
from assistant.privacy.word_lists import load_words

# An initial with its dot, or a word; a possessive 's is not part of a name.
_TOKEN = re.compile(r"(?:[^\W\d_]\.(?=\W|$)|[^\W\d_]+(?:['-](?!s\b)[^\W\d_]+)*)")
_UPPER, _LOWER = re.compile(r"[A-ZÆØÅÄÖ]"), re.compile(r"[a-zæøåäö]")
_GAP = re.compile(r"(?:[ \t]|(?<=\.)){1,3}")
_LONGEST_NAME = 5
_FEWEST_SHOUTED = 12
_SCIENTIFIC = re.compile(
    r"(?:bacillus|gillus|derma|osum|genita|yria|onychia|uria|axia|tasia|ernia|"
    r"purpura|algia|plasia|trophy|trophia|omas?|spori(?:um|a)|virus|vira|bacter|"
    r"bacteri(?:um|a|e|en|er)|coccus|myces|clostridium|bacteroides|monas|plasma|"
    r"vibrio|"
    r"spirillum|itis|osis|emia|aemia|pathy|oxin|azole|prazole|mycin|cillin|statin|"
    r"tine|pram|pril|olol|biotics?|biotika)$"
)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Least name-likeness (log-odds) of a first word, typed with and without a capital."""

    capitalised: float
    lower_case: float


# After "my name is" nearly anything is a name; after "I'm" hardly anything is.
STRONG = Thresholds(capitalised=-99.0, lower_case=-4.5)
TITLE = Thresholds(capitalised=-99.0, lower_case=0.0)
MEDIUM = Thresholds(capitalised=-5.0, lower_case=0.0)
WEAK = Thresholds(capitalised=0.0, lower_case=1.5)
# Where common words follow as often as names do, only a capital speaks for a name.
CAPITAL = Thresholds(capitalised=0.0, lower_case=99.0)
# After "my name is" a second word in lower case is still likely a family name.
_FOLLOWING_LOWER_CASE = 1.0
_FOLLOWING_STRONG_LOWER_CASE = -6.0


def is_function_word(word: str) -> bool:
    """Whether a word ends a name rather than belonging to one."""
    return word.lower() in load_words("function_words")


def is_shouted(text: str) -> bool:
    """Whether a message is typed in capitals, so that capitals say nothing."""
    upper, lower = len(_UPPER.findall(text)), len(_LOWER.findall(text))
    return upper + lower >= _FEWEST_SHOUTED and upper > 0.7 * (upper + lower)


def is_medical(word: str) -> bool:
    """Whether a capitalised word belongs to medicine: an eponym, a genus, a drug, a disease."""
    lowered = word.lower()
    return lowered in load_words("eponyms") or bool(_SCIENTIFIC.search(lowered))


def _score(word: str) -> float:
    """The likeness of a word, or for a double-barrelled one that of its likeliest part."""
    return max(score_name_likeness(part) for part in (word, *word.split("-")) if part)


def is_initial(word: str) -> bool:
    """Whether a token is one capital letter, with or without a dot, and not the pronoun I."""
    return len(word.rstrip(".")) == 1 and word[0].isupper() and word != "I"


@dataclass(frozen=True, slots=True)
class NameReader:
    """Reads names in one message."""

    text: str
    shouted: bool

    def read(self, start: int, thresholds: Thresholds) -> int | None:
        """Gives the end of the name at `start`, or None if no name stands there."""
        first = _TOKEN.match(self.text, start)
        if first is None or not self._begins_name(first.group(), first.end(), thresholds):
            return None
        capitalised = self._is_capitalised(first.group())
        end = first.end()
        for _ in range(_LONGEST_NAME - 1):
            following = self._read_following(end, capitalised, thresholds)
            if following is None:
                break
            end = following
        return end

    def _is_capitalised(self, word: str) -> bool:
        return word[0].isupper() and not self.shouted

    def _begins_name(self, word: str, after: int, thresholds: Thresholds) -> bool:
        lowered = word.lower()
        if is_initial(word):
            return thresholds is not WEAK and self._precedes_capital(after)
        if len(word.rstrip(".")) == 1 or is_function_word(word):
            return False
        if thresholds is not STRONG and is_medical(word):
            return False
        capitalised = self._is_capitalised(word)
        if thresholds is not STRONG and word.isupper() and not self.shouted:
            return False
        least = thresholds.capitalised if capitalised else thresholds.lower_case
        return _score(lowered) >= least

    def _precedes_capital(self, end: int) -> bool:
        gap = _GAP.match(self.text, end)
        token = _TOKEN.match(self.text, gap.end()) if gap else None
        return token is not None and token.group()[0].isupper()

    def _read_following(self, end: int, capitalised: bool, thresholds: Thresholds) -> int | None:
        gap = _GAP.match(self.text, end)
        token = _TOKEN.match(self.text, gap.end()) if gap else None
        if token is None:
            return None
        word = token.group()
        if word.lower() in load_words("name_particles"):
            beyond = self._read_following(token.end(), capitalised, thresholds)
            if beyond is not None:
                return beyond
        return token.end() if self._continues_name(word, capitalised, thresholds) else None

    def _continues_name(self, word: str, capitalised: bool, thresholds: Thresholds) -> bool:
        lowered = word.lower()
        if len(word) == 2 and word.endswith("."):
            return True
        if is_initial(word):
            return capitalised
        if len(word.rstrip(".")) == 1 or is_function_word(word) or is_medical(word):
            return False
        if capitalised and word[0].isupper():
            return True
        strong = thresholds is STRONG and not capitalised
        least = _FOLLOWING_STRONG_LOWER_CASE if strong else _FOLLOWING_LOWER_CASE
        return _score(lowered) >= least
