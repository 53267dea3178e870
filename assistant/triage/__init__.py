"""Finds out first, and in code, whether a person who writes needs help at once.

Reads English, Danish and Swedish. Combines rules over concepts (with negation, time, who is spoken
of, and figures of speech) with a classifier over the sentence embedding that the question needs
anyway. Knows nothing of articles, answers, guidance texts or screens.
"""

from assistant.triage.classifier import WeightsMismatchError
from assistant.triage.records import URGENCIES, Embed, TriageResult, Turn, Urgency
from assistant.triage.triager import Triager

__all__ = [
    "URGENCIES",
    "Embed",
    "TriageResult",
    "Triager",
    "Turn",
    "Urgency",
    "WeightsMismatchError",
]
