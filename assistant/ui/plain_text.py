"""An answer as plain text with its sources: for the clipboard and for screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.rows import unfold_tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.answer import Answer
    from assistant.ui.source_card import SourceCard
    from prompts.texts import Texts


def write_plain_answer(answer: Answer, cards: Iterable[SourceCard], texts: Texts) -> str:
    """Question, answer with markers, notice, and the sources with their addresses."""
    parts = [answer.question, spoken_text(answer)]
    lines = [f"[{card.number}] {_describe(card)}" for card in cards]
    if lines:
        parts.append("\n".join([f"{texts['sources.heading']}:", *lines]))
    return "\n\n".join(parts)


def spoken_text(answer: Answer) -> str:
    """What is read out: urgent guidance first, then the answer, then what else is to be known."""
    notice = [answer.notice] if answer.notice else []
    text = unfold_tables(answer.text)
    if answer.urgency != "none":
        return "\n\n".join([*notice, text])
    return "\n\n".join([text, *notice])


def _describe(card: SourceCard) -> str:
    return ". ".join(part for part in (card.title, card.byline, card.web_link) if part)
