"""Tells questions on what the articles say from small talk and from questions on the articles.

Knows nothing of what is answered.
"""

from assistant.intents.classifier import SMALLTALK, Intent, IntentResult, classify

__all__ = ["SMALLTALK", "Intent", "IntentResult", "classify"]
