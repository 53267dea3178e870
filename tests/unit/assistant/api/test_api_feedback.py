import pytest
from fastapi.testclient import TestClient

from assistant.api import AssistantProvider, WebSettings, create_api
from assistant.api.feedback import FeedbackBody, keep_feedback
from assistant.records import Citation
from index.records import Article

BODY = {
    "thumb": "down",
    "question": "I am Anna Jensen. Does it help?",
    "answer_kind": "answer",
    "citations": [{"article_id": "a", "start": 1, "end": 9}],
    "reason": "wrong",
    "comment": "Call me on 20 30 40 50",
    "language": "en",
}


@pytest.fixture
def open_clinic(tmp_path):
    def opened(**settings):
        provider = AssistantProvider(WebSettings(home=tmp_path, **settings), lambda _: None)
        return TestClient(create_api(provider)), provider.records

    return opened


@pytest.mark.parametrize("consent", [True, False], ids=["consent", "no-consent"])
def test_words_are_kept_only_with_consent_and_redacted(open_clinic, consent):
    client, records = open_clinic(keep_feedback=True)
    assert client.post("/api/feedback", json={**BODY, "consent": consent}).status_code == 204
    [row] = records.feedback.all()
    assert (row.thumb, row.reason, row.answer_kind) == ("down", "wrong", "answer")
    assert [(c.article_id, c.start, c.end) for c in row.citations] == [("a", 1, 9)]
    if consent:
        assert "Does it help?" in row.question
        assert "Jensen" not in row.question
        assert "20 30 40 50" not in row.comment
    else:
        assert (row.question, row.comment) == (None, None)


def test_what_was_cited_is_kept_in_the_words_of_that_day(open_clinic):
    _, records = open_clinic(keep_feedback=True)
    article = Article(id="a", title="Fibre", text="A fibre feeds.", blocks=(), published="2026-06")
    keep_feedback(records, FeedbackBody(**BODY), {"a": article}.get)
    [row] = records.feedback.all()
    assert row.citations == (Citation("a", 1, 9, article.text[1:9], "2026-06"),)


def test_nothing_is_kept_by_default(open_clinic):
    client, records = open_clinic()
    assert client.post("/api/feedback", json={**BODY, "consent": True}).status_code == 404
    assert records.feedback.all() == ()


@pytest.mark.parametrize(
    "change", [{"thumb": "left"}, {"reason": "<b>"}, {"comment": "x" * 2001}, {"consent": "yes"}]
)
def test_other_feedback_is_refused_and_not_repeated(open_clinic, change):
    client, records = open_clinic(keep_feedback=True)
    response = client.post("/api/feedback", json={**BODY, **change})
    assert response.status_code == 422
    assert "Anna" not in response.text
    assert records.feedback.all() == ()


@pytest.mark.parametrize(
    ("path", "origin", "shared"),
    [
        ("/api/ask", "https://clinic.example", True),
        ("/api/ask", "https://other.example", False),
        ("/metrics", "https://clinic.example", False),
    ],
)
def test_only_named_sites_may_ask_and_only_there(open_clinic, path, origin, shared):
    client, _ = open_clinic(embed_origins=("https://clinic.example",))
    response = client.options(
        path, headers={"Origin": origin, "Access-Control-Request-Method": "POST"}
    )
    assert response.headers.get("access-control-allow-origin") == (origin if shared else None)
    policy = client.get("/healthz").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self' https://clinic.example")
