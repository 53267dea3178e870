"""Logging in by a provider: a real OpenID Connect server on this machine, with keys of its own."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from assistant.api import AssistantProvider, WebSettings
from assistant.api.errors import install_error_handlers
from assistant.ui.brand import make_brand
from assistant.ui.desk.events import Desk
from assistant.ui.desk.gate import DeskGate
from assistant.ui.desk.login import create_login_router
from assistant.ui.desk.sign_on_routes import create_sign_on_router
from assistant.ui.desk.single_sign_on import SingleSignOn
from assistant.ui.phones import open_phone_book
from index.errors import SettingsError

pytest.importorskip("authlib", reason="pip install 'gutbrain[oidc]'")
CLIENT_ID = "gutbrain"


class IdentityProvider(ThreadingHTTPServer):
    """Knows one person; `claims` and `key` can be those of a liar."""

    daemon_threads = True

    def __init__(self):
        from joserfc.jwk import RSAKey

        super().__init__(("127.0.0.1", 0), Endpoint)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.key = self.own_key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})
        self.claims = {"email": "Anna@clinic.example", "email_verified": True}
        self.challenges = {}

    def configuration(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def authorize(self, query):
        """The code for a login that a browser began, as if somebody had typed a password."""
        code = f"code{len(self.challenges)}"
        self.challenges[code] = query
        return code

    def token(self, form):
        from joserfc import jwt

        asked = self.challenges.pop(form["code"])
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")
        now = int(time.time())
        claims = {
            "iss": self.issuer, "sub": "42", "aud": CLIENT_ID, "iat": now, "exp": now + 60,
            "nonce": asked["nonce"], **self.claims,
        }  # fmt: skip
        return {
            "access_token": "opaque",
            "token_type": "Bearer",
            "id_token": jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.key),
        }


class Endpoint(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/keys":
            self.reply({"keys": [self.server.own_key.as_dict(private=False)]})
        else:
            self.reply(self.server.configuration())

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.reply(self.server.token({key: values[0] for key, values in parse_qs(body).items()}))

    def reply(self, record):
        body = json.dumps(record).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Says nothing."""


@pytest.fixture(scope="module")
def shared_provider():
    provider = IdentityProvider()
    threading.Thread(target=provider.serve_forever, daemon=True).start()
    yield provider
    provider.shutdown()
    provider.server_close()


@pytest.fixture
def identity(shared_provider):
    shared_provider.claims = {"email": "Anna@clinic.example", "email_verified": True}
    shared_provider.key = shared_provider.own_key
    return shared_provider


@pytest.fixture(scope="module")
def desk(tmp_path_factory, shared_provider):
    settings = WebSettings(
        home=tmp_path_factory.mktemp("sign-on"),
        oidc_issuer=shared_provider.issuer,
        oidc_client_id=CLIENT_ID,
        languages=("en",),
    )
    provider = AssistantProvider(settings, lambda _: None)
    provider.records.accounts.add("anna@clinic.example", "editor", "correct horse battery")
    yield Desk(provider, open_phone_book(settings))
    provider.records.close()


@pytest.fixture
def client(desk):
    brand = make_brand(desk.settings)
    app = FastAPI(middleware=[Middleware(DeskGate, desk=desk, brand=brand)])
    install_error_handlers(app)
    app.include_router(create_login_router(desk, brand))
    app.include_router(create_sign_on_router(desk, brand))
    app.get("/staff/config")(lambda: {"secret": True})
    return TestClient(app, follow_redirects=False)


def go_to_the_provider(client):
    """What the provider is asked when somebody presses the link."""
    address = client.get("/staff/oidc/start").headers["location"]
    return {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}


def come_back(client, identity, query, **changes):
    given = {"state": query["state"], "code": identity.authorize(query), **changes}
    return client.get("/staff/oidc/return", params=given)


def test_whoever_the_provider_knows_gets_the_role_of_their_account(client, desk, identity):
    assert "/staff/oidc/start" in client.get("/staff/login").text
    query = go_to_the_provider(client)
    assert query["redirect_uri"] == "http://testserver/staff/oidc/return"
    assert query["code_challenge_method"] == "S256"
    assert client.get("/staff/config").status_code == 401
    answer = come_back(client, identity, query)
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/?language=en")
    assert client.get("/staff/config").status_code == 200
    session, account = desk.records.sessions.find(client.cookies["gutbrain-staff"])
    assert account.role == "editor"
    assert desk.records.actions.all()[0].account == session.account == "anna@clinic.example"


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"email": "bo@clinic.example"}, "have no account here"),
        ({"email": "anna@clinic.example", "email_verified": False}, "did not say who you are"),
        ({}, "did not say who you are"),
        ({"email": "anna@clinic.example", "aud": "another"}, "did not say who you are"),
        ({"email": "anna@clinic.example", "iss": "https://evil.example"}, "did not say who"),
        ({"email": "anna@clinic.example", "nonce": "another"}, "did not say who you are"),
        ({"email": "anna@clinic.example", "exp": 1000}, "did not say who you are"),
    ],
    ids=["stranger", "not verified", "nobody", "other program", "other issuer", "replay", "old"],
)
def test_nobody_else_gets_in(client, identity, claims, said):
    identity.claims = claims
    answer = come_back(client, identity, go_to_the_provider(client))
    assert answer.status_code == 401
    assert said in answer.text
    assert client.get("/staff/config").status_code == 401


def test_a_token_that_another_key_signed_is_refused(client, identity):
    from joserfc.jwk import RSAKey

    identity.key = RSAKey.generate_key(2048, {"kid": "1"})
    assert come_back(client, identity, go_to_the_provider(client)).status_code == 401


def test_only_the_browser_that_began_comes_back(client, identity):
    query = go_to_the_provider(client)
    assert come_back(client, identity, query, state="another").status_code == 401
    query = go_to_the_provider(client)
    client.cookies.clear()
    assert come_back(client, identity, query).status_code == 401


def test_a_provider_that_is_away_leaves_the_password(client, monkeypatch):
    monkeypatch.setattr("assistant.ui.desk.single_sign_on.SingleSignOn.begin", lambda *_: None)
    answer = client.get("/staff/oidc/start")
    assert answer.status_code == 502
    assert "cannot be reached" in answer.text
    assert 'name="password"' in answer.text


def test_an_issuer_without_a_name_for_this_program_is_an_error_at_start():
    settings = WebSettings(oidc_issuer="https://login.clinic.example")
    with pytest.raises(SettingsError, match="GUTBRAIN_OIDC_CLIENT_ID is not"):
        SingleSignOn(settings)
