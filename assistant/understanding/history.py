"""The turns before a question as exchanges: what was asked, as understood, and what was answered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.understanding.phrases import Phrase, find_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.conversation import Turn

MAX_EXCHANGES = 8
_MARKER = re.compile(r"\s*\[\d+(?:\s*,\s*\d+)*\]")
_ITEM = re.compile(r"(?:^|\s)(?:[-*•]|\d{1,2}[.)])\s+(?=\S)")
_LINE_ITEM = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+(.*\S)", re.MULTILINE)
_NUMBERED = re.compile(r"(?:(?<=\s)|^)(\d{1,2})[.)]\s+")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what was answered.

    Attributes:
        question: as it was understood, standing on its own.
        answer: without citation markers; empty where there is none.
    """

    question: str
    answer: str

    @property
    def topic(self) -> Phrase | None:
        """What the question is about, as far as its order of words tells."""
        phrases = find_phrases(self.question)
        return main_phrase(self.question, phrases)


def pair_turns(history: Sequence[Turn]) -> list[tuple[str, str]]:
    """Each user turn with the answer to it, oldest first, the newest exchanges only."""
    pairs: list[tuple[str, str]] = []
    for turn in history:
        if turn.role == "user":
            pairs.append((turn.content.strip(), ""))
        elif pairs:
            question, answer = pairs[-1]
            pairs[-1] = (question, f"{answer} {drop_markers(turn.content)}".strip())
    return pairs[-MAX_EXCHANGES:]


def drop_markers(answer: str) -> str:
    """An answer without its citation markers."""
    return _MARKER.sub("", answer)


def list_items(answer: str) -> list[str]:
    """The items of the list in an answer: lines with a dash or a number, or "1. … 2. …" in a line."""
    lines = [match.group(1) for match in _LINE_ITEM.finditer(answer)]
    if len(lines) > 1:
        return lines
    return list(_inline_items(answer))


def _inline_items(answer: str) -> Iterator[str]:
    """Items numbered 1, 2, 3 … within a line."""
    starts: list[tuple[int, int]] = []
    for match in _NUMBERED.finditer(answer):
        if int(match.group(1)) == len(starts) + 1:
            starts.append((match.start(), match.end()))
    if len(starts) < 2:
        return
    ends = [start for start, _ in starts[1:]] + [len(answer)]
    for (_, begin), end in zip(starts, ends, strict=True):
        yield answer[begin:end].strip()


def name_item(item: str) -> str:
    """What a list item is about: what stands before its colon, or its first noun phrase."""
    head, colon, _ = item.partition(":")
    if colon and len(head.split()) <= 6:
        return head.strip()
    head = re.split(r"\s+[–—-]\s+|\(", item)[0]
    if len(head.split()) <= 4:
        return head.strip().rstrip(".")
    phrases = find_phrases(item)
    return phrases[0].text if phrases else item.rstrip(".")


def main_phrase(question: str, phrases: Sequence[Phrase]) -> Phrase | None:
    """The phrase that a question is about.

    "what are the stages of the low-FODMAP diet" is about what follows "of"; otherwise the first
    phrase is the topic, as the subject stands before the verb.
    """
    if not phrases:
        return None
    for before, after in zip(phrases, phrases[1:], strict=False):
        if question[before.end : after.start].strip().casefold() in {"of", "of the", "of a"}:
            return after
    return phrases[0]
