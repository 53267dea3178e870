"""Connections that end at a deadline, however little at a time the other side sends.

httpx limits each wait by itself. A server that sends a letter of its headers now and then, or one
interim answer (`100 Continue`) after the other, would be waited for without end.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpcore
import httpx

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable


_KEEP_SECONDS = 5.0
"""How long a connection is kept for the next request, as httpx does."""


class DeadlinePassed(Exception):
    """An answer took longer than it may as a whole."""


@dataclass(slots=True)
class Deadline:
    """When the answer that is being waited for has to be whole, on the monotonic clock."""

    until: float = math.inf

    def start(self, seconds: float) -> None:
        """Gives the next answer so many seconds."""
        self.until = time.monotonic() + seconds

    def shorten(self, timeout_seconds: float | None) -> float | None:
        """How long one wait may take.

        Raises:
            DeadlinePassed: there is no time left.
        """
        left = self.until - time.monotonic()
        if left <= 0:
            raise DeadlinePassed
        return min(left, timeout_seconds if timeout_seconds is not None else math.inf)


class TimedTransport(httpx.HTTPTransport):
    """httpx's own way to servers, whose every read looks at the deadline first."""

    def __init__(self, deadline: Deadline) -> None:
        certificates = httpx.create_ssl_context(trust_env=False)
        super().__init__(verify=certificates)
        self._pool = httpcore.ConnectionPool(
            ssl_context=certificates,
            keepalive_expiry=_KEEP_SECONDS,
            network_backend=_Network(deadline),
        )


class _Network(httpcore.NetworkBackend):
    def __init__(self, deadline: Deadline) -> None:
        self._sockets = httpcore.SyncBackend()
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._sockets.connect_tcp(host, port, timeout, local_address, socket_options)
        return _Stream(stream, self._deadline)


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            return self._stream.read(max_bytes, self._deadline.shorten(timeout))
        except httpcore.ReadTimeout:
            self._deadline.shorten(timeout)
            raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, timeout)
        return _Stream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
