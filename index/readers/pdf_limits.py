"""Keeps a PDF's packed streams from becoming a flood: pdfminer by itself unpacks them whole."""

from __future__ import annotations

import io
import zlib
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_UNPACKED_BYTES = 100_000_000
"""Of a whole document; pictures are not unpacked."""
MAX_RATIO = 200
"""Unpacked to the file's own size; text packs to a fifth."""
FREE_BYTES = 5_000_000
"""Below this no ratio is looked at."""
MAX_SECONDS = 120.0
"""Of processor time for a document, looked at after each page."""
_RUN_LENGTH_RATIO = 64

_left: ContextVar[int] = ContextVar("left", default=MAX_UNPACKED_BYTES)


class PdfFlood(Exception):
    """A document unpacks to more than is allowed, or takes longer; its text says which."""


@contextmanager
def limit_unpacking(packed_bytes: int) -> Iterator[None]:
    """Within the block a document of `packed_bytes` unpacks to so much and no more."""
    _install()
    token = _left.set(min(MAX_UNPACKED_BYTES, max(FREE_BYTES, MAX_RATIO * packed_bytes)))
    try:
        yield
    finally:
        _left.reset(token)


def check_time(started_seconds: float) -> None:
    """Raises PdfFlood if a document that was begun at `process_time()` has taken too long."""
    if process_time() - started_seconds > MAX_SECONDS:
        raise PdfFlood(f"takes longer than {MAX_SECONDS:.0f} s")


def _take(size: int) -> None:
    left = _left.get() - size
    if left < 0:
        raise PdfFlood("unpacks to too much for its size")
    _left.set(left)


class _Unpacker:
    """A `zlib.decompressobj` that stops at the limit."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj()

    def decompress(self, data: bytes) -> bytes:
        found = self._inner.decompress(data, _left.get() + 1)
        _take(len(found))
        return found

    @property
    def eof(self) -> bool:
        return self._inner.eof


class _Zlib:
    """What pdfminer uses of zlib."""

    error = zlib.error
    decompressobj = _Unpacker

    @staticmethod
    def decompress(data: bytes) -> bytes:
        unpacker = _Unpacker()
        found = unpacker.decompress(data)
        if not unpacker.eof:
            raise zlib.error("the stream is cut off")
        return found


def _unpack_lzw(data: bytes) -> bytes:
    from pdfminer.lzw import LZWDecoder

    parts = []
    for part in LZWDecoder(io.BytesIO(data)).run():
        _take(len(part))
        parts.append(part)
    return b"".join(parts)


@cache
def _install() -> None:
    """Puts the limits into pdfminer, once; they hold within `limit_unpacking`."""
    from pdfminer import pdftypes
    from pdfminer.runlength import rldecode

    def unpack_run_lengths(data: bytes) -> bytes:
        _take(_RUN_LENGTH_RATIO * len(data))
        return rldecode(data)

    for name, limited in (
        ("zlib", _Zlib),
        ("lzwdecode", _unpack_lzw),
        ("rldecode", unpack_run_lengths),
    ):
        setattr(pdftypes, name, limited)
