"""Danish and Swedish words in a message, in English, for the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.understanding.known_words import known_words
from assistant.understanding.words import FUNCTION_WORDS, tokenize

if TYPE_CHECKING:
    from assistant.understanding.lexicon import Lexicon


def gloss_words(text: str, lexicon: Lexicon) -> list[str]:
    """English for the words that neither the library nor English knows but a glossary does."""
    found: list[str] = []
    for token in tokenize(text):
        word = token.lower
        if lexicon.knows(word) or word in FUNCTION_WORDS or word in known_words("en"):
            continue
        glosses = [glossary.look_up(word) for glossary in lexicon.glossaries.values()]
        found += [gloss for gloss in glosses if gloss and gloss not in found][:1]
    return found
