"""The REST API of a WordPress site: where it is, and its lists page by page.

Source: WordPress REST API handbook (discovery by link relation `https://api.w.org/`, paging by
`page`, `per_page`, `X-WP-Total` and `X-WP-TotalPages`).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import httpx

from index.errors import SourceError, UnreadableSource
from index.readers.decode import decode
from index.readers.page_tree import parse_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from index.fetching import Fetcher, Reply

_COLLECTION = re.compile(r"/wp/v2/(?P<kind>[\w-]+)/?$")
_LINK_HEADER = re.compile(r"<([^>]+)>\s*;\s*rel=[\"']?https://api\.w\.org/[\"']?")
PER_PAGE = 100
_MAX_PAGES = 1000
_PAGING = {"per_page": str(PER_PAGE), "orderby": "id", "order": "asc"}

Post = dict[str, Any]
Params = tuple[tuple[str, str], ...]


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
    for node in _find_all(reply, "link[rel]"):
        if (node.attributes.get("rel") or "").rstrip("/") == "https://api.w.org":
            return _joined(reply.url, node.attributes.get("href") or "")
    return None


def announced_languages(reply: Reply) -> tuple[str, ...]:
    """Codes of the languages that a page says it is also there in (`hreflang`)."""
    found = _find_all(reply, "link[hreflang]")
    codes = [node.attributes.get("hreflang") or "" for node in found]
    matches = (re.match(r"[a-z]{2,3}(?=$|-)", code.lower()) for code in codes)
    return tuple(dict.fromkeys(match[0] for match in matches if match))


def _find_all(reply: Reply, selector: str) -> list[LexborNode]:
    """A page's elements; none of one that is nested too deeply, as its reader will say."""
    try:
        return parse_html(reply.body.decode("utf-8", "replace")).css(selector)
    except RecursionError:
        return []


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


def list_posts(fetcher: Fetcher, url: str, params: Params = ()) -> Iterator[list[Post]]:
    """All of a list's pages, `url` being the list without page number.

    Raises:
        UnreadableSource: a page cannot be fetched, or is no list of posts.
    """
    known: set[str] = set()
    last: int | None = None
    for number in range(1, _MAX_PAGES + 1):
        asked = {**_PAGING, "page": str(number), **dict(params)}
        reply = fetcher.ask(url, asked, is_whole=_is_whole)
        if number > 1 and reply.status == 400 and last is None:
            return
        if reply.status != 200:
            raise UnreadableSource(_refusal(reply, first=number == 1))
        posts = read_posts(reply)
        ids = {str(post.get("id")) for post in posts}
        # A server that knows nothing of pages sends the same one again and again.
        if ids and ids <= known:
            return
        known |= ids
        if posts:
            yield posts
        last = count_of(reply, "x-wp-totalpages")
        if (number >= last) if last is not None else (len(posts) < PER_PAGE):
            return


def count_posts(fetcher: Fetcher, url: str, params: Params = ()) -> tuple[int | None, list[Post]]:
    """How many posts a list has, None where the server does not say, and the first of them."""
    asked = {"per_page": "1", "page": "1", "_fields": "id", **dict(params)}
    reply = fetcher.ask(url, asked, is_whole=_is_whole)
    if reply.status != 200:
        return None, []
    return count_of(reply, "x-wp-total"), read_posts(reply)


def count_of(reply: Reply, header: str) -> int | None:
    """A count that a reply's header gives."""
    value = str(reply.headers.get(header, ""))
    return int(value) if value.isdigit() else None


def read_posts(reply: Reply) -> list[Post]:
    """The posts that an answer lists.

    Raises:
        UnreadableSource: it is no list.
    """
    try:
        text, _ = decode(reply.body, source=reply.url, content_type=reply.content_type)
        posts = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError, SourceError) as error:
        message = f"{reply.url}: sends broken or truncated JSON; try later"
        raise UnreadableSource(message) from error
    if not isinstance(posts, list):
        raise UnreadableSource(f"{reply.url}: does not list posts; check the address")
    return [post for post in posts if isinstance(post, dict)]


def _is_whole(reply: Reply) -> bool:
    """Whether an answer without an error is JSON to its end, as a proxy may cut it."""
    try:
        if reply.status == 200:
            read_posts(reply)
    except UnreadableSource:
        return False
    return True


def _refusal(reply: Reply, *, first: bool) -> str:
    if first:
        phrase = httpx.codes.get_reason_phrase(reply.status)
        return f"{reply.url}: the server answered {reply.status} {phrase}; check the address"
    return f"{reply.url}: the server answered {reply.status}, posts are missing"


def route(root: str, path: str) -> str:
    """The URL of a route, also where a site without permalinks has `?rest_route=/`."""
    parts = urlsplit(root)
    query = dict(parse_qsl(parts.query))
    if "rest_route" in query:
        query["rest_route"] = f"/{path}"
        return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query, safe="/"), ""))
    return urljoin(root.rstrip("/") + "/", path)
