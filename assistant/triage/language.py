"""Which of the three languages a message is written in, from its commonest small words."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from assistant.triage.gloss import Glossary
from assistant.triage.records import Language

_LETTERS: tuple[tuple[str, Language], ...] = (("æ", "da"), ("ø", "da"), ("ä", "sv"), ("ö", "sv"))
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@lru_cache(maxsize=1)
def _load_words() -> dict[Language, frozenset[str]]:
    text = files("assistant.triage").joinpath("lexicon/small_words.toml").read_text("utf-8")
    words = tomllib.loads(text)
    return {language: frozenset(words[language].split()) for language in ("en", "da", "sv")}


def detect_language(text: str, glossaries: Mapping[Language, Glossary]) -> Language:
    """Gives the likeliest language; English where nothing tells (Norwegian reads as Danish).

    Words that only one glossary knows count half as much as the commonest small words.
    """
    lowered = text.lower()
    tokens = _TOKEN.findall(lowered)
    scores: dict[Language, float] = {
        language: float(sum(token in words for token in tokens))
        for language, words in _load_words().items()
    }
    for letter, language in _LETTERS:
        scores[language] += 1.5 * lowered.count(letter)
    for language in ("da", "sv"):
        scores[language] += 0.7 * lowered.count("å")
    for language, glossary in glossaries.items():
        scores[language] += 0.5 * sum(
            token not in _load_words()["en"] and len(token) > 2 and glossary.knows(token)
            for token in tokens
        )
    return max(("en", "da", "sv"), key=lambda language: scores[language])
