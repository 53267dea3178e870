"""Asks the chat model and gives its chunks of text, within a time limit whatever it does."""

from __future__ import annotations

import contextvars
import queue
import re
import threading
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING

from assistant.generation.recording import recording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from langchain_core.language_models import BaseChatModel

    from assistant.generation.guarding import Prompt


class ChatFailure(Exception):
    """The model failed; names the kind of failure and never what was said.

    Attributes:
        kind: a word for logs and metrics: the type of the error, or `timeout`.
        retry_after_seconds: for how long the model asks to be left alone, where it says so.
    """

    def __init__(self, kind: str, retry_after_seconds: float | None = None) -> None:
        super().__init__(f"The chat model failed ({kind}).")
        self.kind = kind
        self.retry_after_seconds = retry_after_seconds


def stream_text(model: BaseChatModel, prompt: Prompt, timeout_seconds: float) -> Iterator[str]:
    """The model's text as it comes.

    The model is read in a thread: a client's own timeout counts from one byte to the next, and a
    server that sends a byte now and then would never end.

    Raises:
        ChatFailure: if the model fails or has not ended in time.
    """
    chunks: queue.Queue[str | Exception | None] = queue.Queue()
    stopped = threading.Event()
    # LangChain's counters hang on the context, which a thread does not inherit.
    read = partial(contextvars.copy_context().run, _read, model, prompt, chunks, stopped)
    threading.Thread(target=read, name="chat-model", daemon=True).start()
    deadline = time.monotonic() + timeout_seconds
    try:
        while True:
            try:
                chunk = chunks.get(timeout=max(deadline - time.monotonic(), 0.001))
            except queue.Empty:
                raise ChatFailure("timeout") from None
            if chunk is None:
                return
            if isinstance(chunk, Exception):
                raise ChatFailure(_name(chunk), _retry_after(chunk)) from None
            yield chunk
            if time.monotonic() > deadline:
                raise ChatFailure("timeout")
    finally:
        stopped.set()


def _read(
    model: BaseChatModel,
    prompt: Prompt,
    chunks: queue.Queue[str | Exception | None],
    stopped: threading.Event,
) -> None:
    try:
        messages = [("system", prompt.system), ("human", prompt.user)]
        with recording(on=bool(model.callbacks)):
            for message in model.stream(messages):
                if stopped.is_set():
                    return
                chunks.put(str(message.text))
        chunks.put(None)
    except Exception as error:  # noqa: BLE001 - whatever a provider raises, the answer stands
        chunks.put(error)


def _name(error: Exception) -> str:
    """A client's own limit of time is the same to the reader as ours."""
    name = type(error).__name__
    return "timeout" if "timeout" in name.casefold() else name


def _retry_after(error: Exception) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    return read_retry_after(headers.get("retry-after", ""), headers.get("date", ""))


def read_retry_after(value: str, sent: str = "") -> float | None:
    """Seconds that a Retry-After asks for: a count, or until a date (RFC 9110, 10.2.3).

    Args:
        value: of the header; None is given for what is neither, or is past.
        sent: when the response was sent, by the server's clock; else this machine's counts.
    """
    if re.fullmatch(r"\s*\d+(?:\.\d+)?\s*", value):
        return float(value) or None
    until = _read_date(value)
    if until is None:
        return None
    now = _read_date(sent) or datetime.now(UTC)
    seconds = (until - now).total_seconds()
    return seconds if seconds > 0 else None


def _read_date(text: str) -> datetime | None:
    try:
        read = parsedate_to_datetime(text)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
