"""The words of a short text as hashed features.

Pieces of words (Bojanowski et al. 2017, arXiv 1607.04606) tell a medicine by its ending and a
Danish or Swedish word in any of its forms.
"""

from __future__ import annotations

import re
import zlib
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BUCKETS = 8192
PIECES = (3, 4, 5)


def hash_words(text: str) -> NDArray[np.float32]:
    """Words, pairs of words and pieces of words, `(BUCKETS,) float32`, unit length."""
    words = re.findall(r"\w+|\?", text.casefold())
    grams = {*words, *(f"{first} {second}" for first, second in pairwise(words))}
    for word in words:
        padded = f"<{word}>"
        grams |= {padded[i : i + n] for n in PIECES for i in range(len(padded) - n + 1)}
    hashed = np.zeros(BUCKETS, dtype=np.float32)
    for gram in grams:
        hashed[zlib.crc32(gram.encode()) % BUCKETS] = 1.0
    return hashed / np.float32(float(np.linalg.norm(hashed)) or 1.0)
