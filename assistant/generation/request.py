"""The extractive answer and the library → numbered sources and the messages for a chat model.

The sources are the sentences of the passages that the answer's own quotes stand in: the same
retrieval, nothing beyond it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.composition import Piece
from assistant.generation.guarding import Prompt
from assistant.referents import as_sentence
from prompts.chat import render
from prompts.tokens import keep_newest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.answer import Answer, Source
    from assistant.conversation import Conversation, Turn
    from assistant.settings import Settings
    from index.entry import Entry
    from index.library import Library
    from index.records import Sentence


@dataclass(frozen=True, slots=True)
class Numbered:
    """A sentence of the library under the number that the model knows it by.

    Attributes:
        chosen: whether the extractive answer quotes it.
    """

    number: int
    piece: Piece
    chosen: bool

    @property
    def text(self) -> str:
        """The words as they are said."""
        return self.piece.text

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list; headings that an answer quotes are listed, too."""
        kind = self.piece.entry.article.blocks[self.piece.sentence.block].kind
        return kind in {"list_item", "heading"}

    @property
    def heading(self) -> str:
        """Title and headings above it."""
        article = self.piece.entry.article
        return " > ".join([article.title, *article.blocks[self.piece.sentence.block].section])


HISTORY_SHARE = 4
"""The history gets at most this part of the budget: the sources are what an answer is made of."""


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """What is sent, and what its numbers stand for.

    Attributes:
        prompt: within the budget of tokens, unless no source is left in it.
        sources: whole sentences; none where the question alone is longer than the budget.
        unsent: sentences of the answer that found no room, numbered on from the sources.
    """

    prompt: Prompt
    sources: tuple[Numbered, ...]
    unsent: tuple[Numbered, ...] = ()

    @property
    def essential(self) -> list[Numbered]:
        """What the extractive answer quotes."""
        return [source for source in (*self.sources, *self.unsent) if source.chosen]


@dataclass(frozen=True, slots=True)
class Group:
    """Sources under one heading, for the template."""

    heading: str
    sources: tuple[Numbered, ...]


def build_request(
    answer: Answer,
    library: Library,
    redacted: Conversation,
    settings: Settings,
    language: str = "en",
) -> ChatRequest:
    """The request that fits the token budget: sentences around the answer's own go before these.

    Args:
        answer: extractive, with its sources.
        library: where they stand.
        redacted: the question as understood, never cut, with those turns before it that may be
            sent; the oldest ones are left out first.
        settings: the budget.
        language: the reader's.
    """
    turns = _keep_turns(redacted, settings.chat_max_input_tokens // HISTORY_SHARE)
    system = render("answer", "system", level=redacted.level, language=language)
    pieces = list(_pieces(answer, library))
    unsent: list[Piece] = []
    while True:
        sources = tuple(
            Numbered(number, piece, chosen)
            for number, (piece, chosen) in enumerate(pieces, start=1)
        )
        groups = _groups(sources)
        user = render("answer", "user", turns=turns, groups=groups, question=redacted.question)
        prompt = Prompt.of(system, user)
        if prompt.tokens <= settings.chat_max_input_tokens or not sources:
            left = enumerate(unsent, start=len(sources) + 1)
            return ChatRequest(prompt, sources, tuple(Numbered(n, p, chosen=True) for n, p in left))
        unsent = [*_leave_out(pieces), *unsent]


def _leave_out(pieces: list[tuple[Piece, bool]]) -> list[Piece]:
    """Takes out the last half of what stands around the answer's own sentences, else its last one.

    Half at once: counting again for each sentence would be slow.

    Returns:
        What the answer quotes of it.
    """
    spare = [position for position, (_, chosen) in enumerate(pieces) if not chosen]
    if not spare:
        return [pieces.pop()[0]]
    for position in reversed(spare[len(spare) // 2 :]):
        del pieces[position]
    return []


def _keep_turns(conversation: Conversation, max_tokens: int) -> Sequence[Turn]:
    turns = conversation.history
    return turns[len(turns) - keep_newest([turn.content for turn in turns], max_tokens) :]


def _pieces(answer: Answer, library: Library) -> Iterator[tuple[Piece, bool]]:
    """The sentences of the answer's passages in their order, each once."""
    quoted = {(source.article_id, source.start) for source in answer.sources}
    seen: set[tuple[str, int]] = set()
    for source in answer.sources:
        entry = library.entries[source.article_id]
        end = source.passage_start + len(source.passage)
        inside = [s for s in entry.sentences if source.passage_start <= s.start < end]
        for sentence in [*_quoted_heading(entry, source), *inside]:
            key = source.article_id, sentence.start
            if key not in seen:
                seen.add(key)
                yield Piece(entry, sentence), key in quoted


def _quoted_heading(entry: Entry, source: Source) -> list[Sentence]:
    """The heading that a source quotes; nothing where it quotes a sentence."""
    if any(sentence.start == source.start for sentence in entry.sentences):
        return []
    blocks = enumerate(entry.article.blocks)
    return [as_sentence(entry, number) for number, block in blocks if block.start == source.start]


def _groups(sources: Sequence[Numbered]) -> list[Group]:
    grouped = groupby(sources, key=lambda source: source.heading)
    return [Group(heading, tuple(members)) for heading, members in grouped]
