"""The way to the identity provider and back, below `/staff/oidc`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant.ui.desk.login import (
    choose_form_language,
    log_in_as,
    session_cookie,
    set_cookie,
    show_form,
)
from assistant.ui.desk.single_sign_on import Pending, SingleSignOn
from assistant.ui.desk.viewers import read_cookie

if TYPE_CHECKING:
    from assistant.ui.brand import Brand
    from assistant.ui.desk.events import Desk

PENDING_COOKIE: Final = "gutbrain-staff-oidc"
RETURN: Final = "/staff/oidc/return"


def create_sign_on_router(desk: Desk, brand: Brand) -> APIRouter:
    """The routes, where the settings name a provider; else none.

    Raises:
        SettingsError: if the provider's settings do not fit together or a library is missing.
    """
    router = APIRouter(prefix="/staff/oidc")
    if desk.settings.oidc_issuer is None:
        return router
    sign_on = SingleSignOn(desk.settings)

    @router.get("/start")
    def start(request: Request) -> Response:
        """Sends the browser to the provider."""
        begun = sign_on.begin(_address(request))
        if begun is None:
            return show_form(request, desk, brand, "login.no_provider", 502)
        address, pending = begun
        response = RedirectResponse(address, 303)
        set_cookie(response, request, PENDING_COOKIE, pending.serialize())
        return response

    @router.get("/return")
    async def come_back(request: Request, state: str = "", code: str = "") -> Response:
        """Takes the browser back, and lets in who has an account."""
        pending = Pending.parse(read_cookie(request.headers, PENDING_COOKIE))
        address = _address(request)
        name = await run_in_threadpool(sign_on.finish, address, state, code, pending)
        known = {account.name for account in await run_in_threadpool(desk.records.accounts.all)}
        if name not in known or name is None:
            problem = "login.not_signed_on" if name is None else "login.no_such_account"
            response: Response = show_form(request, desk, brand, problem, 401)
        else:
            token = await run_in_threadpool(log_in_as, desk.records, name)
            language = choose_form_language(request, desk)
            response = RedirectResponse(f"/staff/?language={language}", 303)
            set_cookie(response, request, session_cookie(request), token)
        response.delete_cookie(PENDING_COOKIE, path="/")
        return response

    return router


def _address(request: Request) -> str:
    """Where the provider sends the browser back to; it knows this address beforehand."""
    return str(request.base_url).rstrip("/") + RETURN
