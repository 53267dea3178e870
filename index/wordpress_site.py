"""A WordPress site → the pages of its REST API, in a stable order.

Source: WordPress REST API handbook (discovery by link relation `https://api.w.org/`, paging by
`page`, `per_page` and `X-WP-TotalPages`).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

from index.errors import UnreadableSource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.fetching import Fetcher, Reply

_COLLECTION = re.compile(r"/wp/v2/(?P<kind>[\w-]+)/?$")
_LINK_HEADER = re.compile(r"<([^>]+)>\s*;\s*rel=[\"']?https://api\.w\.org/[\"']?")
_PER_PAGE = 100
_MAX_PAGES = 1000
_POLITE_PAUSE_SECONDS = 0.1


def is_collection(url: str) -> bool:
    """Whether a URL is a list of the REST API such as `/wp-json/wp/v2/posts`."""
    parts = urlsplit(url)
    route = dict(parse_qsl(parts.query)).get("rest_route", "")
    return bool(_COLLECTION.search(parts.path) or _COLLECTION.search(route))


def find_api(fetcher: Fetcher, reply: Reply) -> str | None:
    """The REST API's root if the page is a WordPress site's front page, else None."""
    root = _announced_api(reply)
    path = urlsplit(reply.url).path.strip("/")
    if root is not None:
        base = urlsplit(root).path.strip("/").removesuffix("wp-json").strip("/")
        # Translated sites have a front page for each language: /en/, /sv-se/.
        front = path in {"", base} or bool(re.fullmatch(r"[a-z]{2}(?:-[a-z]{2})?", path))
        return root if front else None
    if path:
        return None
    guess = urljoin(reply.url, "/wp-json/")
    answer = fetcher.ask(guess)
    return guess if answer.status == 200 and _is_api(answer.body) else None


def _announced_api(reply: Reply) -> str | None:
    """The root that the page's header or its head names."""
    header = _LINK_HEADER.search(reply.headers.get("link", ""))
    if header:
        return _joined(reply.url, header[1])
    if "html" not in (reply.content_type or "html"):
        return None
    tree = LexborHTMLParser(reply.body.decode("utf-8", "replace"))
    for node in tree.css("link[rel]"):
        if (node.attributes.get("rel") or "").rstrip("/") == "https://api.w.org":
            return _joined(reply.url, node.attributes.get("href") or "")
    return None


def _joined(url: str, href: str) -> str | None:
    """An address that a page names, None where it is none."""
    try:
        joined = urljoin(url, href)
        urlsplit(joined)
    except ValueError:
        return None
    return joined


def _is_api(body: bytes) -> bool:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "wp/v2" in (found.get("namespaces") or [])


def fetch_site(fetcher: Fetcher, root: str) -> Iterator[Reply]:
    """All posts, then all pages, as lists of the REST API.

    Raises:
        UnreadableSource: the site does not give out its posts.
    """
    yield from fetch_collection(fetcher, route(root, "wp/v2/posts"))
    pages = route(root, "wp/v2/pages")
    first = fetcher.ask(pages, _params(1))
    if first.status == 200:
        yield from _rest(fetcher, pages, first)


def fetch_collection(fetcher: Fetcher, url: str) -> Iterator[Reply]:
    """All of a list's pages, `url` being the list without page number.

    Raises:
        UnreadableSource: a page cannot be fetched.
    """
    yield from _rest(fetcher, url, fetcher.get(url, _params(1)))


def _rest(fetcher: Fetcher, url: str, first: Reply) -> Iterator[Reply]:
    """The first page and those behind it."""
    total = first.headers.get("x-wp-totalpages", "")
    last = min(int(total), _MAX_PAGES) if total.isdigit() else None
    reply, number = first, 1
    while True:
        posts = _count(reply)
        if posts:
            yield reply
        if number >= (last or _MAX_PAGES) or (last is None and posts < _PER_PAGE):
            return
        number += 1
        fetcher.pause(_POLITE_PAUSE_SECONDS)
        reply = fetcher.ask(url, _params(number))
        if reply.status == 400 and last is None:
            return
        if reply.status != 200:
            message = f"{reply.url}: the server answered {reply.status}, posts are missing"
            raise UnreadableSource(message)


def _count(reply: Reply) -> int:
    """How many posts an answer lists.

    Raises:
        UnreadableSource: it is no list.
    """
    try:
        posts = json.loads(reply.body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        message = f"{reply.url}: sends broken or truncated JSON; try later"
        raise UnreadableSource(message) from error
    if not isinstance(posts, list):
        raise UnreadableSource(f"{reply.url}: does not list posts; check the address")
    return len(posts)


def _params(page: int) -> dict[str, str]:
    return {
        "per_page": str(_PER_PAGE),
        "page": str(page),
        "orderby": "id",
        "order": "asc",
        "_embed": "author",
    }


def route(root: str, path: str) -> str:
    """The URL of a route, also where a site without permalinks has `?rest_route=/`."""
    parts = urlsplit(root)
    query = dict(parse_qsl(parts.query))
    if "rest_route" in query:
        query["rest_route"] = f"/{path}"
        return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query, safe="/"), ""))
    return urljoin(root.rstrip("/") + "/", path)
