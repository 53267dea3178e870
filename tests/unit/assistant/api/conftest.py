from types import SimpleNamespace

import pytest

from assistant.answer import Answer, AnswerSentence
from assistant.api import AssistantProvider, WebSettings, create_api

FIRST = AnswerSentence("One.", (), 1.0)
SECOND = AnswerSentence("Two.", (), 1.0)


def make_answer(question, sentences):
    text = " ".join(sentence.text for sentence in sentences)
    return Answer(question, question, "answer", "none", text, sentences, confidence=0.9)


class ScriptedAssistant:
    """Answers in two sentences, and keeps what it was asked."""

    def __init__(self):
        self.asked = []

    def stream(self, record):
        self.asked.append(record)
        if "fault" in record["question"]:
            raise RuntimeError(record["question"])
        yield make_answer(record["question"], (FIRST,))
        yield make_answer(record["question"], (FIRST, SECOND))

    def suggestions(self, language):
        return (f"A question in {language}?",)


@pytest.fixture
def assistant():
    return ScriptedAssistant()


@pytest.fixture
def provider(assistant):
    provider = AssistantProvider(
        WebSettings(max_question_characters=50, max_body_bytes=2000), lambda _: assistant
    )
    provider.start()
    provider.settle()
    return provider


@pytest.fixture
def client(provider):
    from starlette.testclient import TestClient

    return TestClient(create_api(provider), raise_server_exceptions=False)


@pytest.fixture
def unready_client():
    from starlette.testclient import TestClient

    provider = AssistantProvider(WebSettings(), lambda _: SimpleNamespace())
    return TestClient(create_api(provider))
