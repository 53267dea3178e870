"""Tells questions on what the articles say from small talk and from questions on the articles.

Knows nothing of what is answered.
"""

from assistant.intents.classifier import (
    OF_CONTENT,
    SMALLTALK,
    Intent,
    IntentResult,
    classify,
    words_of_offers,
)
from assistant.intents.cues import has_cue, is_unmistakable

__all__ = [
    "OF_CONTENT",
    "SMALLTALK",
    "Intent",
    "IntentResult",
    "classify",
    "has_cue",
    "is_unmistakable",
    "words_of_offers",
]
