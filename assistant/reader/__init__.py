"""Reads a question and a sentence together: does the sentence answer?

A small transformer over the vectors of their word pieces, which the index keeps for passages and
the embedding of the question gives anyway. Knows nothing of search, headings or thresholds.
"""

from assistant.reader.reading import Reader, open_reader

__all__ = ["Reader", "open_reader"]
