"""Cyrillic and Greek letters that look like Latin ones (Unicode TR 39, confusables).

A word that mixes them with Latin letters is searched as what it looks like; a word of one script,
such as the α in TNF-α, stays as it is. The text that is quoted is never changed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOK_ALIKES = str.maketrans(
    "асеһіјорѕухАВЕКМНОРСТХІЈЅνοαιρτκυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "acehijopsyxABEKMHOPCTXIJSvoaiptkuABEZHIKMNOPTYX",
)
_FOREIGN = re.compile("[" + "".join(map(chr, LOOK_ALIKES)) + "]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LATIN = re.compile(r"[A-Za-z]")


def find_mixed_words(text: str) -> Iterator[tuple[int, int]]:
    """Where words stand that mix Latin letters with others that look like them."""
    if not _FOREIGN.search(text):
        return
    for word in _WORD.finditer(text):
        if _FOREIGN.search(word.group()) and _LATIN.search(word.group()):
            yield word.span()


def fold_mixed_words(text: str) -> str:
    """The text with such words in Latin letters alone; as long as it was."""
    spans = list(find_mixed_words(text))
    for start, end in spans:
        text = text[:start] + text[start:end].translate(LOOK_ALIKES) + text[end:]
    return text
