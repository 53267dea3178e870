"""One URL → bytes, within limits: size, time, tries, and the networks that may be asked.

Addresses are looked up once and checked, and the connection goes to the address that was checked,
so that a name cannot change its meaning in between.
"""

from __future__ import annotations

import ipaddress
import socket
import time
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import httpx

from index.errors import SourceTooLarge, UnreadableSource
from index.timed_connections import Deadline, DeadlinePassed, TimedTransport

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

POLITE_SECONDS = 0.1
_MAX_REDIRECTS = 5
_MAX_WAIT_SECONDS = 30.0
_RETRIED = frozenset({429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")
"""Addresses of IPv6 that stand for one of IPv4 (RFC 6052, RFC 4291)."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered in the end: its last URL, its headers and its body."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str | None:
        """The content type as sent."""
        return self.headers.get("content-type")


@dataclass(slots=True)
class Fetcher:
    """Fetches pages; use it as a context manager.

    Attributes:
        limit_bytes: longest body that is taken, unpacked.
        allow_private: whether addresses of private networks and of this machine may be asked.
        timeout_seconds: how long to wait for a connection, and for each piece of an answer.
        deadline_seconds: how long one answer may take as a whole.
        tries: how often a busy or failing server is asked.
        pause: waits for so many seconds.
        polite_seconds: pause between two requests.
    """

    limit_bytes: int
    allow_private: bool = False
    timeout_seconds: float = 20.0
    deadline_seconds: float = 120.0
    tries: int = 4
    pause: Callable[[float], None] = time.sleep
    polite_seconds: float = POLITE_SECONDS
    _asked: bool = field(init=False, repr=False, default=False)
    _deadline: Deadline = field(init=False, repr=False, default_factory=Deadline)
    _client: httpx.Client = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._client = httpx.Client(
            transport=TimedTransport(self._deadline),
            timeout=self.timeout_seconds,
            headers={"User-Agent": "Gutbrain (library of a clinic)", "Accept": "*/*"}
            | {"Accept-Encoding": "gzip, deflate"},
            trust_env=False,
        )

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """The answer to a GET, redirects followed; `headers` may make it conditional (RFC 9110).

        Raises:
            UnreadableSource: the URL is not allowed, does not answer, or answers with an error.
            SourceTooLarge: the answer is longer than the limit.
        """
        reply = self.ask(url, params, headers)
        if reply.status >= 400:
            told = f"{reply.status} {httpx.codes.get_reason_phrase(reply.status)}".strip()
            raise UnreadableSource(f"{reply.url}: the server answered {told}; check the address")
        return reply

    def ask(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        is_whole: Callable[[Reply], bool] = lambda _: True,
    ) -> Reply:
        """As `get`, but an error's status is given back and not raised.

        An answer that `is_whole` does not take is asked for again, and given back in the end.
        """
        address = self.parse(url)
        if params:
            address = address.copy_merge_params(dict(params))
        self._keep_pace()
        for _ in range(_MAX_REDIRECTS + 1):
            reply = self._try(address, headers or {}, is_whole)
            location = reply.headers.get("location")
            if reply.status not in _REDIRECTS or not location:
                return reply
            address = self.parse(_join(str(address), location))
        raise UnreadableSource(
            f"{url}: redirects more than {_MAX_REDIRECTS} times; give its target"
        )

    def parse(self, url: str) -> httpx.URL:
        """A URL that may be asked.

        Raises:
            UnreadableSource: it is no web address.
        """
        try:
            urlsplit(url)
            address = httpx.URL(url)
        except (httpx.InvalidURL, TypeError, ValueError) as error:
            raise UnreadableSource(f"{url}: is not a URL; give one such as https://…") from error
        if address.scheme not in {"http", "https"} or not address.host:
            raise UnreadableSource(f"{url}: is not a web address; give one with http or https")
        return address

    def _try(
        self, address: httpx.URL, headers: Mapping[str, str], is_whole: Callable[[Reply], bool]
    ) -> Reply:
        """Asks until the server answers with something else than `busy` or `broken`."""
        for attempt in range(1, self.tries + 1):
            wait = min(_MAX_WAIT_SECONDS, 0.5 * 2 ** (attempt - 1))
            try:
                reply = self._once(address, headers)
            except (httpx.HTTPError, httpx.InvalidURL, zlib.error) as error:
                if attempt == self.tries:
                    raise UnreadableSource(_complaint(address, error)) from error
            else:
                good = reply.status not in _RETRIED and is_whole(reply)
                if good or attempt == self.tries:
                    return reply
                wait = _asked_wait(reply.headers.get("retry-after"), wait)
            self.pause(wait)
        raise UnreadableSource(f"{address}: was not tried; `tries` must be at least 1")

    def _once(self, address: httpx.URL, headers: Mapping[str, str]) -> Reply:
        """One request to the address that was checked."""
        host = address.host
        resolved = self._resolve(address)
        target = address if resolved is None else address.copy_with(host=resolved)
        netloc = address.netloc.decode("ascii")
        request = self._client.build_request(
            "GET", target, headers={**headers, "Host": netloc}, extensions={"sni_hostname": host}
        )
        request.extensions["timeout"] = httpx.Timeout(self.timeout_seconds).as_dict()
        self._deadline.start(self.deadline_seconds)
        try:
            response = self._client.send(request, stream=True, follow_redirects=False)
            try:
                body = self._read(response, address)
            finally:
                response.close()
        except DeadlinePassed as error:
            message = f"{address}: takes longer than {self.deadline_seconds:.0f} s; try later"
            raise UnreadableSource(message) from error
        return Reply(str(address), response.status_code, response.headers, body)

    def _keep_pace(self) -> None:
        """Waits as long as politeness asks for."""
        if self._asked:
            self.pause(self.polite_seconds)
        self._asked = True

    def _read(self, response: httpx.Response, address: httpx.URL) -> bytes:
        """The body, as long as it keeps within its size."""
        unpacker = _unpacker(response.headers.get("content-encoding", ""), address)
        chunks: list[bytes] = []
        size = 0
        for raw in response.iter_raw():
            # What is sent behind a packed answer counts, but is not kept.
            behind = unpacker is not None and unpacker.eof
            if unpacker and not behind:
                chunk = unpacker.decompress(raw, self.limit_bytes - size + 1)
            else:
                chunk = raw
            size += len(chunk)
            if size > self.limit_bytes:
                message = f"{address}: is longer than the limit of {self.limit_bytes:,} bytes"
                raise SourceTooLarge(f"{message}; raise the limit or give a part of it")
            if not behind:
                chunks.append(chunk)
        if unpacker and not unpacker.eof:
            raise httpx.DecodingError("the packed answer is cut off")
        return b"".join(chunks)

    def _resolve(self, address: httpx.URL) -> str | None:
        """The public IP address to connect to; None where any may be asked.

        Raises:
            UnreadableSource: the name is unknown or leads into a private network.
        """
        if self.allow_private:
            return None
        port = address.port or (443 if address.scheme == "https" else 80)
        try:
            found = socket.getaddrinfo(address.host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            message = f"{address}: its host name is not known; check address and network"
            raise UnreadableSource(message) from error
        addresses = [str(entry[4][0]) for entry in found]
        if not addresses or not all(is_public(ip) for ip in addresses):
            message = f"{address}: leads into a private network, which is not allowed"
            raise UnreadableSource(
                f"{message}; set GUTBRAIN_ALLOW_PRIVATE_ADDRESSES=true if it is meant"
            )
        return addresses[0]


def _complaint(address: httpx.URL, error: Exception) -> str:
    kind = type(error).__name__
    if isinstance(error, httpx.TransportError) and not isinstance(error, httpx.ProtocolError):
        return f"{address}: does not answer ({kind}); check address and network"
    return f"{address}: sends a broken answer ({kind}); try later"


def _unpacker(encoding: str, address: httpx.URL) -> zlib._Decompress | None:
    """What unpacks an answer piece by piece, so that a small one cannot fill the memory.

    httpx unpacks a piece whole, whatever its size will be.
    """
    encoding = encoding.strip().lower()
    if encoding in {"", "identity"}:
        return None
    if encoding in {"gzip", "x-gzip", "deflate"}:
        return zlib.decompressobj(zlib.MAX_WBITS | (0 if encoding == "deflate" else 16))
    message = f"{address}: is packed as {encoding[:20]!r}, which was not asked for; try later"
    raise UnreadableSource(message)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet."""
    try:
        ip = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None) or ip
    if ip in _TRANSLATED or ip in _COMPATIBLE:
        inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return bool(inner.is_global and not inner.is_multicast and ip.is_global)


def _join(url: str, location: str) -> str:
    """Where a redirect leads; left as it is where it is no URL, for `parse` to refuse."""
    try:
        return urljoin(url, location)
    except ValueError:
        return location


def _asked_wait(retry_after: str | None, otherwise: float) -> float:
    """The seconds that a server asks to be left alone for, within reason."""
    if retry_after and retry_after.strip().isdigit():
        return min(_MAX_WAIT_SECONDS, float(retry_after))
    return otherwise
