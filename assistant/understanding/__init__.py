"""Reads a message as a self-contained question: spelling, short forms, follow-ups, parts.

Knows the library's words, nothing of what is answered and nothing of language models.
"""

from assistant.understanding.focus import asks_anything, find_focus
from assistant.understanding.leaning import opens_with_link
from assistant.understanding.lexicon import Lexicon
from assistant.understanding.likeness import likeness_of
from assistant.understanding.ordinals import read_ordinal
from assistant.understanding.own_words import drop_own_words
from assistant.understanding.reading import Understood, understand
from assistant.understanding.readings import Reading
from assistant.understanding.standalone import Standalone, make_standalone
from assistant.understanding.studies import asks_for_study
from assistant.understanding.talk import write_talk
from assistant.understanding.vague import names_topic

__all__ = [
    "Lexicon",
    "Reading",
    "Standalone",
    "Understood",
    "asks_anything",
    "asks_for_study",
    "drop_own_words",
    "find_focus",
    "likeness_of",
    "make_standalone",
    "names_topic",
    "opens_with_link",
    "read_ordinal",
    "understand",
    "write_talk",
]
