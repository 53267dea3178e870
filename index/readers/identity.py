"""Which article this is: an id that stays when its text, protocol or tracking parameters change."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import PurePath
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|_ga|_gl|igshid|ref|source|amp)$",
    re.IGNORECASE,
)
_INDEX_PAGE = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "ð": "d", "þ": "th", "œ": "oe"})
_MAX_SLUG_CHARACTERS = 60


def canonical_url(url: str) -> str:
    """The URL without fragment, tracking parameters, default port, index page or closing slash."""
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").lower()
    port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    path = _INDEX_PAGE.sub("/", parts.path).rstrip("/")
    query = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.match(key)
    ]
    return urlunsplit((parts.scheme.lower(), host + port, path, urlencode(sorted(query)), ""))


def host_name(url: str | None) -> str | None:
    """`https://www.example.org/a` → `example.org`."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.lower().removeprefix("www.") if host else None


def make_article_id(*, url: str | None, name: str) -> str:
    """A readable id of a-z, 0-9 and `-`, with eight hexadecimal digits that tell like names apart.

    Args:
        url: the article's own URL, the best identity that there is.
        name: what stands in for it: a path relative to the folder that was read.
    """
    address = _try_canonical(url)
    if address:
        parts = urlsplit(address)
        identity = address.split("://", 1)[-1].removeprefix("www.")
        words = unquote(parts.path).rstrip("/").rsplit("/", 1)[-1] or parts.netloc
        if parts.query:
            words += "-" + parts.query
    else:
        identity = name.replace("\\", "/")
        words = PurePath(identity).stem
    digest = hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:8]
    slug = make_slug(words)
    return f"{slug}-{digest}" if slug else f"article-{digest}"


def _try_canonical(url: str | None) -> str | None:
    """`canonical_url`, None where there is no URL or what is given is none."""
    try:
        return canonical_url(url) if url else None
    except ValueError:
        return None


def make_slug(words: str) -> str:
    """`Tarm–hjerne-aksen: Ø` → `tarm-hjerne-aksen-o`."""
    plain = unicodedata.normalize("NFKD", words.lower().translate(_LETTERS))
    plain = (
        plain.encode("ascii", "ignore").decode()
        if plain.isascii()
        else "".join("-" if unicodedata.category(c)[0] in "PZ" else c for c in plain)
        .encode("ascii", "ignore")
        .decode()
    )
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_MAX_SLUG_CHARACTERS].strip("-")
