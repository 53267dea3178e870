"""The stages of answering: how long each takes, for whoever listens, and its span.

with timing_stages() as milliseconds:
    assistant.invoke(…)
milliseconds["retrieval"]
"""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from assistant.tracing import spanning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

P = ParamSpec("P")
R = TypeVar("R")

_listener: ContextVar[dict[str, float] | None] = ContextVar("stages", default=None)


@contextmanager
def timing_stages() -> Iterator[dict[str, float]]:
    """Stage → milliseconds spent in it within the block, in this thread or task alone."""
    times: dict[str, float] = {}
    token = _listener.set(times)
    try:
        yield times
    finally:
        _listener.reset(token)


@contextmanager
def in_stage(name: str, span: AbstractContextManager[None]) -> Iterator[None]:
    """Marks a block as a stage of answering, with its span."""
    times = _listener.get()
    started = time.perf_counter()
    try:
        with span:
            yield
    finally:
        if times is not None:
            times[name] = times.get(name, 0.0) + (time.perf_counter() - started) * 1000


def stage(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Marks a function as a stage of answering. Stages do not hold one another."""

    def mark(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def timed(*args: P.args, **kwargs: P.kwargs) -> R:
            with in_stage(name, spanning(name)):
                return function(*args, **kwargs)

        return timed

    return mark
