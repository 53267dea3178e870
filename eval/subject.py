"""What is measured, as the harness sees it: something that answers, searches and redacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.answer import Answer
    from eval.cases import Turn
    from index.entry import Entry
    from index.search import Hit


class Subject(Protocol):
    """An assistant with its library; the same input gives the same output."""

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The library's articles by id."""
        ...

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """The answer to a question."""
        ...

    def ask_given(self, question: str, history: Sequence[Turn], given: Sequence[Hit]) -> Answer:
        """The answer where search puts the passages given before all others."""
        ...

    def search(self, text: str, limit: int) -> list[Hit]:
        """The best passages for a text, best first."""
        ...

    def redact(self, message: str) -> str:
        """The message without what identifies a person."""
        ...

    def describe(self) -> dict[str, Any]:
        """What a manifest says of it: index, model, code, settings; JSON-ready, without times."""
        ...
