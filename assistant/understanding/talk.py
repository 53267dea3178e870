"""A question with the turns before it, in one text, as the reader of conversations reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

QUESTION_WORDS, ANSWER_WORDS, ASKED_WORDS, EARLIER_WORDS = 48, 48, 28, 18
"""How many words are read of the question, the newest answer, what was asked before it, and what
was asked before that."""


def write_talk(question: str, exchanges: Sequence[tuple[str, str]]) -> str:
    """The question first, then the turns before it, the newest first.

    Args:
        question: as typed, spelling corrected.
        exchanges: questions with their answers, as `pair_turns` gives them; at least one.
    """
    asked, answer = exchanges[-1]
    parts = [_cut(question, QUESTION_WORDS), _cut(answer, ANSWER_WORDS), _cut(asked, ASKED_WORDS)]
    parts += [_cut(earlier, EARLIER_WORDS) for earlier, _ in exchanges[-2:-1]]
    return " | ".join(filter(None, parts))


def _cut(text: str, most: int) -> str:
    """The first words of a text."""
    return " ".join(text.split()[:most])
