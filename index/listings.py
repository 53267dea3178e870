"""Lists of pages that a site publishes: sitemaps, lists of sitemaps, RSS and Atom.

Sources: sitemaps.org protocol 0.9; RSS 2.0; RFC 4287 (Atom). Does no input or output.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin

from index.errors import SourceTooLarge, UnreadableSource
from index.readers.xml_source import local_name, parse_xml

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_KINDS: dict[str, Literal["pages", "lists", "feed"]] = {
    "urlset": "pages",
    "sitemapindex": "lists",
    "rss": "feed",
    "RDF": "feed",
    "feed": "feed",
}
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Listed:
    """An address in a list, and when the list says that it last changed."""

    url: str
    changed: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list holds: addresses of `pages`, of further `lists`, or the newest of a `feed`."""

    kind: Literal["pages", "lists", "feed"]
    entries: tuple[Listed, ...]


def read_listing(data: bytes, url: str, limit_bytes: int) -> Listing | None:
    """The list that a reply holds, None where it is something else.

    Raises:
        UnreadableSource: it is a list, but broken.
        SourceTooLarge: it is longer than the limit when unpacked.
    """
    unpacked = _unpack(data, url, limit_bytes)
    start = unpacked.lstrip(b"\xef\xbb\xbf \t\r\n")[:2000]
    if not start.startswith(b"<") or not any(f"<{name}".encode() in start for name in _KINDS):
        prefixed = b":urlset" in start or b":RDF" in start or b":feed" in start
        if not (start.startswith(b"<") and prefixed):
            return None
    root = parse_xml(unpacked, source=url)
    kind = _KINDS.get(local_name(root))
    if kind is None:
        return None
    entries = _read_feed_entry if kind == "feed" else _read_sitemap_entry
    wanted = {"item", "entry"} if kind == "feed" else {"url", "sitemap"}
    found = (entries(node, url) for node in root.iter() if local_name(node) in wanted)
    return Listing(kind, tuple(dict.fromkeys(entry for entry in found if entry)))


def _unpack(data: bytes, url: str, limit_bytes: int) -> bytes:
    if not data.startswith(_GZIP):
        return data
    try:
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        unpacked = unpacker.decompress(data, limit_bytes + 1)
    except zlib.error as error:
        raise UnreadableSource(f"{url}: is a broken gzip file; fetch it again") from error
    if len(unpacked) > limit_bytes:
        message = f"{url}: is longer than the limit of {limit_bytes:,} bytes when unpacked"
        raise SourceTooLarge(f"{message}; split it")
    return unpacked


def _read_sitemap_entry(node: Element, base: str) -> Listed | None:
    """`loc` and `lastmod` of a page or of a list of pages."""
    fields = {local_name(child): (child.text or "").strip() for child in node}
    return _listed(base, fields.get("loc"), fields.get("lastmod"))


def _read_feed_entry(node: Element, base: str) -> Listed | None:
    """The page that an entry of a feed stands for."""
    link: str | None = None
    changed: str | None = None
    for child in node:
        name, text = local_name(child), (child.text or "").strip()
        if name == "link":
            if child.get("rel", "alternate") == "alternate":
                link = link or text or child.get("href")
        elif name in {"updated", "modified"}:
            changed = text
    return _listed(base, link, changed)


def _listed(base: str, address: str | None, changed: str | None) -> Listed | None:
    if not address:
        return None
    try:
        return Listed(urljoin(base, address), changed or None)
    except ValueError:
        return None
