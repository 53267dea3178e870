"""Finds out first, and in code, whether a person who writes needs help at once.

Reads English, Danish and Swedish. Combines rules over concepts (with negation, time, who is spoken
of, and figures of speech) with a network that reads the message. Knows nothing of articles,
answers, guidance texts or screens.
"""

from assistant.triage.classifier import WeightsMismatchError
from assistant.triage.records import URGENCIES, TriageResult, Turn, Urgency
from assistant.triage.triager import Triager

__all__ = [
    "URGENCIES",
    "TriageResult",
    "Triager",
    "Turn",
    "Urgency",
    "WeightsMismatchError",
]
