"""Checked sentences → an answer with markers, its sources numbered in order of first use."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answer import AnswerSentence
from assistant.citing import cite
from assistant.generation.checking import Checked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.answer import Answer, Source
    from assistant.generation.request import Numbered


class Assembly:
    """An answer that grows by a checked sentence at a time.

    Attributes:
        cited: numbers, in the request, of the sources that are cited so far.
    """

    def __init__(self, extractive: Answer, sources: Mapping[int, Numbered], model: str) -> None:
        self._answer = replace(
            extractive, mode="generative", model=model, text="", sentences=(), sources=()
        )
        self._known = sources
        self._numbers: dict[int, int] = {}
        self.cited: set[int] = set()

    def add(self, checked: Checked) -> Answer | None:
        """The answer with one more sentence; None where it is said already."""
        if any(_bare(checked.text) == _bare(said.text) for said in self._answer.sentences):
            return None
        sources = list(self._answer.sources)
        for number in checked.cited:
            if number not in self._numbers:
                self._numbers[number] = len(sources) + 1
                sources.append(self._cite(number, len(sources) + 1))
        self.cited.update(checked.cited)
        cited = tuple(self._numbers[number] for number in checked.cited)
        said = AnswerSentence(checked.text, cited, checked.support)
        text = self._answer.text + self._gap(item=checked.item) + checked.text
        self._answer = replace(
            self._answer,
            text=f"{text} {''.join(f'[{number}]' for number in cited)}",
            sentences=(*self._answer.sentences, said),
            sources=tuple(sources),
        )
        return self._answer

    def complete(self, essential: Sequence[Numbered]) -> Answer | None:
        """The answer with those sources in their own words that the model passed over.

        Whatever it left out, or broke off before, an answer tells no less than the extractive one.
        """
        answer: Answer | None = None
        for source in essential:
            if source.number not in self.cited:
                said = Checked("replaced", source.text, (source.number,), 1.0, source.is_item)
                answer = self.add(said) or answer
        return answer

    def _cite(self, number: int, n: int) -> Source:
        piece = self._known[number].piece
        return cite(piece.entry, piece.sentence, n)

    def _gap(self, *, item: bool) -> str:
        text = self._answer.text
        if item:
            return "\n- " if text else "- "
        in_list = text.rsplit("\n", 1)[-1].startswith("- ")
        return "" if not text else "\n\n" if in_list else " "


def _bare(text: str) -> str:
    """What two copies of a sentence have in common whatever their final mark."""
    return text.rstrip(".!?:; ")
