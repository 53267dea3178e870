"""The product itself as what is measured: the assistant of one home, called as any program would.

The one module of the harness that knows how the assistant is put together.
"""

from __future__ import annotations

import hashlib
import platform
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from assistant.assistant import Assistant
from assistant.generation import open_writer
from assistant.knowledge import Knowledge
from index.search import Searcher

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from assistant.answer import Answer
    from assistant.generation import Writer
    from assistant.settings import Settings
    from eval.cases import Turn
    from eval.meta.parts import ProductParts
    from index.entry import Entry
    from index.search import Hit

PACKAGES: Final = ("assistant", "eval", "index", "prompts")
LIBRARIES: Final = ("bm25s", "chromadb", "numpy", "sentence-transformers", "torch")


class Product:
    """The assistant of one home; extractive where it is given no writer."""

    def __init__(
        self, settings: Settings, knowledge: Knowledge, writer: Writer | None = None
    ) -> None:
        self._settings = settings
        self._knowledge = knowledge
        self._writer = writer
        self._assistant = Assistant(settings, knowledge, writer)

    @classmethod
    def open(cls, settings: Settings) -> Product:
        """Opens a home's library, models and chat model; errors as `Assistant.open`."""
        writer = open_writer(settings)
        return cls(settings, Knowledge.open(settings), writer)

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The library's articles by id."""
        return self._knowledge.library.entries

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """The answer to a question; raises what the assistant raises."""
        return self._assistant.invoke(_record(question, history))

    def ask_given(self, question: str, history: Sequence[Turn], given: Sequence[Hit]) -> Answer:
        """The answer where search puts the passages given before all others."""
        knowledge = replace(self._knowledge, searcher=self._given_first(given))
        assistant = Assistant(self._settings, knowledge, self._writer)
        return assistant.invoke(_record(question, history))

    def _given_first(self, given: Sequence[Hit]) -> Searcher:
        return _GivenFirst(self._knowledge.searcher, given)

    def search(self, text: str, limit: int) -> list[Hit]:
        """The best passages for a text, best first."""
        return self._knowledge.searcher.search(text, limit)

    @property
    def parts(self) -> ProductParts:
        """Its triage and answerability, to be asked alone."""
        from eval.meta.parts import ProductParts

        return ProductParts(self._knowledge)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts, `(n, d) float32`, unit length."""
        return self._knowledge.embedder.encode(texts)

    def redact(self, message: str) -> str:
        """The message without what identifies a person."""
        from assistant.privacy import redact

        return redact(message).text

    def describe(self) -> dict[str, Any]:
        """Index, model, settings, code and libraries; the home's place and secrets left out."""
        entries = self.entries.values()
        fields = type(self._settings).model_fields
        hidden = {name for name, field in fields.items() if not field.repr} | {"home"}
        return {
            "index": {
                "articles": len(entries),
                "passages": sum(len(entry.passages) for entry in entries),
                "sentences": sum(len(entry.sentences) for entry in entries),
                "sha256": _digest(f"{entry.article.id}@{entry.version}" for entry in entries),
            },
            "model": {
                "name": self._knowledge.embedder.name,
                "sha256": self._knowledge.embedder.checksum,
            },
            "mode": "generative" if self._writer else "extractive",
            "chat_model": self._settings.chat_model if self._writer else None,
            "retrieval": {
                "passages": self._knowledge.passages,
                "passage_tokens": self._knowledge.embedder.max_tokens,
                "fusion": asdict(self._knowledge.searcher.fusion),
            },
            "settings": self._settings.model_dump(mode="json", exclude=hidden),
            "code": {name: _checksum_package(name) for name in PACKAGES},
            "libraries": {
                "python": platform.python_version(),
                **{name: version(name) for name in LIBRARIES},
            },
        }


class _GivenFirst(Searcher):
    """A searcher that finds certain passages before all others."""

    def __init__(self, searcher: Searcher, given: Sequence[Hit]) -> None:
        self.__dict__.update(searcher.__dict__)
        self._given = list(given)

    def search(
        self, text: str, limit: int = 10, vector: NDArray[np.float32] | None = None
    ) -> list[Hit]:
        """The passages given, then what would have been found."""
        known = {(hit.article_id, hit.passage.number) for hit in self._given}
        found = super().search(text, limit, vector)
        others = [hit for hit in found if (hit.article_id, hit.passage.number) not in known]
        return [*self._given, *others][:limit]


def _record(question: str, history: Sequence[Turn]) -> dict[str, Any]:
    turns = [{"role": turn.role, "content": turn.content} for turn in history]
    return {"question": question, "history": turns}


def _checksum_package(name: str) -> str:
    """sha256 over a package's files, data and all but caches and data sets."""
    folder = Path(__file__).parents[1] / name
    files = (
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and "datasets" not in path.parts
    )
    return _digest(
        f"{path.relative_to(folder)} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in files
    )


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
