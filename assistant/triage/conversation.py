"""What earlier turns do to the present one: dangers across turns, a mode that stays, its end."""

import re
from collections.abc import Sequence

from assistant.triage.patterns import pattern

MAX_JOINED_TURNS = 3
_MAX_JOINED_CHARACTERS = 900
_SWAPS = (
    (r"\bare you\b", "i am"),
    (r"\bdo you\b|\bdid you\b", "i"),
    (r"\bhave you\b", "i have"),
    (r"\b(?:is|are) your\b", "my"),
    (r"\byour\b", "my"),
    (r"\byourself\b", "myself"),
    (r"\byou\b", "i"),
    (r"\?", "."),
)


def says_over(english: str) -> bool:
    """True when the person says that the danger has passed, is in hands, or was none."""
    return bool(pattern("over").search(english)) and not pattern("not_over").search(english)


def affirms_question(message_english: str, assistant_english: str) -> str:
    """Gives the assistant's last question as the person's own statement where they say yes to it.

    "Do you have a plan to end your life?" — "yes" → "i have a plan to end my life."; else empty.
    """
    questions = re.findall(r"[^.!?\n]*\?", assistant_english)
    if (
        not questions
        or len(message_english.split()) > 8
        or not pattern("yes").match(message_english)
    ):
        return ""
    statement: str = questions[-1].strip()
    for question_form, replacement in _SWAPS:
        statement = re.sub(question_form, replacement, statement)
    return statement


def join_turns(earlier: Sequence[str], message: str) -> str:
    """Gives the last few turns of the person as one text, the newest last, of bounded length."""
    turns = [*earlier[-MAX_JOINED_TURNS:], message]
    joined = "\n".join(turn if re.search(r"[.!?]\s*$", turn) else turn + "." for turn in turns)
    return joined[-_MAX_JOINED_CHARACTERS:]
