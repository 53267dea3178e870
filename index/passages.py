"""Article → passages: consecutive blocks under one heading path, within the model's window.

What is embedded carries the title and the headings; what is quoted never does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.records import Passage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.records import Article, Sentence

CHUNKING_VERSION = 1
"""Raised whenever the same article would give other passages or other embedded texts."""

QUOTABLE_KINDS = frozenset({"paragraph", "list_item", "table_row"})
"""Kinds of blocks that passages are made of."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a passage may be, in the embedding model's tokens, heading context included."""

    max_tokens: int = 254
    max_context_tokens: int = 64


def cut_passages(
    article: Article,
    sentences: Sequence[Sentence],
    count_tokens: Callable[[str], int],
    limits: Limits | None = None,
) -> tuple[Passage, ...]:
    """Cuts an article into passages that cover every quotable sentence once.

    A passage never crosses a heading, keeps a lead-in with the first items of its list, and is
    longer than the window only where a single sentence is.
    """
    limits = limits or Limits()
    passages: list[Passage] = []
    for section, run in _runs_by_section(article, sentences):
        context_tokens = min(
            count_tokens(embedding_context(article, section)), limits.max_context_tokens
        )
        room = limits.max_tokens - context_tokens
        for first, last in _fill(article, sentences, run, count_tokens, room):
            start, end = sentences[first].start, sentences[last].end
            tokens = context_tokens + count_tokens(article.text[start:end])
            passages.append(Passage(len(passages), start, end, section, (first, last + 1), tokens))
    return tuple(passages)


def embedding_context(article: Article, section: Sequence[str]) -> str:
    """The words put before a passage when it is embedded: title and headings."""
    return "\n".join([article.title, " > ".join(section)]) if section else article.title


def passage_text_to_embed(article: Article, passage: Passage) -> str:
    """A passage as the embedding model and the keyword index see it."""
    text = article.text[passage.start : passage.end]
    return f"{embedding_context(article, passage.section)}\n{text}"


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
