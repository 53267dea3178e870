"""The assistant of one web process: opened in the background, asked by page and HTTP alike."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

from assistant.api.metrics import Metrics
from assistant.api.remembering import remember
from assistant.records import Records, RecordsError
from index.errors import GutbrainError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assistant.answer import Answer
    from assistant.api.bodies import AskBody
    from assistant.api.settings import WebSettings
    from assistant.knowledge import Knowledge
    from index.records import Article

Stage = Literal["loading", "ready", "failed"]
Channel = Literal["page", "api", "openai", "staff"]

logger = logging.getLogger(__name__)


class Answering(Protocol):
    """What is asked of an assistant here; `assistant.assistant.Assistant` is one."""

    def stream(self, input: dict[str, Any]) -> Iterator[Answer]:
        """Snapshots of the answer, each whole and valid, the last one complete."""

    def suggestions(self, language: str) -> tuple[str, ...]:
        """Questions to start from that the library answers."""

    def article_languages(self) -> tuple[str, ...]:
        """Languages of the library's articles, the most frequent first."""

    def glossary(self) -> dict[str, str]:
        """Terms of the library, each with what it means."""

    @property
    def knowledge(self) -> Knowledge:
        """The library as it is published now, with its search."""

    def article(self, article_id: str) -> Article | None:
        """An article of the library."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far the assistant is, and in words why it is not ready yet."""

    stage: Stage
    reason: str


class NotReadyError(GutbrainError):
    """The assistant is not loaded yet, or could not be."""


class AssistantProvider:
    """Opens the assistant in a thread of its own and answers with it when it is there.

    Attributes:
        settings: of the web process.
        metrics: counts and times of the answers given through this provider.
        records: what the clinic chose to keep, and the staff's accounts.
        failure: what kept the assistant from being opened, once it has failed.
    """

    def __init__(
        self,
        settings: WebSettings,
        open_assistant: Callable[[Callable[[str], None]], Answering],
    ) -> None:
        """`open_assistant` gets a function to report in words what it is doing."""
        self.settings = settings
        self.metrics = Metrics()
        self.records = Records(settings)
        self.failure: Exception | None = None
        self._open_assistant = open_assistant
        self._assistant: Answering | None = None
        self._reason = "The library has not been opened yet."
        self._settled = threading.Event()

    @property
    def readiness(self) -> Readiness:
        """How far the assistant is now."""
        if self._assistant is not None:
            return Readiness("ready", "The library is loaded.")
        return Readiness("failed" if self.failure else "loading", self._reason)

    @property
    def chat_state(self) -> dict[str, Any] | None:
        """How the chat model is and what it used today; None where there is none."""
        # Not every runnable that answers has a chat model to tell of.
        state: dict[str, Any] | None = getattr(self._assistant, "chat_state", None)
        return state

    def start(self) -> None:
        """Begins to open the assistant."""
        self._reason = "The library is being loaded."
        threading.Thread(target=self._open, name="opening", daemon=True).start()

    def settle(self) -> None:
        """Waits until the assistant is open or has failed to."""
        self._settled.wait()

    def wait(self, timeout_seconds: float) -> Answering:
        """The assistant, as soon as it is there.

        Raises:
            NotReadyError: if it is not there in time, or could not be opened.
        """
        self._settled.wait(timeout_seconds)
        if self._assistant is None:
            raise NotReadyError(self.readiness.reason)
        return self._assistant

    def suggestions(self, language: str, timeout_seconds: float = 0) -> tuple[str, ...]:
        """Questions to start from; none while the assistant is not there."""
        try:
            return self.wait(timeout_seconds).suggestions(language)
        except NotReadyError:
            return ()

    def article_languages(self) -> tuple[str, ...]:
        """Languages of the library's articles, the most frequent first; none while it is loaded."""
        assistant = self._assistant
        return assistant.article_languages() if assistant else ()

    def article(self, article_id: str) -> Article | None:
        """An article of the library; none while it is loaded."""
        assistant = self._assistant
        return assistant.article(article_id) if assistant else None

    def glossary(self) -> dict[str, str]:
        """Terms of the library, each with what it means; none while it is loaded."""
        assistant = self._assistant
        return assistant.glossary() if assistant else {}

    def stream(
        self, ask: AskBody, channel: Channel, timeout_seconds: float = 0
    ) -> Iterator[Answer]:
        """Snapshots of the answer; the last one is complete, and counted in the metrics.

        Raises:
            NotReadyError: if the assistant is not there in time.
        """
        assistant = self.wait(timeout_seconds)
        started = time.perf_counter()
        last: Answer | None = None
        try:
            for snapshot in assistant.stream(self._as_input(ask)):
                last = snapshot
                yield snapshot
        except GutbrainError:
            raise
        except Exception as error:
            self.metrics.count_failure(channel)
            # The type alone: an exception's text may hold what a patient wrote.
            logger.error("An answer failed with %s.", type(error).__name__)  # noqa: TRY400
            raise
        if last is not None:
            self.metrics.count_answer(last, channel, time.perf_counter() - started)
            # The front desk's own questions are no patient's words to be looked through later.
            if channel != "staff":
                remember(self.records, ask, last, channel)

    def answer(self, ask: AskBody, channel: Channel) -> Answer:
        """The complete answer; errors as `stream`."""
        snapshots = list(self.stream(ask, channel))
        if not snapshots:
            message = "The assistant gave no answer."
            raise RuntimeError(message)
        return snapshots[-1]

    def _as_input(self, ask: AskBody) -> dict[str, Any]:
        """The assistant's input, with what staff chose: a threshold, or no chat model.

        Where that cannot be read nobody is kept from an answer, and no text goes to a chat model.
        """
        record = ask.as_input()
        try:
            threshold = self.records.choices.answer_threshold()
            uses_chat = self.records.choices.uses_chat_model()
        except RecordsError as error:
            logger.warning("What staff chose could not be read: %s", error)
            threshold, uses_chat = None, False
        if threshold is not None:
            record["answer_threshold"] = threshold
        if self.chat_state is not None and not uses_chat:
            record["mode"] = "extractive"
        return record

    def _open(self) -> None:
        try:
            self._assistant = self._open_assistant(self._report)
        except GutbrainError as error:
            self.failure, self._reason = error, str(error)
        except Exception as error:  # noqa: BLE001 - whatever it is, /readyz must say so
            self.failure = error
            self._reason = f"The library could not be loaded ({type(error).__name__})."
        self.metrics.set_ready(ready=self._assistant is not None)
        self._settled.set()

    def _report(self, reason: str) -> None:
        self._reason = reason
