"""A URL → what stands there: a page, a WordPress site, or what a sitemap or feed lists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from index.errors import SourceError
from index.listings import Listed, read_listing
from index.loaded import Loaded, Unchanged
from index.readers import Problem
from index.wordpress_api import announced_languages, find_api, is_collection
from index.wordpress_site import fetch_collection, fetch_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.fetching import Fetcher, Reply
    from index.listings import Listing
    from index.loaded import Request

    Found = Loaded | Unchanged | Problem

MAX_LISTS = 500
"""Sitemaps that one list of sitemaps may name."""

_GONE = frozenset({404, 410})


def load_url(fetcher: Fetcher, source: str, request: Request) -> Iterator[Found]:
    """All that stands at a URL; what fails is a `Problem`."""
    try:
        fetcher.parse(source)
        for found in _open(fetcher, source, request):
            if request.accept(_address(found, source)):
                yield found
    except SourceError as error:
        yield _problem(source, error)


def _open(fetcher: Fetcher, source: str, request: Request) -> Iterator[Found]:
    if is_collection(source):
        yield from fetch_collection(fetcher, source, request)
        return
    stamp = request.seen.get(source, "")
    reply = fetcher.get(source, headers=_conditions(stamp))
    if reply.status == 304:
        yield Unchanged(source, stamp)
        return
    listing = read_listing(reply.body, reply.url, request.limit_bytes)
    if listing is not None:
        yield from _load_listing(fetcher, listing, request)
        return
    root = find_api(fetcher, reply)
    if root is None:
        yield Loaded(reply.body, source, reply.url, reply.content_type, reply.url, stamp_of(reply))
        return
    languages = dict.fromkeys((*request.languages, *announced_languages(reply)))
    yield from fetch_site(fetcher, root, source, replace(request, languages=tuple(languages)))


def _load_listing(fetcher: Fetcher, listing: Listing, request: Request) -> Iterator[Found]:
    """The pages that a list names, and of a feed, those that it named earlier."""
    listed = {entry.url: entry for entry in _pages(fetcher, listing, request)}
    if listing.kind == "feed":
        listed = {url: Listed(url) for url in request.seen} | listed
    for entry in listed.values():
        if not request.accept(entry.url):
            continue
        try:
            yield from _load_page(fetcher, entry, request)
        except SourceError as error:
            yield _problem(entry.url, error)


def _pages(fetcher: Fetcher, listing: Listing, request: Request) -> Iterator[Listed]:
    """The pages of a list, those of the lists that it names included.

    Raises:
        SourceError: one of these lists cannot be had: nobody knows then what is missing.
    """
    if listing.kind != "lists":
        yield from listing.entries
        return
    for entry in listing.entries[:MAX_LISTS]:
        reply = fetcher.get(entry.url)
        inner = read_listing(reply.body, reply.url, request.limit_bytes)
        if inner is not None and inner.kind == "pages":
            yield from inner.entries


def _load_page(fetcher: Fetcher, entry: Listed, request: Request) -> Iterator[Found]:
    """A page of a list; a page that is gone is left out, and what it held goes."""
    seen = request.seen.get(entry.url, "")
    dated = f"lastmod {entry.changed}" if entry.changed else None
    if dated and seen == dated:
        yield Unchanged(entry.url, seen)
        return
    reply = fetcher.ask(entry.url, headers=_conditions(seen))
    if reply.status == 304:
        yield Unchanged(entry.url, seen)
    elif reply.status in _GONE:
        yield Problem(entry.url, "is listed, but no longer there", failed=False)
    elif reply.status >= 400:
        yield Problem(entry.url, f"the server answered {reply.status}; check the address")
    else:
        stamp = dated or stamp_of(reply)
        yield Loaded(reply.body, entry.url, reply.url, reply.content_type, reply.url, stamp)


def stamp_of(reply: Reply) -> str | None:
    """What a server says by which it will know whether a page has changed (RFC 9110, 8.8)."""
    for header in ("etag", "last-modified"):
        if reply.headers.get(header):
            return f"{header} {reply.headers[header]}"
    return None


def _conditions(stamp: str) -> dict[str, str]:
    """Headers that ask for a page only if it has changed."""
    kind, _, value = stamp.partition(" ")
    name = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}.get(kind)
    return {name: value} if name else {}


def _address(found: Found, source: str) -> str:
    """The address that rules are held against: of a post, its own and not the site's."""
    if isinstance(found, Problem):
        return source
    inner = found.source.removeprefix(source)
    return inner[2:-1] if inner.startswith(" (") else found.source


def _problem(source: str, error: SourceError) -> Problem:
    return Problem(source, str(error).removeprefix(f"{source}: "))
