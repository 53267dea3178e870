"""PDF → `Article`: pages through pdfplumber, then reading order, headings, lists and paragraphs."""

from __future__ import annotations

import io
import logging
import re
from typing import Any

from index.errors import SourceTooLarge, UnreadableSource
from index.readers.builder import build_article
from index.readers.dates import parse_date
from index.readers.inline import tidy
from index.readers.metadata import Metadata
from index.readers.pdf_layout import Box, Line, drop_running_lines, make_lines
from index.readers.pdf_limits import PdfFlood, begin_page, limit_unpacking
from index.readers.pdf_text import write_drafts
from index.readers.results import ReadResult

MAX_PAGES = 2000
_NO_TITLE = re.compile(
    r"^(?:about:blank|untitled|microsoft word|powerpoint|document\d*$)|\.\w{2,4}$", re.IGNORECASE
)
_LEAST_WORDS = 3


def read_pdf(data: bytes, *, source: str, name: str, url: str | None) -> ReadResult:
    """The article of a PDF; its blocks know the page that they begin on.

    Raises:
        UnreadableSource: it is broken, protected by a password, or a scan without text.
        SourceTooLarge: it has too many pages, unpacks or draws too much, or takes too long.
        NotAnArticle: what it says is no prose.
    """
    pages, facts = _read_pages(data, source)
    if sum(len(line.text.split()) for lines in pages for line in lines) < _LEAST_WORDS:
        raise UnreadableSource(
            f"{source}: is a scanned PDF, it holds pictures and no text; recognise its text "
            "first (OCR), or give the document that it was made from"
        )
    book = write_drafts(drop_running_lines(pages))
    title = tidy(str(facts.get("Title") or ""))
    metadata = Metadata(
        source=source,
        name=name,
        format="pdf",
        title=title if title and not _NO_TITLE.search(title) else None,
        url=url,
        author=tidy(str(facts.get("Author") or "")) or None,
        published=_date(facts.get("CreationDate")),
        modified=_date(facts.get("ModDate")),
        flags=tuple(book.flags),
    )
    return ReadResult((build_article(book.drafts, metadata),))


def _read_pages(data: bytes, source: str) -> tuple[list[list[Line]], dict[str, Any]]:
    """The lines of each page in reading order, and what the file says of itself."""
    import pdfplumber

    # pdfminer warns of every oddity of a font; none of them is anything to act on.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    pages: list[list[Line]] = []
    try:
        with limit_unpacking(len(data)), pdfplumber.open(io.BytesIO(data)) as document:
            count = len(document.pages)
            shown = document.pages if count <= MAX_PAGES else []
            for number, page in enumerate(shown, 1):
                begin_page()
                pages.append(_read_page(page, number))
            facts = dict(document.metadata or {})
    except RecursionError:
        raise
    except Exception as error:  # pdfminer raises whatever a broken file makes its parser raise
        # pdfplumber wraps what is raised within.
        flood = next((one for one in (error, *error.args) if isinstance(one, PdfFlood)), None)
        if flood is not None:
            raise SourceTooLarge(f"{source}: {flood}; give a part of it, or its text") from error
        kind = type(error).__name__
        locked = "Password" in kind or "Password" in repr(error)
        reason = "is protected by a password" if locked else f"is a broken PDF ({kind})"
        raise UnreadableSource(f"{source}: {reason}; save it again without one") from error
    if count > MAX_PAGES:
        message = f"{source}: has {count:,} pages, the limit is {MAX_PAGES:,}; split it"
        raise SourceTooLarge(message)
    return pages, facts


def _read_page(page: Any, number: int) -> list[Line]:
    """A page's lines in reading order, tables among them."""
    tables = [table for table in page.find_tables() if _is_table(table)]
    words = page.extract_words(
        extra_attrs=["fontname", "size"], x_tolerance_ratio=0.15, keep_blank_chars=False
    )
    free = [
        word
        for word in words
        if word["upright"] and not any(_inside(word, table.bbox) for table in tables)
    ]
    found = [_table_line(table, number) for table in tables]
    lines = make_lines([*free, *_drawn_bullets(page)], found, number, float(page.height))
    page.close()
    return lines


def _drawn_bullets(page: Any) -> list[dict[str, Any]]:
    """Bullets that are drawn and not written, as browsers print them, as words."""
    shapes = [*page.curves, *page.rects]
    return [
        {**shape, "text": "•", "size": shape["height"], "fontname": ""}
        for shape in shapes
        if 1.5 <= shape["width"] <= 6 and 0.8 <= shape["width"] / max(shape["height"], 0.1) <= 1.25
    ]


def _is_table(table: Any) -> bool:
    """Whether lines around words are a table; a frame around a paragraph is none."""
    return len(table.rows) >= 2 and max(len(row.cells) for row in table.rows) >= 2


def _inside(word: dict[str, Any], bbox: tuple[float, float, float, float]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(bbox[0] <= x <= bbox[2] and bbox[1] <= y <= bbox[3])


def _table_line(table: Any, number: int) -> Line:
    """A table as one thing in the order of lines."""
    rows = tuple(tuple(" ".join((cell or "").split()) for cell in row) for row in table.extract())
    x0, top, x1, bottom = table.bbox
    return Line("", Box(x0, top, x1, bottom), 0.0, bold=False, page=number, rows=rows)


def _date(value: object) -> str | None:
    """`D:20260301120000+01'00'` → `2026-03-01`."""
    digits = re.match(r"D?:?(\d{4})(\d{2})(\d{2})", str(value or ""))
    return parse_date("-".join(digits.groups())) if digits else None
