"""A chat model that reads questions and proposes further ones: checked, bounded, never needed."""

import importlib.util
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration
pytest.importorskip("langchain_openai", reason="pip install 'gutbrain[openai]'")

HERE = Path(__file__).parent / "openai_server.py"
HISTORY = [
    {"role": "user", "content": "What are short-chain fatty acids?"},
    {"role": "assistant", "content": "Small molecules that gut bacteria make from fibre. [1]"},
]
FOLLOW_UP = {"question": "And which foods feed them?", "history": HISTORY}


class Talker:
    """Says one thing to each kind of request, and keeps what it was asked."""

    def __init__(self, **replies):
        self.replies = replies
        self.asked = {}

    def __call__(self, request):
        system, user = (message["content"] for message in request["messages"][-2:])
        words = {
            "rewrite": "rewrite",
            "into English": "translate",
            "other ways": "variants",
            "propose": "follow_ups",
        }
        task = next((name for word, name in words.items() if word in system), "answer")
        self.asked[task] = f"{system}\n{user}"
        return self.replies.get(task, "")


@pytest.fixture(scope="module")
def server():
    spec = importlib.util.spec_from_file_location("openai_server", HERE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    server = module.ChatServer()
    yield server
    server.close()


@pytest.fixture(scope="module")
def knowledge(starter_home, embedder):
    from assistant.knowledge import Knowledge
    from assistant.settings import load_settings

    return Knowledge.open(load_settings(starter_home), embedder)


@pytest.fixture
def ask(server, knowledge, starter_home):
    from assistant.assistant import Assistant
    from assistant.generation import open_writer
    from assistant.settings import Settings

    def ask(talker, record, ending="done", **fields):
        server.say(talker, ending=ending)
        fields = {"chat_base_url": server.url, **fields}
        settings = Settings(home=starter_home, chat_model="openai:tiny", **fields)
        return Assistant(settings, knowledge, open_writer(settings)).invoke(record)

    return ask


def test_a_faithful_reading_is_taken_and_one_that_adds_is_not(ask):
    own = ask(Talker(), FOLLOW_UP, chat_understanding=False)
    read = "Which foods feed the gut bacteria that make short-chain fatty acids?"
    taken = ask(Talker(rewrite=read), FOLLOW_UP)
    assert (taken.standalone_question, taken.kind) == (read, "answer")
    added = ask(Talker(rewrite="Which foods with iron feed short-chain fatty acids?"), FOLLOW_UP)
    assert added.standalone_question == own.standalone_question != read


def test_danish_finds_english_articles_in_the_words_of_the_model_if_they_can_be_its_own(ask):
    question = {"question": "Jeg hedder Anna Larsen, hvad er kortkædede fedtsyrer?"}
    alone = ask(Talker(), question)
    assert (alone.kind, "på engelsk" in alone.notice) == ("abstain", True)
    talker = Talker(translate="What are short-chain fatty acids?")
    found = ask(talker, question)
    assert (found.kind, found.standalone_question) == ("answer", talker.replies["translate"])
    assert "forstod dit spørgsmål som “What are short-chain fatty acids?”" in found.notice
    assert "Larsen" not in str(talker.asked)
    assert ask(talker, {"question": "Hvad er en koloskopi?"}).kind == "abstain"
    assert ask(talker, question, chat_understanding=False).kind == "abstain"


def test_proposed_questions_are_shown_where_the_library_answers_them(ask):
    answered = "What is a gastroscopy?"
    proposed = f"1. What does a gastroscopy cost in Peru?\n2. {answered}\n3. Sing a song?"
    source = "Short-chain fatty acids are small molecules that gut bacteria make [1]."
    talker = Talker(answer=source, follow_ups=proposed)
    answer = ask(talker, {"question": HISTORY[0]["content"]})
    assert answer.mode == "generative"
    assert answer.follow_ups[0] == answered
    assert not {"Sing a song?", "What does a gastroscopy cost in Peru?"} & {*answer.follow_ups}
    assert answer.tokens > 100


def test_the_conversation_and_the_level_reach_the_model_redacted_and_not_a_hosted_one(ask):
    talk = [{"role": "user", "content": "I am Anna Larsen, tlf. 22 33 44 55."}, *HISTORY]
    record = {"question": HISTORY[0]["content"], "history": talk, "level": "simple"}
    talker = Talker()
    ask(talker, record)
    assert "gut bacteria make from fibre" in talker.asked["answer"]
    assert "twelve-year-old" in talker.asked["answer"]
    assert "Larsen" not in str(talker.asked)
    closed = Talker()
    ask(closed, {**FOLLOW_UP, "history": talk}, chat_understanding=False)
    assert set(closed.asked) <= {"answer"}
    assert "<conversation>" not in closed.asked.get("answer", "")


def test_a_slow_reader_is_not_waited_for_and_dangers_are_not_read(ask, server):
    own = ask(Talker(), FOLLOW_UP, chat_understanding=False)
    slow = {"chat_aside_seconds": 0.3, "chat_timeout_seconds": 1.0}
    answer = ask(Talker(), FOLLOW_UP, ending="stall", **slow)
    assert (answer.standalone_question, answer.kind) == (own.standalone_question, own.kind)
    assert answer.latency_ms - own.latency_ms < 5000
    asked = len(server.requests)
    danger = {"question": "And now I have chest pain and cannot breathe", "history": HISTORY}
    assert ask(Talker(), danger).kind == "guidance"
    assert len(server.requests) == asked


def test_each_stage_has_a_span_without_a_word_of_the_patient(ask):
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    from assistant.tracing import trace_to

    exporter = InMemorySpanExporter()
    trace_to(SimpleSpanProcessor(exporter))
    try:
        source = "Short-chain fatty acids are small molecules that gut bacteria make [1]."
        ask(Talker(answer=source, follow_ups="What is a gastroscopy?"), FOLLOW_UP)
        ask(Talker(answer=source), {"question": HISTORY[0]["content"]})
    finally:
        trace_to(None)
    spans = exporter.get_finished_spans()
    names = {span.name for span in spans}
    assert {
        "answer",
        "triage",
        "understanding",
        "asking",
        "retrieval",
        "wording",
        "follow_ups",
    } <= names
    assert {span.name for span in spans if span.parent is None} == {"answer"}
    assert not any("fatty" in span.to_json() for span in spans)
