"""Reads a message as a self-contained question: spelling, short forms, follow-ups, parts.

Knows the library's words, nothing of what is answered and nothing of language models.
"""

from assistant.understanding.lexicon import Lexicon
from assistant.understanding.likeness import likeness_of
from assistant.understanding.reading import Understood, understand
from assistant.understanding.standalone import Standalone, make_standalone

__all__ = ["Lexicon", "Standalone", "Understood", "likeness_of", "make_standalone", "understand"]
