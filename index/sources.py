"""What a person names as a source → the bytes in it: files, folders, pages, WordPress sites.

The only part of the index that opens article files or asks other hosts. It does not know what is
in the bytes; a source that fails is given back as a `Problem`, and the others go on.
"""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import SourceError, SourceTooLarge, UnreadableSource
from index.fetching import Fetcher, Reply
from index.readers import MAX_SOURCE_BYTES, Problem
from index.wordpress_site import fetch_collection, fetch_site, find_api, is_collection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

READABLE_SUFFIXES = frozenset(
    {".html", ".htm", ".xhtml", ".json", ".md", ".markdown", ".txt", ".text"}
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_DOCUMENT_SUFFIXES = frozenset({".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".xml", ".zip"})
"""Files that people take for articles: in a folder they are reported, others are passed over."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The bytes of a source.

    Attributes:
        data: as stored or sent.
        source: the path or URL that people know it by.
        url: the address of a fetched page, redirects followed.
        content_type: as the server sent it.
        name: for the ids of articles without a URL: the path relative to the folder that was read.
    """

    data: bytes
    source: str
    url: str | None = None
    content_type: str | None = None
    name: str | None = None


def load(
    source: str,
    *,
    limit_bytes: int = MAX_SOURCE_BYTES,
    allow_private: bool = False,
    timeout_seconds: float = 20.0,
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[Loaded | Problem]:
    """Everything that a source holds, in a stable order.

    Args:
        source: a file, a folder, the URL of a page, of a WordPress site or of its REST API.
        limit_bytes: longest file or answer that is taken.
        allow_private: whether URLs may lead into private networks or to this machine.
        timeout_seconds: how long to wait for a server.
        pause: waits between tries and between pages of an API.
    """
    if _SCHEME.match(source):
        with Fetcher(
            limit_bytes=limit_bytes,
            allow_private=allow_private,
            timeout_seconds=timeout_seconds,
            pause=pause,
        ) as fetcher:
            yield from _load_url(fetcher, source)
        return
    path = Path(source)
    if path.is_dir():
        yield from _load_folder(path, limit_bytes)
    else:
        yield _load_file(path, path.name, limit_bytes)


def _load_folder(folder: Path, limit_bytes: int) -> Iterator[Loaded | Problem]:
    """Files with a reader's suffix, sorted by path; hidden files and folders are passed over."""
    failures: list[Problem] = []

    def note(error: OSError) -> None:
        failures.append(Problem(str(error.filename), f"cannot be opened: {error.strerror}"))

    empty = True
    for root, folders, files in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            path = Path(root, name)
            suffix = path.suffix.lower()
            if suffix in READABLE_SUFFIXES:
                empty = False
                yield _load_file(path, path.relative_to(folder).as_posix(), limit_bytes)
            elif suffix in _DOCUMENT_SUFFIXES:
                empty = False
                yield Problem(str(path), f"{suffix} files are not read; save it as HTML or text")
    yield from failures
    if empty and not failures:
        known = ", ".join(sorted(READABLE_SUFFIXES))
        yield Problem(str(folder), f"the folder holds no file that can be read ({known})")


def _load_file(path: Path, name: str, limit_bytes: int) -> Loaded | Problem:
    try:
        return Loaded(_read_file(path, limit_bytes), str(path), name=name)
    except SourceError as error:
        return _problem(str(path), error)


def _read_file(path: Path, limit_bytes: int) -> bytes:
    """A file's bytes.

    Raises:
        UnreadableSource: there is no such file, or it cannot be opened.
        SourceTooLarge: it is longer than the limit.
    """
    try:
        if not path.exists():
            raise UnreadableSource(f"{path}: there is no such file or folder; check the path")
        if not path.is_file():
            raise UnreadableSource(f"{path}: is no regular file; give a file, a folder or a URL")
        with path.open("rb") as file:
            data = file.read(limit_bytes + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableSource(f"{path}: cannot be opened: {reason}; check it") from error
    if len(data) > limit_bytes:
        size = path.stat().st_size
        message = f"{path}: has {size:,} bytes, the limit is {limit_bytes:,}; split it"
        raise SourceTooLarge(message)
    return data


def _load_url(fetcher: Fetcher, source: str) -> Iterator[Loaded | Problem]:
    """A page, or all posts and pages of the WordPress site that it is the front page of."""
    try:
        fetcher.parse(source)
        if is_collection(source):
            replies = fetch_collection(fetcher, source)
        else:
            reply = fetcher.get(source)
            root = find_api(fetcher, reply)
            if root is None:
                yield Loaded(reply.body, source, reply.url, reply.content_type, reply.url)
                return
            replies = fetch_site(fetcher, root)
        for answer in replies:
            yield _listed(answer, source)
    except SourceError as error:
        yield _problem(source, error)


def _listed(reply: Reply, source: str) -> Loaded:
    """A list of posts; each of them names its own URL."""
    return Loaded(reply.body, source, None, reply.content_type or "application/json", source)


def _problem(source: str, error: SourceError) -> Problem:
    return Problem(source, str(error).removeprefix(f"{source}: "))
