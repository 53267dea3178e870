"""What only greets, thanks, takes leave or asks on, for sure: it raises no alarm.

The networks learnt from people in danger, who take leave as well. Behind a harmless exchange they
took one of twenty messages of small talk for a danger, nearly all for a crisis ("right im off").
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from assistant.triage.records import FloatArray

WEIGHTS = Path(__file__).parent / "weights" / "smalltalk.npz"
"""A regression on the classifier's vector; `python -m assistant.triage.train_smalltalk`."""

SURE = 2.5
"""Log odds from which on a message is small talk for sure. Chosen on 240 messages written to be
mistaken (half of them a crisis): from 2.5 on none of these crises is lost, from 2 on one."""

MOST_WORDS = 14
"""Longer messages are never small talk alone."""


def is_smalltalk(vector: FloatArray, message: str) -> bool:
    """Whether a message only greets, thanks, takes leave or asks on, for sure.

    Args:
        vector: what the classifier weighs of it.
        message: as typed.
    """
    if len(message.split()) > MOST_WORDS:
        return False
    weights, bias = _load()
    return float(weights @ vector) + bias >= SURE


@cache
def _load() -> tuple[FloatArray, float]:
    with np.load(WEIGHTS, allow_pickle=False) as arrays:
        return arrays["weights"].astype(np.float32), float(arrays["bias"])
