"""The login and the gate, on a bare application with stand-ins for what the gate protects."""

import re
from typing import ClassVar

import pytest
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from assistant.answer import Answer
from assistant.api import AssistantProvider, WebSettings
from assistant.api.bodies import AskBody
from assistant.api.errors import install_error_handlers
from assistant.ui.brand import make_brand
from assistant.ui.desk.dispatch import ACTIONS, handle_event
from assistant.ui.desk.events import Desk
from assistant.ui.desk.gate import DeskGate
from assistant.ui.desk.login import create_login_router
from assistant.ui.desk.transfers import create_transfer_router
from assistant.ui.phones import open_phone_book

PASSWORD = "correct horse battery"
SAME_SITE = {"sec-fetch-site": "same-origin"}
TOKEN = re.compile(r'name="token" value="([^"]+)"')


@pytest.fixture
def desk(tmp_path, monkeypatch):
    from argon2 import PasswordHasher

    hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr("assistant.records.accounts._hasher", lambda: hasher)
    settings = WebSettings(home=tmp_path, keep_unanswered=True)
    provider = AssistantProvider(settings, lambda _: None)
    yield Desk(provider, open_phone_book(settings))
    provider.records.close()


@pytest.fixture
def make_client(desk):
    brand = make_brand(desk.settings)

    def make(scheme="http"):
        app = FastAPI(middleware=[Middleware(DeskGate, desk=desk, brand=brand)])
        install_error_handlers(app)
        app.include_router(create_login_router(desk, brand))
        app.include_router(create_transfer_router(desk))
        app.get("/staff/config")(lambda: {"secret": True})
        app.post("/staff/gradio_api/queue/join")(lambda: {"joined": True})
        app.get("/staff/monitoring")(lambda: {"never": True})
        return TestClient(app, base_url=f"{scheme}://testserver", follow_redirects=False)

    return make


@pytest.fixture
def client(make_client):
    return make_client()


def log_in(client, desk, role="admin", password=PASSWORD, name="anna"):
    if name not in {account.name for account in desk.records.accounts.all()}:
        desk.records.accounts.add(name, role, PASSWORD)
    token = TOKEN.search(client.get("/staff/login").text).group(1)
    form = {"name": name, "password": password, "token": token}
    return client.post("/staff/login", data=form, headers=SAME_SITE)


def send(client, desk, action, **values):
    """What the page gets for an action, as its last reply."""
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    request = {"action": action, "values": values, "language": "en", "number": "1"}
    return list(handle_event(desk, request, {"cookie": cookie}))[-1]


@pytest.mark.parametrize("path", ["/staff", "/staff/"])
def test_without_a_login_the_desk_sends_to_the_form(client, path):
    answer = client.get(path, headers={"accept-language": "da"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/login?language=da")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/staff/config", 401),
        ("POST", "/staff/gradio_api/queue/join", 401),
        ("POST", "/staff/upload", 401),
        ("GET", "/staff/download/kept.jsonl", 401),
        ("GET", "/staff/monitoring", 404),
        ("GET", "/staff/gradio_api/file=/etc/passwd", 404),
    ],
)
def test_without_a_login_nothing_is_handed_out(client, method, path, status):
    assert client.request(method, path, headers=SAME_SITE).status_code == status


def test_a_login_opens_what_the_page_needs_and_nothing_else(client, desk):
    answer = log_in(client, desk)
    assert answer.headers["location"].startswith("/staff/?language=")
    cookie = next(
        c for c in answer.headers.get_list("set-cookie") if c.startswith("gutbrain-staff=")
    )
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    assert client.get("/staff/config").json() == {"secret": True}
    assert client.get("/staff/monitoring").status_code == 404
    assert [action.action for action in desk.records.actions.all()] == ["login"]


def test_behind_tls_the_cookie_is_for_this_host_and_tls_alone(make_client, desk):
    answer = log_in(make_client("https"), desk)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-gutbrain-staff=")
    assert "Secure" in cookie


@pytest.mark.parametrize("name", ["anna", "nobody"])
def test_a_wrong_password_is_refused_as_an_unknown_name_is(client, desk, name):
    log_in(client, desk)
    client.cookies.clear()
    token = TOKEN.search(client.get("/staff/login").text).group(1)
    form = {"name": name, "password": "wrong", "token": token}
    answer = client.post("/staff/login", data=form, headers=SAME_SITE)
    assert answer.status_code == 401
    assert "do not fit" in answer.text
    assert client.get("/staff/config").status_code == 401


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {"origin": "null"}, {}],
    ids=str,
)
def test_other_sites_cannot_act_with_the_cookie(client, desk, headers):
    log_in(client, desk)
    for path in ("/staff/gradio_api/queue/join", "/staff/logout", "/staff/upload?name=a.md"):
        assert client.post(path, headers=headers).status_code == 403
    assert client.get("/staff/config").status_code == 200


def test_without_fetch_metadata_the_own_origin_counts(client, desk):
    log_in(client, desk)
    headers = {"origin": "http://testserver"}
    assert client.post("/staff/gradio_api/queue/join", headers=headers).json() == {"joined": True}


def test_a_form_without_its_token_is_refused(client, desk):
    desk.records.accounts.add("anna", "admin", PASSWORD)
    form = {"name": "anna", "password": PASSWORD, "token": "made up"}
    assert client.post("/staff/login", data=form, headers=SAME_SITE).status_code == 403
    many = {f"field{number}": "x" for number in range(20)}
    assert client.post("/staff/login", data=many, headers=SAME_SITE).status_code == 403


def test_logging_out_ends_the_session_on_the_server(client, desk):
    log_in(client, desk)
    token = client.cookies["gutbrain-staff"]
    client.post("/staff/logout", data={"token": "wrong"}, headers=SAME_SITE)
    session, _ = desk.records.sessions.find(token)
    client.cookies.set("gutbrain-staff", token)
    client.post("/staff/logout", data={"token": session.form_token}, headers=SAME_SITE)
    assert desk.records.sessions.find(token) is None


def test_the_form_says_where_it_comes_from(client):
    assert client.get("/staff/login").headers["referrer-policy"] == "same-origin"


def test_the_first_account_is_asked_for_by_a_command(client):
    assert "python -m assistant account add NAME --role admin" in client.get("/staff/login").text


def test_every_event_asks_who_it_is(client, desk):
    assert send(client, desk, "settings.show") == {"number": "1", "login": True}
    log_in(client, desk)
    assert "What is kept" in send(client, desk, "settings.show")["html"]
    desk.records.accounts.add("bo", "admin", PASSWORD)
    desk.records.accounts.change("anna", role="staff")
    assert send(client, desk, "settings.show")["login"]


@pytest.mark.parametrize("role", ["staff", "editor", "admin"])
def test_an_action_needs_its_role_whatever_the_page_shows(client, desk, role):
    log_in(client, desk, role)
    ranks = ["staff", "editor", "admin"]
    for name, action in ACTIONS.items():
        if ranks.index(action.role) > ranks.index(role):
            assert "may not do that" in send(client, desk, name)["html"], name
    assert "may not do that" in send(client, desk, "nothing.show")["html"]


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("staff", "/staff/download/kept.jsonl", 403),
        ("editor", "/staff/download/kept.jsonl", 403),
        ("admin", "/staff/download/kept.jsonl", 200),
        ("staff", "/staff/download/inbox.jsonl", 200),
    ],
)
def test_downloads_need_their_role(client, desk, role, path, status):
    desk.records.add_unanswered("Parking?", language="en", channel="page")
    log_in(client, desk, role)
    answer = client.get(path)
    assert answer.status_code == status
    assert ("Parking?" in answer.text) == (status == 200)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *((name, b"x") for name in ("../x.md", "x.exe", ".md", "a/b.md", "", "x.pdf", "x.zip")),
        *((name, b"%PDF-1.4") for name in ("x.md", "x.docx")),
    ],
)
def test_an_upload_that_is_no_article_is_refused(client, desk, tmp_path, name, content):
    log_in(client, desk)
    answer = client.post("/staff/upload", params={"name": name}, content=content, headers=SAME_SITE)
    assert answer.status_code == 422
    assert not (tmp_path / "uploads").exists()


def test_what_is_kept_is_chosen_and_erased_at_once(client, desk):
    log_in(client, desk)
    desk.records.add_unanswered("Parking?", language="en", channel="page")
    send(client, desk, "settings.choose", feedback="yes", days="30")
    keeping = desk.records.keeping
    assert (keeping.feedback, keeping.unanswered, keeping.days) == (True, False, 30)
    assert "Tick the box" in send(client, desk, "settings.erase", target="all")["html"]
    assert len(desk.records.unanswered.all()) == 1
    assert "1 erased" in send(client, desk, "settings.erase", target="all", confirm="yes")["html"]
    assert desk.records.unanswered.all() == ()
    done = [(one.action, one.subject) for one in desk.records.actions.all()]
    assert done[0] == ("erase", "all: 1 rows")
    assert ("setting", "days: 30") in done
    assert "cannot be set" in send(client, desk, "settings.choose", days="0")["html"]


def test_an_administrator_looks_after_the_accounts(client, desk):
    log_in(client, desk)
    given = {"name": "Bo", "role": "staff", "password": PASSWORD}
    assert "The accounts are changed." in send(client, desk, "account.add", **given)["html"]
    assert "There is an account bo already" in send(client, desk, "account.add", **given)["html"]
    short = {"name": "bo", "password": "short"}
    assert "allowed are 12 to" in send(client, desk, "account.password", **short)["html"]
    send(client, desk, "account.role", name="bo", role="editor")
    assert [(one.name, one.role) for one in desk.records.accounts.all()] == [
        ("anna", "admin"), ("bo", "editor"),
    ]  # fmt: skip
    assert "last admin" in send(client, desk, "account.remove", name="anna")["html"]
    send(client, desk, "account.remove", name="bo")
    done = [(one.action, one.subject) for one in desk.records.actions.all()]
    assert done[:3] == [
        ("account_remove", "bo"), ("account_role", "bo: editor"), ("account_add", "bo: staff"),
    ]  # fmt: skip
    assert PASSWORD not in str(desk.records.actions.all())


class Worded:
    """An assistant with a chat model; keeps what it was asked."""

    chat_state: ClassVar = {
        "model": "openai:tiny", "hosted": False, "circuit": "closed", "tokens_today": 1234,
        "daily_tokens": None, "answers_today": 2, "tokens_per_answer": 617,
        "cost_today": 0.0123, "currency": "DKK",
    }  # fmt: skip

    def __init__(self):
        self.asked = []

    def stream(self, record):
        self.asked.append(record)
        yield Answer(record["question"], record["question"], "answer", "none", "Yes.")


def test_the_chat_model_is_shown_and_switched_off_at_once(client, desk):
    log_in(client, desk)
    assert "None is set" in send(client, desk, "settings.show")["html"]
    assistant = Worded()
    desk.provider._open_assistant = lambda _: assistant
    desk.provider.start()
    desk.provider.settle()
    shown = send(client, desk, "settings.show")["html"]
    assert "openai:tiny" in shown
    assert "1,234 tokens for 2 answers." in shown
    assert "0.0123 DKK" in shown
    for use, mode in [("no", "extractive"), ("yes", None)]:
        send(client, desk, "settings.chat", use=use)
        desk.provider.answer(AskBody(question="Why?"), "page")
        assert assistant.asked[-1].get("mode") == mode
        assert "answer_threshold" not in assistant.asked[-1]
    for percent, chosen, told in [("70", 0.7, "Saved."), ("5", 0.7, "cannot be set to 0.05")]:
        assert told in send(client, desk, "settings.threshold", threshold=percent)["html"]
        desk.provider.answer(AskBody(question="Why?"), "page")
        assert assistant.asked[-1]["answer_threshold"] == chosen
    assert 'value="70"' in send(client, desk, "settings.show")["html"]
