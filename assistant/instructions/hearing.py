"""What is left to be read of a message once what is meant for a machine is left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.function_words import content_words
from assistant.instructions.classifier import is_instruction
from assistant.privacy import redact
from assistant.understanding.focus import asks, split_sentences
from index.look_alikes import fold_mixed_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

# Bounded, as a message may be one long row of signs.
_UNSEEN = re.compile(
    r"<(?:(script|style)\b[^<>]{0,300}|(\w{1,12})\b[^<>]{0,200}(?:hidden|display:|opacity:)[^<>]{0,200})>"
    r".{0,2000}?</(?:\1|\2)\s*>",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"</?[a-z!][^<>]{0,300}>|\[/?INST\]|\{[^{}]{0,300}\}", re.IGNORECASE)
_PICTURE = re.compile(r"!\[[^\[\]]{0,100}\]\([^()\s]{0,300}\)")
_LINK = re.compile(r"\[([^\[\]]{0,100})\]\((?:[^()\s]|\([^()\s]{0,100}\)){0,300}\)")
_MARKED_CLAUSE = re.compile(r"^[^,.?!\n]{0,80}\[\d{1,3}\][^,.?!\n]{0,80},\s*", re.MULTILINE)
_MARKER = re.compile(r"\s?\[\d{1,3}\]")
_FENCE = re.compile(r"(?:\"{3}|'{3}|`{3}|[#=_~-]{3,}|<\|[^|]{0,40}\|>)")
_ROLE = re.compile(
    r"^\W*(?:system|user|assistant|input|question|query|human|prompt)\s*:\s*", re.IGNORECASE
)

_PLACEHOLDER = re.compile(r"\[[^\[\]]{1,30}\]")
_LONGEST_INTRODUCTION = 12
"""More words say more, and are not searched for names."""

_INTRODUCING = """
address called dear email hello hi mail mobile name number phone regards tel telephone thanks
adresse hedder hej heter hilsen hälsningar mobil namn navn nummer telefon tlf
"""
_OF_THE_WRITER = frozenset(_INTRODUCING.split())
"""What is said beside a name by who only tells it; "my son", "pregnant" and "IBS" say more."""


def hear(message: str, encode: Callable[[Sequence[str]], NDArray[np.float32]]) -> str:
    """A message without markup, markers that it cannot know, and what the program is told to do.

    Who writes is left out, too, where something is asked. Sentences that ask are never left out.
    Nothing is left of a message that only gives orders.

    Args:
        message: as typed.
        encode: sentences → their embeddings, `(n, 384) float32`.
    """
    plain = strip_markup(message)
    sentences = split_sentences(plain)
    told = [sentence for sentence in sentences if not asks(sentence)]
    if not told:
        return _join(sentences) if plain != message else message
    vectors = encode(told)
    left_out = {
        sentence
        for sentence, vector in zip(told, vectors, strict=True)
        if is_instruction(sentence, vector)
    }
    if len(told) < len(sentences):
        left_out |= {sentence for sentence in told if introduces(sentence)}
    if not left_out and plain == message:
        return message
    return _join([sentence for sentence in sentences if sentence not in left_out])


def introduces(sentence: str) -> bool:
    """Whether a sentence says who writes, and nothing else.

    "My name is …, tel. …" weighs as words that no article holds, and the question is declined.
    """
    if len(sentence.split()) > _LONGEST_INTRODUCTION:
        return False
    redacted = redact(sentence)
    left = _PLACEHOLDER.sub(" ", redacted.text)
    if not redacted.found or re.search(r"\d", left):
        return False
    return {word.casefold() for word in content_words(left)} <= _OF_THE_WRITER


def strip_markup(message: str) -> str:
    """A message without tags, addresses of links, markers and fences; mixed letters in Latin."""
    text = _UNSEEN.sub("\n", message)
    text = _TAG.sub("\n", text)
    text = _LINK.sub(r"\1", _PICTURE.sub(" ", text))
    text = _MARKER.sub("", _MARKED_CLAUSE.sub("", text))
    return fold_mixed_words(_FENCE.sub("\n", text))


def _join(sentences: Sequence[str]) -> str:
    return " ".join(_ROLE.sub("", sentence) for sentence in sentences).strip()
