from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from assistant.api import AssistantProvider, WebSettings, create_api
from assistant.records import RecordsError

DECLINED = "Do the articles say anything on hair?"


@pytest.fixture
def ask(assistant, tmp_path, monkeypatch):
    """Asks over HTTP with settings; gives the records and the answer."""

    def make(question, history=(), **settings):
        provider = AssistantProvider(WebSettings(home=tmp_path, **settings), lambda _: assistant)
        provider.start()
        provider.settle()
        client = TestClient(create_api(provider))
        body = {"question": question, "history": list(history)}
        return provider.records, client.post("/api/ask", json=body).json()

    stream = assistant.stream

    def decline(record):
        for answer in stream(record):
            yield replace(answer, kind="abstain" if record["question"] == DECLINED else "answer")

    monkeypatch.setattr(assistant, "stream", decline)
    return make


def test_by_default_asking_leaves_nothing_behind(ask, tmp_path):
    ask(DECLINED)
    assert list(tmp_path.iterdir()) == []


def test_a_question_without_an_answer_is_kept_where_switched_on(ask):
    ask("What is magnesium?", keep_unanswered=True)
    records, answer = ask(DECLINED, keep_unanswered=True)
    assert answer["kind"] == "abstain"
    (kept,) = records.unanswered.all()
    assert (kept.question, kept.language, kept.channel) == (DECLINED, "en", "api")
    assert records.conversations.all() == ()


def test_a_conversation_is_kept_once_where_switched_on(ask):
    _, first = ask("Hvad er magnesium?", keep_conversations=True)
    history = [
        {"role": "user", "content": "Hvad er magnesium?"},
        {"role": "assistant", "content": first["text"]},
    ]
    records, _ = ask("Og zink, tlf. 22 33 44 55?", history, keep_conversations=True)
    (kept,) = records.conversations.all()
    assert [role for role, _ in kept.turns] == ["user", "assistant"] * 2
    assert kept.turns[2] == ("user", "Og zink, tlf. [phone]?")
    assert kept.language == "da"


def test_records_that_fail_keep_nobody_from_the_answer(ask, tmp_path, caplog):
    (tmp_path / "records.sqlite").write_text("no database " * 100)
    records, answer = ask(DECLINED, keep_unanswered=True)
    assert answer["kind"] == "abstain"
    assert "could not be kept" in caplog.text
    assert "hair" not in caplog.text
    with pytest.raises(RecordsError):
        records.unanswered.all()
