"""What a question touches that the answer must heed: medicines, pregnancy, a judgement of a doctor.

A trained classifier over the question's own embedding, which the search needs anyway. It knows
nothing of articles and of answers.
"""

from assistant.concerns.classifier import (
    JUDGEMENTS,
    Concern,
    allows_answer,
    find_concerns,
    find_judgement,
    is_about_somebody,
)

__all__ = [
    "JUDGEMENTS",
    "Concern",
    "allows_answer",
    "find_concerns",
    "find_judgement",
    "is_about_somebody",
]
