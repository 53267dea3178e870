"""What a person names as a source → the bytes in it: files, folders, ZIPs, pages, whole sites.

The only part of the index that opens article files or asks other hosts. It does not know what is
in the bytes; a source that fails is given back as a `Problem`, and the others go on.
"""

from __future__ import annotations

import os
import re
import time
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from index.archives import kind_of_zip, read_members
from index.errors import SourceError, SourceTooLarge, UnreadableSource
from index.fetching import Fetcher
from index.loaded import Loaded, Request, Unchanged
from index.passed_over import describe_passed_over
from index.readers import Problem
from index.web_source import load_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

READABLE_SUFFIXES = frozenset(
    {
        ".html", ".htm", ".xhtml", ".json", ".md", ".markdown", ".txt", ".text",
        ".pdf", ".docx", ".epub", ".xml", ".nxml", ".zip",
    }
)  # fmt: skip
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def load(
    source: str,
    request: Request | None = None,
    *,
    allow_private: bool = False,
    timeout_seconds: float = 20.0,
    pause: Callable[[float], None] | None = None,
) -> Iterator[Loaded | Unchanged | Problem]:
    """Everything that a source holds, in a stable order.

    Args:
        source: a file, a folder, a ZIP, the URL of a page, sitemap, feed, WordPress site or of its
            REST API.
        request: what is wanted of it, and what is known already.
        allow_private: whether URLs may lead into private networks or to this machine.
        timeout_seconds: how long to wait for a server.
        pause: waits between requests.
    """
    request = request or Request()
    if _SCHEME.match(source):
        with Fetcher(
            limit_bytes=request.limit_bytes,
            allow_private=allow_private,
            timeout_seconds=timeout_seconds,
            pause=pause or time.sleep,
        ) as fetcher:
            found: Iterator[Loaded | Unchanged | Problem] = load_url(fetcher, source, request)
            for one in found:
                yield from _unpacked(one, request)
        return
    path = Path(source)
    if path.is_dir():
        files = _load_folder(path, request)
    else:
        files = iter([_load_file(path, path.name, request.limit_bytes)])
    for one in files:
        yield from _unpacked(one, request)


def _unpacked(
    found: Loaded | Unchanged | Problem, request: Request
) -> Iterator[Loaded | Unchanged | Problem]:
    """The files of a ZIP in its place; anything else as it is. A ZIP in a ZIP is not opened."""
    if not isinstance(found, Loaded) or kind_of_zip(found.data) != "zip":
        yield found
        return
    others: list[str] = []
    try:
        for name, data in read_members(found.data, found.source, request.limit_bytes):
            label = f"{found.source} ({name})"
            suffix = PurePosixPath(name).suffix.lower()
            if not request.accept(name):
                continue
            if suffix not in READABLE_SUFFIXES:
                others.append(name)
            elif isinstance(data, SourceError):
                yield _problem(label, data)
            elif suffix == ".zip":
                yield Problem(label, "is a ZIP in a ZIP, which is not opened; give it by itself")
            else:
                yield Loaded(data, label, name=f"{found.name or found.source}/{name}")
    except SourceError as error:
        yield _problem(found.source, error)
    if others:
        yield Problem(found.source, describe_passed_over(others), failed=False)


def _load_folder(folder: Path, request: Request) -> Iterator[Loaded | Problem]:
    """Files with a reader's suffix, sorted by path, and a word on those of other kinds.

    Hidden files and folders are passed over.
    """
    failures: list[Problem] = []
    others: list[str] = []

    def note(error: OSError) -> None:
        failures.append(Problem(str(error.filename), f"cannot be opened: {error.strerror}"))

    empty = True
    for root, folders, files in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            path = Path(root, name)
            suffix = path.suffix.lower()
            inner = path.relative_to(folder).as_posix()
            if not request.accept(inner):
                continue
            if suffix in READABLE_SUFFIXES:
                empty = False
                yield _load_file(path, inner, request.limit_bytes)
            else:
                others.append(inner)
    yield from failures
    if others:
        yield Problem(str(folder), describe_passed_over(others), failed=False)
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


def _problem(source: str, error: SourceError) -> Problem:
    return Problem(source, str(error).removeprefix(f"{source}: "))
