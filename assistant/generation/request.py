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
from prompts.chat import render
from prompts.tokens import keep_newest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.answer import Answer
    from assistant.conversation import Conversation, Turn
    from assistant.settings import Settings
    from index.library import Library


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
        """Whether it is an item of a list."""
        return self.piece.entry.article.blocks[self.piece.sentence.block].kind == "list_item"

    @property
    def heading(self) -> str:
        """Title and headings above it."""
        article = self.piece.entry.article
        return " > ".join([article.title, *article.blocks[self.piece.sentence.block].section])


HISTORY_SHARE = 4
"""The history gets at most this part of the budget: the sources are what an answer is made of."""


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """What is sent, and what its numbers stand for."""

    prompt: Prompt
    sources: tuple[Numbered, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Sources under one heading, for the template."""

    heading: str
    sources: tuple[Numbered, ...]


def build_request(
    answer: Answer, library: Library, redacted: Conversation, settings: Settings
) -> ChatRequest:
    """The request that fits the token budget; sentences of the answer itself always stay.

    Args:
        answer: extractive, with its sources.
        library: where they stand.
        redacted: the question as understood, never cut, with those turns before it that may be
            sent; the oldest ones are left out first.
        settings: the budget.
    """
    turns = _keep_turns(redacted, settings.chat_max_input_tokens // HISTORY_SHARE)
    pieces = list(_pieces(answer, library))
    spare = [position for position, (_, chosen) in enumerate(pieces) if not chosen]
    while True:
        sources = tuple(
            Numbered(number, piece, chosen)
            for number, (piece, chosen) in enumerate(pieces, start=1)
        )
        system = render("answer", "system", level=redacted.level)
        groups = _groups(sources)
        user = render("answer", "user", turns=turns, groups=groups, question=redacted.question)
        prompt = Prompt.of(system, user)
        if prompt.tokens <= settings.chat_max_input_tokens or not spare:
            return ChatRequest(prompt, sources)
        # Half of what may go at once: counting again for each sentence would be slow.
        for position in reversed(spare[len(spare) // 2 :]):
            del pieces[position]
        del spare[len(spare) // 2 :]


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
        for sentence in entry.sentences:
            key = source.article_id, sentence.start
            if source.passage_start <= sentence.start < end and key not in seen:
                seen.add(key)
                yield Piece(entry, sentence), key in quoted


def _groups(sources: Sequence[Numbered]) -> list[Group]:
    grouped = groupby(sources, key=lambda source: source.heading)
    return [Group(heading, tuple(members)) for heading, members in grouped]
