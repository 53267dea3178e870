"""A person goes through the cases of a data set: accepts, corrects or drops each.

Knows nothing of how the product answers; it shows the gold sentences as the library holds them.
"""

from eval.reviewing.review import Review

__all__ = ["Review"]
