"""Counts and times for Prometheus. No label ever holds a word of a question or an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

if TYPE_CHECKING:
    from assistant.answer import Answer

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
LATENCY_BUCKETS_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30, 60)


class Metrics:
    """The metrics of one web process, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._answers = Counter(
            "gutbrain_answers_total",
            "Answers given, by kind, urgency, mode and channel",
            ["kind", "urgency", "mode", "channel"],
            registry=self._registry,
        )
        self._failures = Counter(
            "gutbrain_failures_total",
            "Questions that failed because of a fault of the server, by channel",
            ["channel"],
            registry=self._registry,
        )
        self._tokens = Counter(
            "gutbrain_chat_tokens_total",
            "Tokens sent to and received from the chat model",
            registry=self._registry,
        )
        self._latency = Histogram(
            "gutbrain_answer_seconds",
            "Time from question to complete answer",
            ["kind", "channel"],
            buckets=LATENCY_BUCKETS_SECONDS,
            registry=self._registry,
        )
        self._ready = Gauge(
            "gutbrain_ready", "1 when the library is loaded, else 0", registry=self._registry
        )

    def count_answer(self, answer: Answer, channel: str, seconds: float) -> None:
        """Counts a complete answer."""
        self._answers.labels(answer.kind, answer.urgency, answer.mode, channel).inc()
        self._latency.labels(answer.kind, channel).observe(seconds)
        self._tokens.inc(answer.tokens)

    def count_failure(self, channel: str) -> None:
        """Counts a question that failed."""
        self._failures.labels(channel).inc()

    def set_ready(self, *, ready: bool) -> None:
        """Records whether the library is loaded."""
        self._ready.set(int(ready))

    def exposition(self) -> bytes:
        """All metrics in Prometheus' text format."""
        return generate_latest(self._registry)
