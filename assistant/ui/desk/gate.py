"""What stands before the desk, as ASGI middleware: nobody without a login gets past it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse

from assistant.api.errors import ROUTE_MESSAGES, ApiError, error_response
from assistant.ui.desk.document import frame_desk
from assistant.ui.desk.viewers import find_viewer, is_same_origin
from assistant.ui.document import document_policy, frame_document
from assistant.ui.gate import DocumentSender, OwnErrors
from assistant.ui.languages import choose_language
from index.errors import GutbrainError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from assistant.ui.brand import Brand
    from assistant.ui.desk.events import Desk
    from assistant.ui.desk.viewers import Viewer

PUBLIC = re.compile(
    r"(?:login|logout|oidc/start|oidc/return|assets/[\w.-]+|(?:static|svelte)(?:/[\w.-]+)+|theme\.css"
    # Asked until the server is back; the page is then loaded anew.
    r"|gradio_api/app_id)"
)
NEEDS_LOGIN = re.compile(
    r"(?:config|upload|download/[\w.-]+"
    r"|gradio_api/(?:queue/join|queue/data|heartbeat/\w+|cancel|startup-events|reset))"
)


def _without_gradios_errors(rest: str, send: Send) -> Send:
    is_gradios = rest.startswith(("assets/", "static/", "svelte/", "gradio_api/", "config"))
    return OwnErrors(send) if is_gradios else send


class DeskGate:
    """Stands before everything under `/staff`."""

    def __init__(self, app: ASGIApp, desk: Desk, brand: Brand) -> None:
        self._app = app
        self._desk = desk
        self._brand = brand

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what this caller may have, and refuses the rest."""
        path = scope.get("path", "")
        if scope["type"] != "http" or not (path == "/staff" or path.startswith("/staff/")):
            await self._app(scope, receive, send)
            return
        rest = path.removeprefix("/staff").removeprefix("/")
        error: ApiError | None = None
        if not is_same_origin(scope):
            error = ApiError(403, "forbidden", "This request came from another site's page.")
        elif ".." in rest:
            error = ApiError(404, "not_found", ROUTE_MESSAGES[404])
        elif PUBLIC.fullmatch(rest):
            await self._app(scope, receive, _without_gradios_errors(rest, send))
        elif not rest:
            await self._serve_page(scope, receive, send)
        elif not NEEDS_LOGIN.fullmatch(rest):
            error = ApiError(404, "not_found", ROUTE_MESSAGES[404])
        elif await self._viewer(scope) is None:
            error = ApiError(401, "not_logged_in", "Log in at /staff/login first.")
        else:
            await self._app(scope, receive, _without_gradios_errors(rest, send))
        if error is not None:
            await error_response(error)(scope, receive, send)

    async def _viewer(self, scope: Scope) -> Viewer | None:
        try:
            return await run_in_threadpool(find_viewer, self._desk.records, Headers(scope=scope))
        except GutbrainError:
            return None

    async def _serve_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        offered = self._desk.settings.languages
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("language", [""])[0]
        accepted = Headers(scope=scope).get("accept-language", "")
        language = asked if asked in offered else choose_language(accepted, offered)
        viewer = await self._viewer(scope)
        if viewer is None:
            login = RedirectResponse(f"/staff/login?language={language}", 303)
            await login(scope, receive, send)
            return
        path = "/staff/"
        scope = {**scope, "path": path, "raw_path": path.encode(), "query_string": b""}
        # gradio would compress what is to be rewritten.
        MutableHeaders(scope=scope).update({"accept-encoding": "identity"})

        def rewrite(html: str) -> tuple[str, str]:
            html = frame_document(html, frame_desk(language, viewer, self._desk, self._brand))
            return html, document_policy(html, "'none'")

        await self._app(scope, receive, DocumentSender(send, language, rewrite, "no-store"))
