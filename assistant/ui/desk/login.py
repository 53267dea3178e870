"""Logging in and out: plain HTML, a cookie that scripts cannot read, forms that carry a token."""

from __future__ import annotations

import hmac
import secrets
import threading
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant.ui.desk.events import STAFF_TEXTS
from assistant.ui.desk.viewers import cookie_name, find_viewer, read_cookie, read_token
from assistant.ui.languages import choose_language
from assistant.ui.rendering import render
from prompts.texts import load_texts

if TYPE_CHECKING:
    from assistant.records import Records
    from assistant.ui.brand import Brand
    from assistant.ui.desk.events import Desk

FORM_COOKIE: Final = "gutbrain-staff-form"
# With "no-referrer", as on other pages, a browser would hide where the form comes from.
FORM_HEADERS: Final = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}
MAX_FIELDS: Final = 10
# Checking a password takes 64 MB and a core for a moment: not too many at once.
CHECKING: Final = threading.BoundedSemaphore(2)


def create_login_router(desk: Desk, brand: Brand) -> APIRouter:
    """The routes of `/staff/login` and `/staff/logout`."""
    router = APIRouter(prefix="/staff")
    records = desk.records

    @router.get("/login")
    def show(request: Request) -> Response:
        """The form."""
        return show_form(request, desk, brand)

    @router.post("/login")
    async def log_in(request: Request) -> Response:
        """Checks name and password, and begins a session."""
        form = await _read_form(request)
        if not _matches(form.get("token", ""), read_cookie(request.headers, FORM_COOKIE)):
            return show_form(request, desk, brand, "login.stale", 403)
        token = await run_in_threadpool(
            _begin_session, records, form.get("name", ""), form.get("password", "")
        )
        if token is None:
            return show_form(request, desk, brand, "login.failed", 401)
        response = RedirectResponse(f"/staff/?language={choose_form_language(request, desk)}", 303)
        set_cookie(response, request, session_cookie(request), token)
        return response

    @router.post("/logout")
    async def log_out(request: Request) -> Response:
        """Ends the session."""
        form = await _read_form(request)
        viewer = await run_in_threadpool(find_viewer, records, request.headers)
        if viewer is not None and _matches(form.get("token", ""), viewer.form_token):
            await run_in_threadpool(records.sessions.end, read_token(request.headers))
            await run_in_threadpool(records.note_action, viewer.name, "logout")
        response = RedirectResponse(
            f"/staff/login?language={choose_form_language(request, desk)}", 303
        )
        response.delete_cookie(
            session_cookie(request), path="/", secure=_is_secure(request), httponly=True
        )
        return response

    return router


def _begin_session(records: Records, name: str, password: str) -> str | None:
    with CHECKING:
        account = records.accounts.check_password(name.strip(), password)
    if account is None:
        return None
    return log_in_as(records, account.name)


def log_in_as(records: Records, name: str) -> str:
    """Begins a session of an account whose owner is certain; gives its token."""
    records.note_action(name, "login")
    return records.sessions.begin(name)


def show_form(
    request: Request, desk: Desk, brand: Brand, problem: str = "", status: int = 200
) -> HTMLResponse:
    """The form, with what is wrong above it."""
    language = choose_form_language(request, desk)
    token = read_cookie(request.headers, FORM_COOKIE) or secrets.token_urlsafe(32)
    texts = load_texts(language, STAFF_TEXTS)
    html = render(
        "desk/login",
        texts=texts,
        page_texts=load_texts(language),
        brand=brand,
        languages=desk.settings.languages,
        names={code: load_texts(code)["page.language_name"] for code in desk.settings.languages},
        token=token,
        problem=texts[problem] if problem else "",
        is_new=not desk.records.accounts.all(),
        has_provider=desk.settings.oidc_issuer is not None,
    )
    response = HTMLResponse(html, status, headers=FORM_HEADERS)
    set_cookie(response, request, FORM_COOKIE, token)
    return response


async def _read_form(request: Request) -> dict[str, str]:
    body = (await request.body()).decode("utf-8", "replace")
    try:
        fields = parse_qs(body, max_num_fields=MAX_FIELDS)
    except ValueError:  # more of them: no form of ours
        return {}
    return {name: values[-1] for name, values in fields.items()}


def choose_form_language(request: Request, desk: Desk) -> str:
    """The language that is asked for, or the one that the browser likes best."""
    offered = desk.settings.languages
    asked = request.query_params.get("language", "")
    known = request.headers.get("accept-language", "")
    return asked if asked in offered else choose_language(known, offered)


def _matches(given: str, wanted: str) -> bool:
    return bool(wanted) and hmac.compare_digest(given.encode(), wanted.encode())


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"


def session_cookie(request: Request) -> str:
    """The name of the cookie of a session that this request may begin."""
    return cookie_name(secure=_is_secure(request))


def set_cookie(response: Response, request: Request, name: str, value: str) -> None:
    """Gives the browser a cookie that scripts cannot read."""
    # "lax" and not "strict": a link to the desk from a note or an e-mail finds the login.
    response.set_cookie(
        name, value, path="/", httponly=True, samesite="lax", secure=_is_secure(request)
    )
