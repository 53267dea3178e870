"""Phone and id numbers written in words: "oh seven seven double two …", "to fem tres …"."""

import re
from collections.abc import Iterator

from assistant.privacy.records import Candidate, Kind
from assistant.privacy.word_lists import load_words

_COMPOUND = re.compile(r"\w{2,5}og(?:tyve|tredive|fyrre|halvtreds|tres|halvfjerds|firs|halvfems)")
_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 7
_LETTERS = re.compile(r"[^\W\d]{2,}")


def find_spelt_digits(text: str) -> Iterator[Candidate]:
    """Yields runs of seven or more number words that are not a count up or down."""
    number_words = load_words("number_words")
    if sum(word in number_words for word in text.lower().split()) < _FEWEST_WORDS // 2:
        return
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        if run and text[run[-1].end() : word.start()].strip(" ,-"):
            yield from _judge(run)
            run = []
        if _is_number_word(word.group().lower()):
            run.append(word)
        else:
            yield from _judge(run)
            run = []
    yield from _judge(run)


def _is_number_word(word: str) -> bool:
    short_digits = word.isdecimal() and len(word) <= 2
    return word in load_words("number_words") or short_digits or bool(_COMPOUND.fullmatch(word))


def _judge(run: list[re.Match[str]]) -> Iterator[Candidate]:
    words = [match.group().lower() for match in run]
    written = [word for word in words if _LETTERS.fullmatch(word)]
    if len(run) >= _FEWEST_WORDS and len(written) >= len(words) / 2 and not _is_count(words):
        yield Candidate(Kind.PHONE, run[0].start(), run[-1].end())


def _is_count(words: list[str]) -> bool:
    """Whether it goes "one two three four five": breaths are counted so, no phone number is."""
    orders = (
        "one two three four five six seven eight nine ten",
        "en to tre fire fem seks syv otte ni ti",
        "ett två tre fyra fem sex sju åtta nio tio",
    )
    return any(" ".join(words[:5]) in order for order in orders) or any(
        " ".join(reversed(words[-5:])) in order for order in orders
    )
