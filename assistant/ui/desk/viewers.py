"""Who is asking: the session's cookie, the account behind it, and where a request comes from."""

from __future__ import annotations

from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers

from assistant.records.entries import ROLES, Role

if TYPE_CHECKING:
    from starlette.types import Scope

    from assistant.records import Records

COOKIE: Final = "gutbrain-staff"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Viewer:
    """A member of staff who is logged in.

    Attributes:
        form_token: what the forms of this session carry.
    """

    name: str
    role: Role
    form_token: str

    def may(self, role: Role) -> bool:
        """Whether the viewer's role is this one or one above it."""
        return ROLES.index(self.role) >= ROLES.index(role)


def cookie_name(*, secure: bool) -> str:
    """The session cookie's name; behind TLS with the prefix that ties it to this host."""
    return f"__Host-{COOKIE}" if secure else COOKIE


def read_cookie(headers: Headers, name: str) -> str:
    """The value of a cookie, or nothing."""
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return cookie.value if cookie else ""


def read_token(headers: Headers) -> str:
    """The session's token that a request carries, or nothing."""
    return read_cookie(headers, cookie_name(secure=True)) or read_cookie(headers, COOKIE)


def find_viewer(records: Records, headers: Headers) -> Viewer | None:
    """Who sent a request with these headers, if they are logged in.

    Raises:
        RecordsError: if the database cannot be read.
    """
    found = records.sessions.find(read_token(headers))
    if found is None:
        return None
    session, account = found
    return Viewer(account.name, account.role, session.form_token)


def is_same_origin(scope: Scope) -> bool:
    """Whether a request that changes something was made by a page of this site.

    The browser's own word (Fetch Metadata) counts; where it gives none, as over plain http, the
    page's origin must be the host that was asked.
    """
    if scope["method"] in SAFE_METHODS:
        return True
    headers = Headers(scope=scope)
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin", "")
    return bool(origin) and origin.partition("://")[2] == headers.get("host")
