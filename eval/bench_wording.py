"""How long a checked sentence takes from where a chat model has finished it to where it is shown.

The model is a stand-in that says sources back, word by word, without a pause: what is timed is the
assistant's own part, the finding of a sentence in a stream and its checking.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import numpy as np
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk, ChatResult

from assistant.assistant import Assistant
from assistant.generation import Writer
from assistant.generation.checking import check_draft
from assistant.generation.drafting import parse
from assistant.generation.guarding import GuardedModel
from assistant.generation.measure_checking import GivenSource, read_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from langchain_core.messages import BaseMessage

    from assistant.knowledge import Knowledge
    from assistant.settings import Settings

SOURCE = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)
SENTENCES = 4


class Repeater(BaseChatModel):
    """Says the first sources back with their markers; notes when the first one was finished."""

    finished_at: float = 0.0

    @property
    def _llm_type(self) -> str:
        return "repeater"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        raise NotImplementedError

    def _stream(
        self, messages: list[BaseMessage], *_: Any, **__: Any
    ) -> Iterator[ChatGenerationChunk]:
        for position, found in enumerate(SOURCE.findall(str(messages[-1].text))[:SENTENCES]):
            number, text = found
            for word in f"In short, {text.rstrip('.')} [{number}]. ".split(" "):
                yield ChatGenerationChunk(message=AIMessageChunk(content=f"{word} "))
            if position == 0:
                self.finished_at = time.perf_counter()


def time_first_sentences(
    settings: Settings, knowledge: Knowledge, questions: Sequence[str]
) -> list[float]:
    """Milliseconds from the model's finishing of the first sentence to its being handed out."""
    settings = settings.model_copy(
        update={"chat_model": "repeater:none", "chat_understanding": False}
    )
    model = Repeater()
    assistant = Assistant(settings, knowledge, Writer(GuardedModel(model, settings), settings))
    waits = []
    for question in questions:
        for answer in assistant.stream({"question": question}):
            if answer.mode == "generative":
                waits.append(max(time.perf_counter() - model.finished_at, 0.0) * 1000)
                break
    return waits


def time_checks(clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """Milliseconds of checking each labelled output of a model against its sources.

    Args:
        clock: gives seconds; the processor's own tells what a busy machine hides.
    """
    times = []
    for row in read_rows("model_outputs.jsonl", "tune"):
        sources = [GivenSource(s["n"], s["quote"], " ".join(s["section"])) for s in row["sources"]]
        draft = next(parse(row["output"]))
        started = clock()
        check_draft(draft, sources)
        times.append((clock() - started) * 1000)
    return times


def describe_times(times: Sequence[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    return float(np.median(times)), float(np.percentile(times, 95))
