"""Whether a link leads anywhere."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.errors import SourceTooLarge, UnreadableSource

if TYPE_CHECKING:
    from index.fetching import Fetcher

NO_SUCH_SERVER = 0
OK = 200


def find_status(fetcher: Fetcher, url: str) -> int | None:
    """The status of a page in the end, 0 where its server's name is not known; None: no telling.

    A server that is slow, out of order or out of bounds says nothing about the page.
    """
    if not is_known(url):
        return NO_SUCH_SERVER
    try:
        return fetcher.ask(url).status
    except SourceTooLarge:
        return OK
    except UnreadableSource:
        return None


def is_known(url: str) -> bool:
    """Whether a name leads to a server; where names cannot be looked up at all, it may."""
    try:
        host = urlsplit(url).hostname or ""
        socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        return error.errno != socket.EAI_NONAME
    except (ValueError, OSError):
        return True
    return True
