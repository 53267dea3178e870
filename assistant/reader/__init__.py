"""Reads a question and a passage together: which of its sentences answer?

A cross-encoder: MiniLM's six layers over both texts, trained on questions that a passage answers
and on near misses. Knows nothing of search, ranking or thresholds.
"""

from assistant.reader.pieces import Passage
from assistant.reader.reading import Reader, open_reader, open_talk_reader

__all__ = ["Passage", "Reader", "open_reader", "open_talk_reader"]
