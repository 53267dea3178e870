"""Does a sentence follow from what it cites? Words, numbers, negation, direction, people, names.

Pure, without a network or a language model, and without knowledge of articles or answers: text in,
probability and reasons out.
"""

from assistant.support.checker import Support, SupportChecker

__all__ = ["Support", "SupportChecker"]
