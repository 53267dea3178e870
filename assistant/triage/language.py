"""Which of the three languages a message is written in: small words, letters, words of its own."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from assistant.triage.records import Language
from assistant.understanding.known_words import UNKNOWN, known_words

LANGUAGES: tuple[Language, ...] = ("en", "da", "sv")
OWN = 50
"""Centibels by which a word must be commoner in a language than in English to speak for it: a word
that English knows as well, or that is misspelt, tells nothing."""

_LETTERS: tuple[tuple[str, Language], ...] = (("æ", "da"), ("ø", "da"), ("ä", "sv"), ("ö", "sv"))
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@lru_cache(maxsize=1)
def _load_words() -> dict[Language, frozenset[str]]:
    text = files("assistant.triage").joinpath("lexicon/small_words.toml").read_text("utf-8")
    words = tomllib.loads(text)
    return {language: frozenset(words[language].split()) for language in LANGUAGES}


def detect_language(text: str) -> Language:
    """Gives the likeliest language; English where nothing tells (Norwegian reads as Danish).

    Words of the language alone count half as much as the commonest small words.
    """
    lowered = text.lower()
    tokens = _TOKEN.findall(lowered)
    scores: dict[Language, float] = {
        language: float(sum(token in words for token in tokens))
        for language, words in _load_words().items()
    }
    for letter, language in _LETTERS:
        scores[language] += 1.5 * lowered.count(letter)
    for language in LANGUAGES[1:]:
        scores[language] += 0.7 * lowered.count("å")
        scores[language] += 0.5 * sum(_is_own(token, language) for token in tokens)
    return max(LANGUAGES, key=lambda language: (scores[language], -_rarity(tokens, language)))


def _rarity(tokens: list[str], language: Language) -> int:
    """How rare words are in a language together, in centibels: what decides a tie."""
    return sum(known_words(language).get(token, UNKNOWN) for token in tokens)


def _is_own(word: str, language: Language) -> bool:
    """Whether a longer word, no small word of English, is far commoner in a language."""
    if len(word) < 3 or word in _load_words()["en"]:
        return False
    return known_words(language).get(word, UNKNOWN) + OWN < known_words("en").get(word, UNKNOWN)
