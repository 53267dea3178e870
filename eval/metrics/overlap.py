"""How close an understood question comes to the one that a person wrote.

Token F1 over bags of words, as for extractive question answering (Rajpurkar et al. 2016, arXiv
1606.05250), but with articles kept: a rewritten question is compared word by word.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

_TOKEN: Final = re.compile(r"\w+")


def split_tokens(text: str) -> list[str]:
    """Lower-cased runs of letters, digits and underscores."""
    return _TOKEN.findall(text.lower())


def score_token_f1(given: str, wanted: str) -> float:
    """Harmonic mean of token precision and recall; 1 where both are empty."""
    given_counts, wanted_counts = Counter(split_tokens(given)), Counter(split_tokens(wanted))
    size = given_counts.total() + wanted_counts.total()
    return 2 * (given_counts & wanted_counts).total() / size if size else 1.0
