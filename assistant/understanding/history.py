"""The turns before a question as exchanges: what was asked, as understood, and the answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.rows import say_plainly, unfold_tables
from assistant.understanding.own_words import drop_own_words
from assistant.understanding.phrases import Phrase, find_phrases
from assistant.understanding.words import (
    AUXILIARIES,
    DETERMINERS,
    FUNCTION_WORDS,
    PREPOSITIONS,
    bases,
    is_noun_like,
    non_nouns,
    relational_nouns,
    tokenize,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.conversation import Turn

MAX_EXCHANGES = 8
MAX_SUBJECT_WORDS = 8
MAX_NAME_WORDS = 8
_MARKER = re.compile(r"\s*\[\d+(?:\s*,\s*\d+)*\]")
_ITEM = re.compile(r"(?:^|\s)(?:[-*•]|\d{1,2}[.)])\s+(?=\S)")
_LINE_ITEM = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+(.*\S)", re.MULTILINE)
_ITEM_END = re.compile(r"\s+[–—-]\s+|\(|[.;]\s")
_OWN_NUMBER = re.compile(r"^\d{1,2}[.)]\s+(?=\S)")
_NUMBERED = re.compile(r"(?:(?<=\s)|^)(\d{1,2})[.)]\s+")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what was answered.

    Attributes:
        question: as it was understood, standing on its own.
        answer: without citation markers; empty where there is none.
        topic: what the question is about, as far as its order of words tells.
        asked: the question as it was put; empty where that is not known.
    """

    question: str
    answer: str
    topic: Phrase | None = None
    asked: str = ""

    @classmethod
    def of(cls, question: str, answer: str, asked: str = "") -> Exchange:
        """An exchange with its topic read off the question."""
        return cls(question, answer, main_phrase(question, find_phrases(question)), asked)


def pair_turns(history: Sequence[Turn]) -> list[tuple[str, str]]:
    """Each user turn with the answer to it, oldest first, the newest exchanges only."""
    pairs: list[tuple[str, str]] = []
    for turn in history:
        if turn.role == "user":
            pairs.append((turn.content.strip(), ""))
        elif pairs:
            question, answer = pairs[-1]
            said = unfold_tables(drop_own_words(drop_markers(turn.content)), say_plainly)
            pairs[-1] = (question, f"{answer} {said}".strip())
    return pairs[-MAX_EXCHANGES:]


def drop_markers(answer: str) -> str:
    """An answer without its citation markers."""
    return _MARKER.sub("", answer)


def list_items(answer: str) -> list[str]:
    """The items of an answer's list: lines with a dash or a number, or "1. … 2. …" in a line."""
    lines = [match.group(1) for match in _LINE_ITEM.finditer(answer)]
    if len(lines) > 1:
        return [_OWN_NUMBER.sub("", line) for line in lines]
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
    head = _ITEM_END.split(item)[0].strip().rstrip(".")
    if len(head.split()) <= 4 or is_noun_phrase(head):
        return _name(head)
    phrases = find_phrases(item)
    return phrases[0].text if phrases else item.rstrip(".")


def is_noun_phrase(head: str, most_words: int = MAX_NAME_WORDS) -> bool:
    """Whether a short text only names: nouns and the small words that join them."""
    words = [token.lower for token in tokenize(head) if token.is_word]
    return 0 < len(words) <= most_words and all(
        is_noun_like(word) or word in PREPOSITIONS | DETERMINERS | {"and", "or"} for word in words
    )


def _name(head: str) -> str:
    """A text that names without a preposition before it: "by stimulating the nerve"."""
    first, _, rest = head.partition(" ")
    return rest if rest and first.casefold() in PREPOSITIONS else head


def main_phrase(question: str, phrases: Sequence[Phrase]) -> Phrase | None:
    """The phrase that a question is about.

    The subject stands before the verb, so the first phrase is the topic; but "what are the stages
    of the low-FODMAP diet" and "the treatments for coeliac disease" are about what follows.
    """
    if not phrases:
        return None
    related = relational_nouns()
    for before, after in pairwise(phrases):
        between = question[before.end : after.start].strip().casefold()
        if between in {"of", "of the", "of a"}:
            return after
        if before.words[-1] not in related:
            return before
    return phrases[0] if phrases[0].words[-1] not in related else phrases[-1]


def sentences_of(text: str) -> list[str]:
    """The sentences of an answer."""
    return [s.strip() for s in re.split(r"(?<=[.!?])\s+", text) if s.strip()]


def first_sentence(answer: str) -> str:
    """The first sentence of an answer without its marks; empty where there is none."""
    return next(iter(sentences_of(answer)), "").lstrip("-*• ").rstrip(".!? ")


def subject_of(sentence: str) -> str:
    """What stands before a sentence's verb: "A Cochrane review from 2021"."""
    tokens = tokenize(sentence)
    known = non_nouns()
    end = 0
    for token in tokens[: MAX_SUBJECT_WORDS + 1]:
        verb = token.lower in AUXILIARIES or (
            token.lower not in FUNCTION_WORDS and any(b in known for b in bases(token.lower))
        )
        if end and (verb or (not token.is_word and token.text != "-")):
            return sentence[:end]
        end = token.end
    phrases = find_phrases(sentence)
    return phrases[0].text if phrases else sentence.rstrip(".")
