"""What stands before gradio, as ASGI middleware.

It picks the language of `/`, lets through only what the pages need of gradio's many addresses,
and rewrites the document.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse

from assistant.api.errors import ROUTE_MESSAGES, ApiError, error_response, route_error
from assistant.api.security import frame_ancestors
from assistant.ui.document import document_policy, frame_document, frame_patients_page
from assistant.ui.languages import choose_language
from prompts.texts import load_texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from assistant.api.settings import WebSettings
    from assistant.ui.brand import Brand

ERRORS_FROM = 400
# Uploads, files, proxies, monitoring and the like are of no use to a patient.
NEEDED = re.compile(
    r"(?:assets/[\w.-]+|(?:static|svelte)(?:/[\w.-]+)+|theme\.css|config"
    r"|gradio_api/(?:queue/join|queue/data|heartbeat/\w+|cancel|startup-events|reset|app_id))"
)


class Gate:
    """Stands before the application that the pages are mounted on."""

    def __init__(
        self, app: ASGIApp, settings: WebSettings, brand: Brand, emergency_number: str
    ) -> None:
        self._app = app
        self._settings = settings
        self._brand = brand
        self._emergency_number = emergency_number

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what is the pages' or the interface's, and refuses the rest."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if path == "/":
            offered = self._settings.languages
            language = choose_language(Headers(scope=scope).get("accept-language", ""), offered)
            await self._serve_document(scope, receive, send, language)
            return
        if path.startswith("/assets/"):
            # gradio's loader also asks for its style sheet beside the document.
            scope = {**scope, "path": f"/{self._settings.languages[0]}{path}"}
            path = scope["path"]
        language, slash, rest = path.removeprefix("/").partition("/")
        if language not in self._settings.languages:
            await self._app(scope, receive, send)
        elif not slash:
            await RedirectResponse(f"/{language}/")(scope, receive, send)
        elif not rest:
            await self._serve_document(scope, receive, send, language)
        elif NEEDED.fullmatch(rest) and ".." not in rest:
            await self._app(scope, receive, OwnErrors(send))
        else:
            error = ApiError(404, "not_found", ROUTE_MESSAGES[404])
            await error_response(error)(scope, receive, send)

    async def _serve_document(
        self, scope: Scope, receive: Receive, send: Send, language: str
    ) -> None:
        path = f"/{language}/"
        scope = {**scope, "path": path, "raw_path": path.encode(), "query_string": b""}
        # gradio would compress what is to be rewritten.
        MutableHeaders(scope=scope).update({"accept-encoding": "identity"})
        texts = load_texts(language)

        def rewrite(html: str) -> tuple[str, str]:
            frame = frame_patients_page(texts, self._brand, self._emergency_number)
            rewritten = frame_document(html, frame)
            return rewritten, document_policy(rewritten, frame_ancestors(self._settings))

        await self._app(scope, receive, DocumentSender(send, language, rewrite))


class OwnErrors:
    """Sends an error of ours in the place of gradio's, which repeats what was sent."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._failed = False

    async def __call__(self, message: Message) -> None:
        """Takes the next part of the response."""
        if message["type"] == "http.response.start" and message["status"] >= ERRORS_FROM:
            self._failed = True
            error = route_error(message["status"])
            await self._send({**message, "headers": error.raw_headers})
            await self._send({"type": "http.response.body", "body": error.body})
        elif not self._failed:
            await self._send(message)


class DocumentSender:
    """Holds gradio's document back until it is whole, and sends it rewritten."""

    def __init__(
        self,
        send: Send,
        language: str,
        rewrite: Callable[[str], tuple[str, str]],
        cache_control: str = "no-cache",
    ) -> None:
        """`rewrite` gives a document as it is served, and its content security policy."""
        self._send = send
        self._cache_control = cache_control
        self._language = language
        self._rewrite_html = rewrite
        self._start: Message = {}
        self._body = b""

    async def __call__(self, message: Message) -> None:
        """Takes the next part of the response."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body", False):
            return
        headers = MutableHeaders(scope=self._start)
        if headers.get("content-type", "").startswith("text/html"):
            self._rewrite(headers)
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": self._body})

    def _rewrite(self, headers: MutableHeaders) -> None:
        if self._body:
            html, policy = self._rewrite_html(self._body.decode())
            self._body = html.encode()
            headers["content-length"] = str(len(self._body))
            headers["content-security-policy"] = policy
        headers["content-language"] = self._language
        headers["cache-control"] = self._cache_control
        headers["vary"] = "Accept-Language"
