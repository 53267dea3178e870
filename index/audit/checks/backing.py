"""Which references stand behind a sentence: its own, or those that its paragraph or list gives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

_GOES_ON = re.compile(
    r"(?:It|They|He|She|This|These|Those|Both|Most|Some|Others?|Among|Of (?:the|these|those|them)|"
    r"In the same|The (?:same|others?|effect|result|difference|authors?|participants?|researchers?|"
    r"trials?|study|studies|review)|Den|Det|De|Dessa|Disse|Samma|Samme)\b"
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.entry import Entry
    from index.records import Sentence


@dataclass(frozen=True, slots=True)
class Backed:
    """A sentence of the body with the numbers of the references that stand behind it.

    Attributes:
        own: named in or right behind it.
        near: named further down in its paragraph, by what leads into its list or table, or right
            before it where it goes on about the same ("It was checked in …").
    """

    sentence: Sentence
    own: tuple[int, ...]
    near: tuple[int, ...]


def back_sentences(entry: Entry) -> Iterator[Backed]:
    """Every sentence of the body, in order."""
    blocks = entry.article.blocks
    by_block = {
        position: tuple(sentences)
        for position, sentences in groupby(entry.sentences, key=lambda s: s.block)
    }
    cited = {
        position: tuple(n for s in sentences for n in s.references)
        for position, sentences in by_block.items()
    }
    for position, sentences in by_block.items():
        block = blocks[position]
        if block.kind in {"heading", "reference", "byline"}:
            continue
        lead = cited.get(block.lead_in, ()) if block.lead_in is not None else ()
        before: tuple[int, ...] = ()
        for number, sentence in enumerate(sentences):
            following = tuple(n for later in sentences[number + 1 :] for n in later.references)
            carried = before if _GOES_ON.match(entry.quote(sentence)) else ()
            yield Backed(sentence, sentence.references, (*following, *lead, *carried))
            before = sentence.references or carried
