"""Who may send how much: foreign pages, and addresses that ask too often."""

import pytest
from starlette.testclient import TestClient

from assistant.api import AssistantProvider, WebSettings, create_api
from assistant.api.rates import MAX_ADDRESSES, Buckets, bucket_of

BODY = {"question": "Why?"}
STRANGER = ("192.0.2.7", 4000)


@pytest.fixture
def make_client(assistant):
    def make(client=STRANGER, **settings):
        provider = AssistantProvider(WebSettings(**settings), lambda _: assistant)
        provider.start()
        provider.settle()
        return TestClient(create_api(provider), base_url="https://chat.clinic.dk", client=client)

    return make


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "https://chat.clinic.dk", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "https://www.clinic.dk", "Sec-Fetch-Site": "same-site"}, 200),
        ({"Origin": "https://proxy.dk", "X-Forwarded-Host": "proxy.dk"}, 200),
        ({"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://chat.clinic.dk.evil.example"}, 403),
        ({"Origin": "https://other.clinic.dk", "Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ],
    ids=["a program", "own page", "named site", "proxy", "foreign", "alike", "sibling", "null",
         "no origin"],
)  # fmt: skip
def test_pages_of_other_sites_may_not_ask(make_client, assistant, headers, status):
    client = make_client(embed_origins=("https://www.clinic.dk",))
    for path, body in (
        ("/api/ask", BODY),
        ("/v1/chat/completions", {"messages": [{"role": "user", "content": "Why?"}]}),
    ):
        assert client.post(path, json=body, headers=headers).status_code == status
    assert len(assistant.asked) == (2 if status == 200 else 0)


def test_a_foreign_form_is_told_why(make_client):
    response = make_client().post("/api/ask", json=BODY, headers={"Origin": "https://evil.example"})
    assert response.json()["error"]["type"] == "foreign_origin"
    assert "GUTBRAIN_EMBED_ORIGINS" in response.json()["error"]["message"]


def test_an_address_that_asks_too_often_is_told_to_wait(make_client):
    client = make_client(max_requests_per_minute=3)
    answers = [client.post("/api/ask", json=BODY) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].json()["error"]["type"] == "rate_limited"
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 20
    assert answers[-1].headers["x-content-type-options"] == "nosniff"
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("client", [("127.0.0.1", 1), ("::1", 1)])
def test_this_machine_is_not_limited(make_client, client):
    asked = make_client(client=client, max_requests_per_minute=1)
    assert [asked.post("/api/ask", json=BODY).status_code for _ in range(3)] == [200] * 3


def test_a_bucket_fills_up_again():
    seconds = 0.0
    buckets = Buckets(60, now=lambda: seconds)
    assert [buckets.take("a") for _ in range(60)] == [0] * 60
    assert buckets.take("a") == pytest.approx(1)
    assert buckets.take("b") == 0
    seconds = 2.0
    assert [buckets.take("a") > 0 for _ in range(3)] == [False, False, True]
    seconds = 1000.0
    assert [buckets.take("a") > 0 for _ in range(61)] == [False] * 60 + [True]


def test_addresses_that_went_are_forgotten():
    buckets = Buckets(1, now=lambda: 0.0)
    for number in range(MAX_ADDRESSES + 5):
        buckets.take(str(number))
    assert len(buckets._left) == MAX_ADDRESSES


@pytest.mark.parametrize(
    ("address", "bucket"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("127.0.0.1", None),
        ("::ffff:127.0.0.1", None),
        ("a name", None),
    ],
)
def test_what_counts_as_one_sender(address, bucket):
    assert bucket_of((address, 1)) == bucket


def test_a_sender_without_an_address_is_let_through():
    assert bucket_of(None) is None
