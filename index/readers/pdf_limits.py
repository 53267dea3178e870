"""Keeps a PDF from becoming a flood: pdfminer by itself unpacks and draws whatever it says."""

from __future__ import annotations

import io
import re
import zlib
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from math import inf
from time import process_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MAX_UNPACKED_BYTES = 100_000_000
"""Of a whole document; pictures are not unpacked."""
MAX_RATIO = 200
"""Unpacked to the file's own size; text packs to a fifth."""
FREE_BYTES = 5_000_000
"""Below this no ratio is looked at."""
MAX_SECONDS = 120.0
"""Of processor time for a document."""
MAX_PAGE_SECONDS = 30.0
"""Of processor time for what one page draws."""
MAX_DRAWN = 200_000
"""Characters, lines, pictures, kept states and parts of content that one page draws."""
MAX_PAGE_BYTES = 10_000_000
"""Of what one page draws, unpacked; a form counts each time that it is drawn."""
MAX_CORNERS = 10_000
"""Where lines of a page cross; with more it is a drawing, in which no table is looked for."""
_MAX_CROSSINGS = 400_000
MAX_DEPTH = 500
"""Lists and dictionaries within each other."""
MAX_MAPPED = 2_000_000
"""Characters that the fonts of a document say the meaning of."""
_RUN_LENGTH_RATIO = 64
_LAST_CHARACTER = 0xFFFF
_MAX_ROW_BYTES = 1_000_000
_BASE85_GROUPS = re.compile(rb"(?:z|[^z]{5}){1,20000}|[^z]{1,4}")


class PdfFlood(Exception):
    """A document unpacks or draws more than is allowed, or takes longer; its text says which."""


@dataclass(slots=True)
class _Allowance:
    """What is left to a document and to the page that is read."""

    unpacked_bytes: int = MAX_UNPACKED_BYTES
    mapped: int = MAX_MAPPED
    until_seconds: float = inf
    page_until_seconds: float = inf
    drawn: int = MAX_DRAWN
    page_bytes: int = MAX_PAGE_BYTES


_allowance: ContextVar[_Allowance] = ContextVar("allowance")


@contextmanager
def limit_unpacking(packed_bytes: int) -> Iterator[None]:
    """Within the block a document of `packed_bytes` unpacks to so much and no more."""
    _install()
    unpacked = min(MAX_UNPACKED_BYTES, max(FREE_BYTES, MAX_RATIO * packed_bytes))
    allowance = _Allowance(unpacked, MAX_MAPPED, process_time() + MAX_SECONDS)
    token = _allowance.set(allowance)
    try:
        yield
    finally:
        _allowance.reset(token)


def begin_page() -> None:
    """What is drawn from here on is a new page's, within `limit_unpacking`."""
    left = _allowance.get()
    left.drawn, left.page_bytes = MAX_DRAWN, MAX_PAGE_BYTES
    left.page_until_seconds = process_time() + MAX_PAGE_SECONDS


def _check_time() -> None:
    """Raises PdfFlood if the document, or its page, has taken too long."""
    now, left = process_time(), _allowance.get()
    if now > left.until_seconds:
        raise PdfFlood(f"takes longer than {MAX_SECONDS:.0f} s")
    if now > left.page_until_seconds:
        raise PdfFlood(f"has a page that takes longer than {MAX_PAGE_SECONDS:.0f} s")


def _take(size: int) -> None:
    left = _allowance.get()
    left.unpacked_bytes -= size
    if left.unpacked_bytes < 0:
        raise PdfFlood("unpacks to too much for its size")
    _check_time()


def _draw(size: int = 0) -> None:
    left = _allowance.get()
    left.drawn -= 1
    left.page_bytes -= size
    if min(left.drawn, left.page_bytes) < 0:
        raise PdfFlood("has a page that draws too much")
    _check_time()


def _map_one() -> None:
    left = _allowance.get()
    left.mapped -= 1
    if left.mapped < 0:
        raise PdfFlood("has fonts of too many characters")


class _Unpacker:
    """A `zlib.decompressobj` that stops at the limit."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj()

    def decompress(self, data: bytes) -> bytes:
        found = self._inner.decompress(data, _allowance.get().unpacked_bytes + 1)
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


def _unpack_base85(data: bytes) -> bytes:
    """In pieces: Python's own decoder needs eighty times a whole's memory."""
    from pdfminer.ascii85 import ascii85decode, end_re, start_re

    letters = end_re.sub(b"", start_re.sub(b"", data)).translate(None, b" \t\n\r\v")
    parts = []
    for groups in _BASE85_GROUPS.finditer(letters):
        parts.append(ascii85decode(groups[0]))
        _take(len(parts[-1]))
    return b"".join(parts)


def _unpack_hexadecimal(data: bytes) -> bytes:
    from pdfminer.ascii85 import asciihexdecode

    _take(len(data) // 2)
    return bytes(asciihexdecode(data))


def _unpack_run_lengths(data: bytes) -> bytes:
    from pdfminer.runlength import rldecode

    _take(_RUN_LENGTH_RATIO * len(data))
    return bytes(rldecode(data))


def _check_row(undo: Callable[..., bytes]) -> Callable[..., bytes]:
    """A predictor, which makes lists as long as the row that a document says it has."""

    def checked(*numbers: Any) -> bytes:
        colors, columns, bits = numbers[-4:-1]
        if max(colors, columns, colors * columns * bits // 8) > _MAX_ROW_BYTES:
            raise PdfFlood("has rows that are too long")
        _check_time()
        return undo(*numbers)

    return checked


def _check_widths(read: Callable[..., Any]) -> Callable[..., Any]:
    """A reader of widths, which fills whatever range of characters a font names."""
    from pdfminer.pdftypes import resolve1

    def numbers(values: Iterable[object]) -> Iterator[object]:
        for value in values:
            _check_time()
            found = resolve1(value)
            if isinstance(found, int | float) and abs(found) > _LAST_CHARACTER:
                raise PdfFlood("has fonts of too many characters")
            yield found

    return lambda values: read(numbers(values))


def _check_depth(start: Callable[..., None]) -> Callable[..., None]:
    """What begins a list or a dictionary, for every parser of pdfminer."""

    def checked(parser: Any, *place: Any) -> None:
        if len(parser.context) >= MAX_DEPTH:
            raise PdfFlood("is nested too deeply")
        start(parser, *place)

    return checked


def _check_reading(fill: Callable[..., bool]) -> Callable[..., bool]:
    """What reads the next few thousand bytes, for every parser but that of content."""

    def checked(parser: Any) -> bool:
        if parser.charpos >= len(parser.buf):
            _check_time()
        return fill(parser)

    return checked


def _check_corners(find: Callable[..., dict[Any, Any]]) -> Callable[..., dict[Any, Any]]:
    """A finder of corners; pdfplumber compares each line with each, then each corner with each."""

    def checked(edges: list[dict[str, Any]], *tolerances: float) -> dict[Any, Any]:
        upright = sum(edge["orientation"] == "v" for edge in edges)
        if upright * (len(edges) - upright) > _MAX_CROSSINGS:
            return {}
        found = find(edges, *tolerances)
        return found if len(found) <= MAX_CORNERS else {}

    return checked


@cache
def _install() -> None:
    """Puts the limits into pdfminer, once; they hold within `limit_unpacking`."""
    from pdfminer import cmapdb, pdffont, pdfinterp, pdftypes, psparser, utils
    from pdfplumber import page, table

    class Parser(pdfinterp.PDFContentParser):
        def fillbuf(self) -> bool:
            before = self.charpos >= len(self.buf)
            changed = bool(super().fillbuf())
            if before:
                _draw(len(self.buf))
            return changed

    class Device(page.PDFPageAggregatorWithMarkedContent):
        def tag_cur_item(self) -> None:
            _draw()
            super().tag_cur_item()

    class Interpreter(pdfinterp.PDFPageInterpreter):
        def do_q(self) -> None:
            _draw()
            super().do_q()

    class UnicodeMap(cmapdb.FileUnicodeMap):
        def add_cid2unichr(self, cid: int, code: Any) -> None:
            _map_one()
            super().add_cid2unichr(cid, code)

    for place, name, limited in (
        (pdftypes, "zlib", _Zlib),
        (pdftypes, "lzwdecode", _unpack_lzw),
        (pdftypes, "ascii85decode", _unpack_base85),
        (pdftypes, "asciihexdecode", _unpack_hexadecimal),
        (pdftypes, "rldecode", _unpack_run_lengths),
        (pdftypes, "apply_png_predictor", _check_row(utils.apply_png_predictor)),
        (pdftypes, "apply_tiff_predictor", _check_row(utils.apply_tiff_predictor)),
        (psparser.PSStackParser, "start_type", _check_depth(psparser.PSStackParser.start_type)),
        (psparser.PSBaseParser, "fillbuf", _check_reading(psparser.PSBaseParser.fillbuf)),
        (table, "edges_to_intersections", _check_corners(table.edges_to_intersections)),
        (pdffont, "get_widths", _check_widths(pdffont.get_widths)),
        (pdffont, "get_widths2", _check_widths(pdffont.get_widths2)),
        (pdffont, "FileUnicodeMap", UnicodeMap),
        (pdfinterp, "PDFContentParser", Parser),
        (page, "PDFPageInterpreter", Interpreter),
        (page, "PDFPageAggregatorWithMarkedContent", Device),
    ):
        setattr(place, name, limited)
