from dataclasses import replace
from types import SimpleNamespace

import pytest

from assistant.api import AssistantProvider, WebSettings
from assistant.ui.phones import open_phone_book
from assistant.ui.turns import answer_turn
from index.errors import HomeError
from prompts.texts import load_texts

DANISH = load_texts("da")
PHONES = open_phone_book(WebSettings(country="DK"))


def provider_of(answers):
    def stream(_record):
        yield from answers

    assistant = SimpleNamespace(stream=stream, glossary=dict)
    provider = AssistantProvider(WebSettings(max_question_characters=20), lambda _: assistant)
    provider.start()
    provider.settle()
    return provider


def request(question="Hvad?", history=()):
    return {"turn": "t1", "ask": {"question": question, "history": list(history)}}


@pytest.mark.parametrize(("mode", "drawn"), [("extractive", 1), ("generative", 3)])
def test_the_last_turn_is_complete_and_as_many_are_drawn_before_as_are_worth_it(
    answer, mode, drawn
):
    answers = [replace(answer, mode=mode)] * 3
    turns = list(answer_turn(provider_of(answers), DANISH, PHONES, request()))
    assert [turn["state"] for turn in turns] == [*["streaming"] * drawn, "complete"]
    assert turns[-1]["text"] == answer.text
    assert "Kilder" in turns[-1]["html"]


def test_a_screen_reader_is_told_once_and_an_alarm_loudly(emergency):
    *_, turn = answer_turn(provider_of([emergency]), DANISH, PHONES, request())
    assert turn["announcement"].startswith("Call 112 now.")
    assert turn["urgent"]


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        ({"question": "x" * 21}, "21 tegn; 20 er tilladt"),
        ({"question": "  "}, "empty"),
        ({"question": 3}, "question"),
        ({"question": "a", "history": [{"role": "system", "content": "b"}]}, "history.0.role"),
        (None, "object"),
    ],
)
def test_a_request_that_cannot_be_answered_says_why(ask, message):
    [turn] = answer_turn(provider_of([]), DANISH, PHONES, {"turn": "t1", "ask": ask})
    assert turn["state"] == "failed"
    assert message in turn["announcement"]


@pytest.mark.parametrize("sent", [None, "words", ["words"], {"turn": {"a": 1}}], ids=repr)
def test_what_our_page_would_not_send_is_told_too(sent):
    [turn] = answer_turn(provider_of([]), DANISH, PHONES, sent)
    assert turn["state"] == "failed"


def test_a_fault_shows_nothing_of_itself(caplog):
    def fail():
        raise RuntimeError("secret words of a patient")
        yield

    [turn] = answer_turn(provider_of(fail()), DANISH, PHONES, request())
    assert turn["announcement"] == DANISH["answer.failed"]
    assert "secret" not in turn["html"]
    assert "secret" not in caplog.text


def test_a_library_that_cannot_be_opened_is_told():
    def fail(_report):
        raise HomeError("The library is empty.")

    provider = AssistantProvider(WebSettings(), fail)
    provider.start()
    provider.settle()
    turns = list(answer_turn(provider, DANISH, PHONES, request()))
    assert turns[-1]["announcement"] == "The library is empty."
