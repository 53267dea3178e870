"""Article → passages: consecutive blocks under one heading path, within the model's window.

What is embedded carries the title and the headings; what is quoted never does.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.records import Passage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.records import Article, Block, Sentence

CHUNKING_VERSION = 4
"""Raised whenever the same article would give other passages, other embedded texts or other
vectors."""

QUOTABLE_KINDS = frozenset({"paragraph", "list_item", "table_row"})
"""Kinds of blocks that passages are made of."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a passage may be, in the embedding model's tokens, what stands before it included.

    However long title and headings are, half of the window is left to the passage's own words.
    """

    max_tokens: int = 254

    def room(self, context_tokens: int) -> int:
        """What is left to the passage's own words."""
        return max(self.max_tokens - context_tokens, self.max_tokens // 2, 1)


def cut_passages(
    article: Article,
    sentences: Sequence[Sentence],
    count_tokens: Callable[[str], int],
    limits: Limits | None = None,
) -> tuple[Passage, ...]:
    """Cuts an article into passages that cover every quotable sentence once.

    A passage never crosses a heading and keeps a lead-in with the first item of its list. Only
    where one sentence, or a lead-in with its item, does not fit is it longer than the window.
    """
    limits = limits or Limits()
    passages: list[Passage] = []
    for section, run in _runs_by_section(article, sentences):
        room = limits.room(_count_context(article, sentences, section, run, count_tokens))
        for first, last in _fill(article, sentences, run, count_tokens, room):
            start, end = sentences[first].start, sentences[last].end
            tokens = count_tokens(_text_to_embed(article, section, start, end))
            passages.append(Passage(len(passages), start, end, section, (first, last + 1), tokens))
    return tuple(passages)


def passage_text_to_embed(article: Article, passage: Passage) -> str:
    """A passage as the embedding model and the keyword index see it.

    Before its words stand title and headings, a table's column names, and what introduces a list
    or table that began in the passage before.
    """
    return _text_to_embed(article, passage.section, passage.start, passage.end)


def _text_to_embed(article: Article, section: Sequence[str], start: int, end: int) -> str:
    first = bisect_right(article.blocks, start, key=lambda block: block.end)
    behind = bisect_left(article.blocks, end, key=lambda block: block.start)
    introductions = [_introduction(article, block, start) for block in article.blocks[first:behind]]
    lines = dict.fromkeys(line for lines in introductions for line in lines)
    return "\n".join([*_headings(article, section), *lines, article.text[start:end]])


def _headings(article: Article, section: Sequence[str]) -> list[str]:
    return [article.title, " > ".join(section)] if section else [article.title]


def _introduction(article: Article, block: Block, start: int) -> list[str]:
    """What a block of a passage that starts at `start` is not understood without."""
    lines = [" | ".join(block.header)] if block.header else []
    lead_in = article.blocks[block.lead_in] if block.lead_in is not None else None
    if lead_in and lead_in.kind != "heading" and lead_in.end <= start:
        lines.insert(0, article.text[lead_in.start : lead_in.end])
    return lines


def _count_context(
    article: Article,
    sentences: Sequence[Sentence],
    section: Sequence[str],
    run: Sequence[int],
    count_tokens: Callable[[str], int],
) -> int:
    """Tokens of the headings of a run, and of the longest introduction within it."""
    blocks = [article.blocks[position] for position in {sentences[n].block: None for n in run}]
    introductions = {"\n".join(_introduction(article, b, len(article.text))) for b in blocks}
    longest = max(count_tokens(lines) for lines in introductions)
    return count_tokens("\n".join(_headings(article, section))) + longest


def sentence_text_to_embed(article: Article, sentence: Sentence) -> str:
    """A sentence as the embedding model sees it: with what it cannot be understood without.

    A list item carries its lead-in, a table row its header, an answer its question, and every
    sentence the heading right above it.
    """
    block = article.blocks[sentence.block]
    quote = article.text[sentence.start : sentence.end]
    if block.header:
        cells = zip(block.header, quote.split(" | "), strict=False)
        quote = "; ".join(f"{name}: {cell}" for name, cell in cells)
    before = [block.section[-1]] if block.section else []
    if block.lead_in is not None:
        lead_in = article.block_text(block.lead_in)
        before += [lead_in] if lead_in not in before else []
    return " ".join([*before, quote])


def _runs_by_section(
    article: Article, sentences: Sequence[Sentence]
) -> Iterator[tuple[tuple[str, ...], list[int]]]:
    """Numbers of consecutive quotable sentences that share a heading path."""
    run: list[int] = []
    section: tuple[str, ...] = ()
    last_block = -1
    for sentence in sentences:
        block = article.blocks[sentence.block]
        if block.kind not in QUOTABLE_KINDS:
            continue
        interrupted = any(
            article.blocks[i].kind not in QUOTABLE_KINDS
            for i in range(last_block + 1, sentence.block)
        )
        if run and (block.section != section or interrupted):
            yield section, run
            run = []
        section, last_block = block.section, sentence.block
        run.append(sentence.number)
    if run:
        yield section, run


def _fill(
    article: Article,
    sentences: Sequence[Sentence],
    run: Sequence[int],
    count_tokens: Callable[[str], int],
    room: int,
) -> Iterator[tuple[int, int]]:
    """Packs a run into passages of about equal length: first and last sentence numbers of each."""
    units = _units(article, sentences, run)
    lengths = [
        count_tokens(article.text[sentences[unit[0]].start : sentences[unit[-1]].end])
        for unit in units
    ]
    target = sum(lengths) / max(1, -(-sum(lengths) // room))
    start, filled = 0, 0
    for position, length in enumerate(lengths):
        if position > start and (filled + length > room or filled + length / 2 > target):
            yield units[start][0], units[position - 1][-1]
            start, filled = position, 0
        filled += length
    yield units[start][0], units[-1][-1]


def _units(article: Article, sentences: Sequence[Sentence], run: Sequence[int]) -> list[list[int]]:
    """A run's sentences, each lead-in bound to the first item that it introduces."""
    units: list[list[int]] = []
    for number in run:
        lead_in = article.blocks[sentences[number].block].lead_in
        if units and lead_in is not None and lead_in == sentences[units[-1][-1]].block:
            units[-1].append(number)
        else:
            units.append([number])
    return units
