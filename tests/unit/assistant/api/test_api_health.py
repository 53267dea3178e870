import pytest

from assistant.api import AssistantProvider, WebSettings
from assistant.api.provider import NotReadyError
from index.errors import HomeError


def test_the_process_is_up_before_the_library_is_loaded(unready_client):
    assert unready_client.get("/healthz").json() == {"status": "up"}
    response = unready_client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["status"] == "loading"
    assert response.json()["error"]["type"] == "not_ready"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/ask", {"question": "Why?"}),
        ("/v1/chat/completions", {"messages": [{"role": "user", "content": "Why?"}]}),
    ],
)
def test_a_question_before_that_gets_503_and_when_to_try_again(unready_client, path, body):
    response = unready_client.post(path, json=body)
    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"
    assert response.json()["error"]["type"] == "not_ready"


def test_ready_when_the_library_is_loaded(client):
    assert client.get("/readyz").json()["status"] == "ready"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (HomeError("The index was made by a newer version."), "made by a newer version"),
        (RuntimeError("internals"), r"could not be loaded \(RuntimeError\)"),
    ],
)
def test_a_library_that_cannot_be_loaded_says_why(error, reason):
    def fail(_report):
        raise error

    provider = AssistantProvider(WebSettings(), fail)
    provider.start()
    provider.settle()
    assert provider.failure is error
    with pytest.raises(NotReadyError, match=reason):
        provider.wait(0)
    assert provider.suggestions("en") == ()


def test_metrics_count_by_kind_and_urgency_and_hold_no_words(client):
    client.post("/api/ask", json={"question": "private words"})
    client.post("/api/ask", json={"question": "a fault in private words"})
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    counted = 'channel="api",kind="answer",mode="extractive",urgency="none"} 1.0'
    assert counted in response.text
    assert 'gutbrain_failures_total{channel="api"} 1.0' in response.text
    assert 'gutbrain_answer_seconds_count{channel="api",kind="answer"} 1.0' in response.text
    assert "gutbrain_ready 1.0" in response.text
    assert "private" not in response.text
