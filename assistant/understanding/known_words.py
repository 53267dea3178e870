"""Words that are right as they stand in English, Danish and Swedish, and how common they are.

The table is made by `train_known_words.py`; its sources and their licences stand there.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLE = Path(str(resources.files("assistant.understanding"))) / "known_words.npz"
UNKNOWN = 800
"""Centibels of a word that the table does not hold."""

Language = Literal["en", "da", "sv"]


@cache
def known_words(language: Language) -> Mapping[str, int]:
    """Word → how rare it is, in centibels below one: 300 is a word in a thousand."""
    with np.load(TABLE) as file:
        words = file[f"{language}_words"].tobytes().decode().split("\n")
        return dict(zip(words, file[language].tolist(), strict=True))
