"""OpenTelemetry: a span for each answer and each of its stages, where a collector is set.

Spans say how long and how it ended, and count; they never hold a word of a question or an answer,
nor the text of an exception, which may repeat what a patient wrote.
"""

from __future__ import annotations

import contextlib
from importlib.util import find_spec
from typing import TYPE_CHECKING

from index.errors import GutbrainError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from opentelemetry.sdk.trace import SpanProcessor
    from opentelemetry.trace import Span, Tracer

    from assistant.answer import Answer
    from assistant.settings import Settings

PACKAGES = ("opentelemetry.sdk", "opentelemetry.exporter.otlp.proto.grpc")
FACTS = ("kind", "urgency", "mode", "model", "tokens", "confidence")
"""What a span says of an answer, beside how many sentences, sources and questions it has."""

_tracer: Tracer | None = None


class TracingError(GutbrainError):
    """Spans cannot be sent as the settings ask for."""


def start_tracing(settings: Settings) -> None:
    """Sends spans to the collector that the settings name; does nothing where they name none.

    Raises:
        TracingError: if the packages for it are not installed.
    """
    if settings.otlp_endpoint is None or _tracer is not None:
        return
    if not all(_is_installed(package) for package in PACKAGES):
        raise TracingError(
            "GUTBRAIN_OTLP_ENDPOINT is set, but OpenTelemetry is not installed: run "
            "pip install 'gutbrain[tracing]'."
        )
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    trace_to(BatchSpanProcessor(OTLPSpanExporter(endpoint=str(settings.otlp_endpoint))))


def trace_to(processor: SpanProcessor | None) -> None:
    """Gives all spans of this process to a processor, from now on; None ends it.

    The provider is the project's own: a program that this one is part of keeps its global one.
    """
    global _tracer  # noqa: PLW0603 - one collector a process, as OpenTelemetry has it itself
    if processor is None:
        _tracer = None
        return
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider

    provider = TracerProvider(resource=Resource.create({"service.name": "gutbrain"}))
    provider.add_span_processor(processor)
    _tracer = provider.get_tracer("gutbrain")


class Trace:
    """The span of one answer. Steps hang below it, also where a generator goes on elsewhere."""

    def __init__(self, span: Span | None) -> None:
        self._span = span

    @contextlib.contextmanager
    def current(self) -> Iterator[None]:
        """Stages within the block are of this answer."""
        if self._span is None:
            yield
            return
        from opentelemetry.trace import use_span

        with use_span(self._span, record_exception=False, set_status_on_exception=False):
            yield

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        """A stage that may be left and entered again, as a generator is."""
        if self._span is None or _tracer is None:
            yield
            return
        from opentelemetry.trace import set_span_in_context

        with _ending(_tracer.start_span(name, context=set_span_in_context(self._span))):
            yield

    def tell(self, answer: Answer) -> None:
        """Notes what kind of answer it became; no words of it."""
        if self._span is None:
            return
        facts = {f"answer.{name}": getattr(answer, name) for name in FACTS}
        counted = {"sentences", "sources", "related", "follow_ups"}
        facts |= {f"answer.{name}": len(getattr(answer, name)) for name in sorted(counted)}
        self._span.set_attributes({k: value for k, value in facts.items() if value is not None})


@contextlib.contextmanager
def tracing_answer() -> Iterator[Trace]:
    """The trace of one answer, which ends with the block."""
    if _tracer is None:
        yield Trace(None)
        return
    with _ending(_tracer.start_span("answer")) as span:
        yield Trace(span)


@contextlib.contextmanager
def spanning(name: str) -> Iterator[None]:
    """A span of the block, below the one that is current."""
    if _tracer is None:
        yield
        return
    span = _tracer.start_span(name)
    with _ending(span), Trace(span).current():
        yield


@contextlib.contextmanager
def _ending(span: Span) -> Iterator[Span]:
    """Ends a span with the block; of an error it says the type alone."""
    from opentelemetry.trace import Status, StatusCode

    try:
        yield span
    except Exception as error:
        span.set_status(Status(StatusCode.ERROR, type(error).__name__))
        raise
    finally:
        span.end()


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:
        return False
