"""A long message in one breath: its asking clause, alone or with a clause that tells the most."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.understanding.known_words import UNKNOWN, known_words
from assistant.understanding.words import AUXILIARIES, FUNCTION_WORDS, QUESTION_WORDS, tokenize

if TYPE_CHECKING:
    from assistant.understanding.lexicon import Lexicon

LONG_WORDS = 20
"""Words from which on a message is long."""
TOLD = 2
"""Clauses that are put before the question, one at a time."""
_CLAUSE = re.compile(r"\s*[,;.!?–-]\s+(?:(?:and|so|but|because|which|or)\s+)*", re.IGNORECASE)


def shorten(message: str, lexicon: Lexicon) -> list[str]:
    """Shorter forms of a long message; none of a short one or of one without an asking clause."""
    if len(message.split()) < LONG_WORDS:
        return []
    clauses = [clause.strip(" ?.!") for clause in _CLAUSE.split(message) if clause.strip(" ?.!")]
    asking = [clause for clause in clauses if _opens_question(clause)]
    if not asking:
        return []
    question = asking[-1]
    rest = [clause for clause in clauses if clause != question]
    told = sorted(rest, key=lambda clause: -_tell(clause, lexicon))[:TOLD]
    return [f"{question}?", *(f"{clause}, {question}?" for clause in told)]


def _opens_question(clause: str) -> bool:
    words = [token.lower for token in tokenize(clause) if token.is_word]
    return len(words) > 2 and words[0] in QUESTION_WORDS | AUXILIARIES


def _tell(clause: str, lexicon: Lexicon) -> float:
    """How much a clause tells: the rarity in English of those of its words the library knows."""
    words = {t.lower for t in tokenize(clause) if t.is_word} - FUNCTION_WORDS
    known = known_words("en")
    return sum(min(known.get(word, UNKNOWN), UNKNOWN) for word in words if lexicon.knows(word))
