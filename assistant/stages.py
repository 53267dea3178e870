"""How long each stage of answering takes, for whoever listens; nothing is measured else.

with timing_stages() as milliseconds:
    assistant.invoke(…)
milliseconds["retrieval"]
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

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


def stage(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Marks a function as a stage of answering. Stages do not hold one another."""

    def mark(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def timed(*args: P.args, **kwargs: P.kwargs) -> R:
            times = _listener.get()
            if times is None:
                return function(*args, **kwargs)
            started = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                elapsed_ms = (time.perf_counter() - started) * 1000
                times[name] = times.get(name, 0.0) + elapsed_ms

        return timed

    return mark
