"""Answerability: does a sentence answer the question, or is it only near it?

`AnswerabilityModel` gives log odds per candidate sentence and a calibrated probability that any of
them answers; `expected_answer` says what kind of answer is asked for. The package knows nothing of
articles, retrieval or chat: it is given sentences with their context and their cosines.

How it was trained, measured, and what did not help: `docs/answerability.md`.
"""

from assistant.answerability.features import Candidate, Word
from assistant.answerability.model import AnswerabilityModel, Assessment
from assistant.answerability.questions import AnswerType, expected_answer, states

__all__ = [
    "AnswerType",
    "AnswerabilityModel",
    "Assessment",
    "Candidate",
    "Word",
    "expected_answer",
    "states",
]
