"""What every response carries and every request is held to: secure headers and a size limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware

from assistant.api.errors import ApiError, error_response

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from assistant.api.settings import WebSettings

# gradio's custom HTML component compiles its template and its events in the browser, which needs
# 'unsafe-eval'; inline scripts run by their hash alone. Its components set inline styles.
POLICY = (
    "default-src 'self'; script-src 'self'{scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-src 'none'; frame-ancestors {frame_ancestors}"
)

FIXED_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


def frame_ancestors(settings: WebSettings) -> str:
    """Who may show the pages in a frame: this site, and those that embed the chat."""
    return " ".join(["'self'", *settings.embed_origins])


def content_security_policy(ancestors: str, script_hashes: Iterable[str] = ()) -> str:
    """The policy for a page with these inline scripts; for no page at all without any."""
    allowed = [f"'sha256-{digest}'" for digest in script_hashes]
    scripts = "".join(f" {source}" for source in (["'unsafe-eval'", *allowed] if allowed else []))
    return POLICY.format(scripts=scripts, frame_ancestors=ancestors)


class SecureHeaders:
    """ASGI middleware that sets the headers on every response that does not set them itself."""

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self._app = app
        ancestors = frame_ancestors(settings)
        self._headers = {
            **FIXED_HEADERS,
            "Content-Security-Policy": content_security_policy(ancestors),
        }
        if not settings.embed_origins:
            self._headers["X-Frame-Options"] = "SAMEORIGIN"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and adds to the response's start."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class SharedInterface:
    """ASGI middleware that lets pages of the embedding sites ask over HTTP (CORS).

    Nothing but the public interface is shared, and no cookies with it.
    """

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self._app = app
        self._shared = CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Content-Type"],
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers for `/api/` and `/v1/` with what the browser needs to let the page read it."""
        shared = scope["type"] == "http" and scope["path"].startswith(("/api/", "/v1/"))
        await (self._shared if shared else self._app)(scope, receive, send)


class OwnOrigin:
    """ASGI middleware that refuses what a foreign page makes a browser send (CSRF).

    A browser names the page's origin with every request that is no plain GET; programs name none.
    Cookies are `SameSite` beside it. Source: OWASP, Cross-Site Request Forgery Prevention.
    """

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        """`origins` are the sites that may ask over HTTP."""
        self._app = app
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what comes from this site's own pages, from those sites or from no page."""
        foreign = scope["type"] == "http" and scope["method"] not in {"GET", "HEAD", "OPTIONS"}
        if foreign and self._is_foreign(Headers(scope=scope)):
            message = "Other sites' pages may not ask; GUTBRAIN_EMBED_ORIGINS names those that may."
            await error_response(ApiError(403, "foreign_origin", message))(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_foreign(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        if origin is None:
            return headers.get("sec-fetch-site") == "cross-site"
        # A page cannot set the second one without being asked for leave first (CORS).
        own = {headers.get("host"), headers.get("x-forwarded-host")}
        return origin not in self._origins and origin.partition("://")[2] not in own


class LimitedBody:
    """ASGI middleware that refuses bodies above a size, declared or streamed."""

    def __init__(
        self, app: ASGIApp, max_bytes: int, exceptions: Mapping[str, int] | None = None
    ) -> None:
        """`exceptions` are the sizes of paths where another one is allowed."""
        self._app = app
        self._max_bytes = max_bytes
        self._exceptions = exceptions or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Reads the body up to the limit, then passes the request on with it."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self._app(scope, receive, send)
            return
        max_bytes = self._exceptions.get(scope["path"], self._max_bytes)
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isdigit() or int(declared) > max_bytes:
            await _refuse_body(max_bytes, scope, receive, send)
            return
        messages: list[Message] = []
        size = 0
        while True:
            message = await receive()
            messages.append(message)
            size += len(message.get("body", b""))
            if size > max_bytes:
                await _refuse_body(max_bytes, scope, receive, send)
                return
            if not message.get("more_body", False):
                break

        async def replay() -> Message:
            return messages.pop(0) if messages else await receive()

        await self._app(scope, replay, send)


async def _refuse_body(max_bytes: int, scope: Scope, receive: Receive, send: Send) -> None:
    message = f"The body is larger than {max_bytes:,} bytes, which is what is allowed."
    await error_response(ApiError(413, "too_large", message))(scope, receive, send)
