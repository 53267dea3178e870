"""Spans of answers: stages below their answer, how it ended, and never a word."""

import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from assistant import tracing
from assistant.answer import Answer
from assistant.settings import Settings
from assistant.stages import in_stage, stage, timing_stages
from assistant.tracing import TracingError, start_tracing, trace_to, tracing_answer

WORDS = "my stomach hurts"


@pytest.fixture
def spans():
    exporter = InMemorySpanExporter()
    trace_to(SimpleSpanProcessor(exporter))
    yield exporter
    trace_to(None)


@stage("retrieval")
def retrieve(text):
    if text == WORDS:
        raise ValueError(text)


def snapshots(trace):
    with in_stage("wording", trace.step("wording")):
        yield from "ab"


def test_stages_hang_below_their_answer_and_hold_no_words(spans):
    with timing_stages() as times, tracing_answer() as trace:
        with trace.current():
            retrieve("fibre")
            with pytest.raises(ValueError, match=WORDS):
                retrieve(WORDS)
        assert list(snapshots(trace)) == ["a", "b"]
        trace.tell(Answer(WORDS, WORDS, "abstain", "none", WORDS))
    first, failed, wording, root = spans.get_finished_spans()
    assert [s.name for s in (first, failed, wording, root)] == [
        "retrieval",
        "retrieval",
        "wording",
        "answer",
    ]
    assert {s.parent.span_id for s in (first, failed, wording)} == {root.context.span_id}
    assert failed.status.description == "ValueError"
    assert (root.attributes["answer.kind"], root.attributes["answer.sources"]) == ("abstain", 0)
    assert not any(WORDS in span.to_json() for span in spans.get_finished_spans())
    assert set(times) == {"retrieval", "wording"}


def test_a_step_may_be_left_and_entered_from_another_thread(spans):
    from concurrent.futures import ThreadPoolExecutor

    with tracing_answer() as trace:
        steps = snapshots(trace)
        for _ in range(2):
            with ThreadPoolExecutor(1) as pool:
                pool.submit(next, steps).result()
        steps.close()
    assert [span.name for span in spans.get_finished_spans()] == ["wording", "answer"]


def test_without_a_collector_nothing_is_noted():
    with tracing_answer() as trace, trace.current(), trace.step("wording"):
        retrieve("fibre")
        trace.tell(Answer(WORDS, WORDS, "abstain", "none", WORDS))
    start_tracing(Settings())
    assert tracing._tracer is None


def test_a_missing_package_names_its_line(monkeypatch):
    monkeypatch.setattr(tracing, "PACKAGES", ("opentelemetry.no_such_part",))
    with pytest.raises(TracingError, match=r"run pip install 'gutbrain\[tracing\]'"):
        start_tracing(Settings(otlp_endpoint="http://127.0.0.1:4317"))
