"""Leaves a chat model alone that keeps failing (circuit breaker, Nygard 2007), and counts tokens.

Both hold the little state that outlives an answer; they are asked by several threads.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

State = Literal["closed", "open", "half_open"]
MAX_FAILURES = 3
PAUSE_SECONDS = 60.0
LONGEST_PAUSE_SECONDS = 3600.0
DAY_SECONDS = 86_400


class CircuitBreaker:
    """Closed while the model answers; open for a while after failures; half open for one try."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._open_until: float | None = None
        self._trying = False

    @property
    def state(self) -> State:
        """The state now."""
        if self._open_until is None:
            return "closed"
        return "open" if self._clock() < self._open_until else "half_open"

    def allows(self) -> bool:
        """Whether the model may be asked; half open, the first to ask tries for all."""
        with self._lock:
            if self.state == "half_open" and not self._trying:
                self._trying = True
                return True
            return self.state == "closed"

    def succeed(self) -> None:
        """The model answered."""
        with self._lock:
            self._failures, self._open_until, self._trying = 0, None, False

    def fail(self, retry_after_seconds: float | None = None) -> None:
        """The model failed; where it says for how long, that counts."""
        with self._lock:
            self._failures += 1
            if self._failures >= MAX_FAILURES or retry_after_seconds or self._trying:
                pause = min(retry_after_seconds or PAUSE_SECONDS, LONGEST_PAUSE_SECONDS)
                self._open_until = self._clock() + pause
            self._trying = False


class DailyBudget:
    """How many tokens are left of a day (UTC), and how many answers they went into.

    Attributes:
        max_tokens: of a day; None is without end.
    """

    def __init__(self, max_tokens: int | None, clock: Callable[[], float] = time.time) -> None:
        self.max_tokens = max_tokens
        self._clock = clock
        self._lock = threading.Lock()
        self._day = 0
        self._sent = self._received = 0
        self._answers = 0

    @property
    def used(self) -> int:
        """Tokens used today, sent and received."""
        return sum(self.sent_and_received)

    @property
    def sent_and_received(self) -> tuple[int, int]:
        """Tokens of today, which may have two prices."""
        with self._lock:
            return (self._sent, self._received) if self._day == self._today() else (0, 0)

    @property
    def answers(self) -> int:
        """Answers worded today."""
        with self._lock:
            return self._answers if self._day == self._today() else 0

    def allows(self, tokens: int) -> bool:
        """Whether so many more may be used today."""
        return self.max_tokens is None or self.used + tokens <= self.max_tokens

    def use(self, sent: int, received: int = 0) -> None:
        """Counts tokens as used."""
        with self._lock:
            self._begin_day()
            self._sent += sent
            self._received += received

    def count_answer(self) -> None:
        """Counts an answer as worded."""
        with self._lock:
            self._begin_day()
            self._answers += 1

    def _begin_day(self) -> None:
        if self._day != self._today():
            self._day, self._sent, self._received, self._answers = self._today(), 0, 0, 0

    def _today(self) -> int:
        return int(self._clock() // DAY_SECONDS)
