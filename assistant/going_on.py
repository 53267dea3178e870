"""Messages that live on the conversation alone: "tell me more", "go on", "why?".

Who asks for more of an answer is told what its article says next. Without a conversation such a
message names nothing, and is asked back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from assistant.composition import compose
from assistant.intents import classify
from assistant.recalling import recall_cited
from assistant.selection import list_pieces, make_piece
from assistant.understanding import names_topic, read_ordinal
from index.keyword import WORD

if TYPE_CHECKING:
    from assistant.asked import Asked
    from assistant.composition import Composition, Piece
    from assistant.knowledge import Knowledge
    from index.entry import Entry
    from index.library import Library
    from index.records import Sentence

MAX_WORDS = 8
"""Words of a message that may live on the conversation alone."""

LEAST = 0.6
"""Probability from which on it does where nothing was said before, or asks for more."""

SURE = 0.9
"""Probability from which on it says nothing even of what was said before: "men?" does."""

MAX_NEXT = 3
"""Sentences that are said next, a list counting as one."""

_QUOTABLE = frozenset({"paragraph", "list_item", "table_row"})


def wants_conversation(
    message: str, knowledge: Knowledge, *, alone: bool
) -> Literal["more", "unclear"] | None:
    """Whether a message asks for more of what was said, or says nothing without it.

    One that names a topic of the library does neither, nor does one that counts ("tell me more
    about the third"). Of 9,593 questions of the training cases, by a classifier that has not seen
    their libraries, 10 would be taken for such but for the topics.

    Args:
        message: as typed.
        knowledge: of the library.
        alone: whether nothing was said before it.
    """
    if len(WORD.findall(message)) > MAX_WORDS or names_topic(message, knowledge.lexicon):
        return None
    chances = dict(classify(message, knowledge.question_embedder.encode([message])[0]).ranked)
    if alone:
        return "unclear" if chances["more"] + chances["unclear"] >= LEAST else None
    if chances["more"] >= LEAST:
        return "more" if read_ordinal(message) is None else None
    return "unclear" if chances["unclear"] >= SURE else None


def tell_next(asked: Asked, library: Library) -> Composition | None:
    """What the article that was cited last says behind what was said of it; None at its end.

    None, too, where the answer before cited no sentence of the library.
    """
    history = asked.conversation.history
    last = recall_cited(history[-1:], library)
    if not last:
        return None
    entry = last[-1][0]
    said = {
        sentence.number
        for number, turn in enumerate(history)
        if turn.role == "assistant"
        for own, sentence in recall_cited(history[number : number + 1], library)
        if own.article.id == entry.article.id
    }
    pieces = _find_next(entry, max(s.number for own, s in last if own is entry), said)
    return compose(pieces) if pieces else None


def _find_next(entry: Entry, position: int, said: set[int]) -> list[Piece]:
    """The next few sentences of one section that were not said yet, lists whole."""
    blocks = entry.article.blocks
    behind = [s for s in entry.sentences[position + 1 :] if s.number not in said]
    quotable = [s for s in behind if blocks[s.block].kind in _QUOTABLE]
    parts: dict[tuple[str, int], list[Piece]] = {}
    for sentence in quotable:
        block = blocks[sentence.block]
        if block.section != blocks[quotable[0].block].section:
            break
        if block.group is not None:
            parts.setdefault(("list", block.group), list_pieces(entry, block.group))
        elif not _only_introduces(entry, sentence):
            parts["sentence", sentence.number] = [make_piece(entry, sentence)]
    chosen = [piece for part in list(parts.values())[:MAX_NEXT] for piece in part]
    return list({piece.sentence.number: piece for piece in chosen}.values())


def _only_introduces(entry: Entry, sentence: Sentence) -> bool:
    """Whether a list follows that is said with this sentence before it."""
    following = entry.article.blocks[sentence.block + 1 : sentence.block + 2]
    introduces = any(block.lead_in == sentence.block for block in following)
    return introduces and entry.quote(sentence).endswith(":")
