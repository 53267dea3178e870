"""How often one address may ask: a bucket of requests an address, which fills up again (ASGI)."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.api.errors import ApiError, error_response

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

MAX_ADDRESSES = 10_000
FREE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(slots=True)
class Buckets:
    """What each address has left, in memory and by address alone.

    Attributes:
        per_minute: requests that a bucket holds, and that flow into it in a minute.
        now: seconds of a clock that only goes forward.
    """

    per_minute: int
    now: Callable[[], float] = time.monotonic
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def take(self, address: str) -> float:
        """Takes one request from an address's bucket; gives the seconds to wait if it is empty."""
        now = self.now()
        left, since = self._left.pop(address, (float(self.per_minute), now))
        left = min(self.per_minute, left + (now - since) * self.per_minute / 60)
        wait = 0.0 if left >= 1 else (1 - left) * 60 / self.per_minute
        self._left[address] = (left if wait else left - 1, now)
        while len(self._left) > MAX_ADDRESSES:
            self._left.popitem(last=False)
        return wait


class LimitedRate:
    """ASGI middleware that refuses what one address sends too often.

    What is asked from this machine itself is not limited: a proxy that does not name its clients
    would have them all share one bucket.
    """

    def __init__(self, app: ASGIApp, per_minute: int) -> None:
        """`per_minute` is how many requests other than GET are taken; 0 takes all."""
        self._app = app
        self._buckets = Buckets(per_minute) if per_minute else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on while there is something left for its sender."""
        address = bucket_of(scope.get("client"))
        limited = scope["type"] == "http" and scope["method"] not in FREE_METHODS
        if self._buckets is not None and limited and address is not None:
            wait = self._buckets.take(address)
            if wait:
                seconds = str(int(wait) + 1)
                message = f"Too many requests from this address: try again in {seconds} s."
                error = ApiError(429, "rate_limited", message, {"Retry-After": seconds})
                await error_response(error)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def bucket_of(client: tuple[str, int] | None) -> str | None:
    """The address that a sender counts as, None where it is this machine.

    A network of IPv6 belongs to one household or firm, whose machines change addresses at will.
    """
    try:
        address = ipaddress.ip_address((client or ("",))[0].split("%", 1)[0])
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or address
    if address.is_loopback:
        return None
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
