import json

import pytest


def error_of(response):
    body = response.json()
    assert body.keys() == {"error"}
    assert body["error"].keys() == {"message", "type"}
    return body["error"]


def test_an_answer_is_the_contracts_json(client):
    body = client.post("/api/ask", json={"question": "Why?"}).json()
    assert body["text"] == "One. Two."
    assert {"question", "kind", "urgency", "sentences", "sources", "confidence"} <= body.keys()


def test_history_and_level_reach_the_assistant(client, assistant):
    history = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]
    body = {"question": "Why?", "history": history, "level": "detailed"}
    client.post("/api/ask", json=body)
    assert assistant.asked == [body]


def test_a_batch_line_with_its_id_and_no_history_is_taken(client):
    body = {"id": "7", "question": "Why?", "history": None}
    assert client.post("/api/ask", json=body).status_code == 200


def test_a_stream_gives_each_sentence_and_then_the_answer(client):
    headers = {"Accept": "text/event-stream"}
    response = client.post("/api/ask", json={"question": "Why?"}, headers=headers)
    assert response.headers["content-type"].startswith("text/event-stream")
    events = [event.split("\n") for event in response.text.strip().split("\n\n")]
    assert [name for name, _ in events] == ["event: sentence"] * 2 + ["event: answer"]
    datas = [json.loads(data.removeprefix("data: ")) for _, data in events]
    assert [data["text"] for data in datas] == ["One.", "Two.", "One. Two."]


@pytest.mark.parametrize(
    ("content", "status", "kind", "words"),
    [
        (b"{", 400, "invalid_json", "not valid JSON"),
        (b"\xff\xfe", 400, "invalid_json", "not valid JSON"),
        (b"[" * 1500, 400, "invalid_json", "not valid JSON"),
        (b"[]", 422, "invalid_request", "JSON object"),
        (b"{}", 422, "invalid_request", "question: Field required"),
        (b'{"question": 3}', 422, "invalid_request", "question: Input should be a valid string"),
        (b'{"question": null}', 422, "invalid_request", "question"),
        (b'{"question": ""}', 422, "invalid_request", "empty"),
        (b'{"question": " \\n"}', 422, "invalid_request", "empty"),
        (b'{"question": "\\ud800"}', 422, "invalid_request", "question"),
        (b'{"question": "a", "history": "b"}', 422, "invalid_request", "history"),
        (b'{"question": "a", "history": [{}]}', 422, "invalid_request", "history.0.role"),
        (
            b'{"question": "a", "history": [{"role": "system", "content": "x"}]}',
            422,
            "invalid_request",
            "history.0.role",
        ),
        (
            b'{"question": "' + b"x" * 51 + b'"}',
            422,
            "invalid_request",
            "51 characters, 50 are allowed",
        ),
        (b'{"question": "' + b"x" * 3000 + b'"}', 413, "too_large", "2,000 bytes"),
    ],
)
def test_bad_input_is_told_by_what_is_wrong(client, content, status, kind, words):
    response = client.post(
        "/api/ask", content=content, headers={"Content-Type": "application/json"}
    )
    assert response.status_code == status
    error = error_of(response)
    assert error["type"] == kind
    assert words in error["message"]


def test_a_message_never_repeats_the_patient(client):
    body = {"question": "a", "history": [{"role": "I feel awful", "content": 4}]}
    assert "awful" not in client.post("/api/ask", json=body).text


def test_other_sites_forms_cannot_ask(client):
    response = client.post("/api/ask", content='{"question": "Why?"}')
    assert response.status_code == 415
    assert error_of(response)["type"] == "unsupported_media_type"


def test_a_streamed_body_is_held_to_the_limit_too(client):
    def parts():
        for _ in range(30):
            yield b" " * 100

    response = client.post(
        "/api/ask", content=parts(), headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 413


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/nothing", 404, "not_found"),
        ("POST", "/v1/embeddings", 404, "not_found"),
        ("GET", "/docs", 404, "not_found"),
        ("GET", "/openapi.json", 404, "not_found"),
        ("GET", "/api/ask", 405, "method_not_allowed"),
        ("DELETE", "/healthz", 405, "method_not_allowed"),
    ],
)
def test_unknown_addresses_are_told_in_the_same_form(client, method, path, status, kind):
    response = client.request(method, path)
    assert response.status_code == status
    assert error_of(response)["type"] == kind


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_a_fault_tells_nothing_of_itself(client, accept, caplog):
    body = {"question": "a fault, and private words"}
    response = client.post("/api/ask", json=body, headers={"Accept": accept})
    assert "internal_error" in response.text
    assert "private" not in response.text + caplog.text
    assert "Traceback" not in response.text + caplog.text
    if accept == "application/json":
        assert response.status_code == 500


def test_every_response_carries_the_secure_headers(client):
    for path in ("/healthz", "/nothing", "/metrics"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'self'" in policy
        assert "unsafe-eval" not in policy
