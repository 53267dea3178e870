"""Picks the reader for a source, by what it holds first and by its name second."""

from __future__ import annotations

import re
from pathlib import PurePath
from urllib.parse import urlsplit

from index.archives import kind_of_zip
from index.errors import NotAnArticle, SourceTooLarge, UnreadableSource
from index.readers.decode import decode
from index.readers.html import read_html
from index.readers.markdown import read_markdown
from index.readers.plain_text import read_plain_text
from index.readers.results import ReadResult
from index.readers.wordpress import read_wordpress

MAX_SOURCE_BYTES = 20_000_000

_HTML = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|div|section|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"(?:<!DOCTYPE (?!html)[^\[>]*(?:\[.*?\]\s*)?>\s*)?"
    rb"<(?:rss|article|pmc-articleset|OAI-PMH|records|collection)\b"
    rb"(?=[^>]*(?:xmlns|dtd-version|article-type|version=)|>\s*<(?:article|front|channel))",
    re.DOTALL,
)
_OTHER_XML = re.compile(r"^\s*(?:<!--.*?-->\s*)*<(?:\?xml|!DOCTYPE\s+(?!html)|svg)\b", re.DOTALL)
_OTHER_KIND = "{}: is XML of an unknown kind; readable are WordPress exports and JATS"
_TOO_DEEP = "{}: is nested too deeply to be read; simplify its markup"
_HTML_TAGS = re.compile(r"</(?:p|div|h[1-6]|li|body|html|article|section)>", re.IGNORECASE)
_MARKDOWN = re.compile(r"\A\ufeff?---[ \t]*\n.*?^---[ \t]*$|^#{1,6} \S", re.DOTALL | re.MULTILINE)


def read(
    data: bytes,
    *,
    source: str,
    content_type: str | None = None,
    url: str | None = None,
    name: str | None = None,
    limit_bytes: int = MAX_SOURCE_BYTES,
) -> ReadResult:
    """The articles that `data` holds.

    Args:
        data: the source as it was read.
        source: the path or URL that people know it by; errors name it.
        content_type: as the server sent it, if one did.
        url: the page's address, if it has one; the article may name a better one itself.
        name: what ids are made of where there is no URL: the path relative to the folder that was
            read. By default the last part of `source`.
        limit_bytes: longer sources are refused.

    Raises:
        SourceError: EmptySource, UnreadableSource, NotAnArticle or SourceTooLarge.
    """
    if len(data) > limit_bytes:
        message = f"{source}: has {len(data):,} bytes, the limit is {limit_bytes:,}; split it"
        raise SourceTooLarge(message)
    known_as = name or PurePath(source.replace("\\", "/")).name or source
    try:
        document = _read_document(data, source, known_as, url)
    except RecursionError as error:
        raise UnreadableSource(_TOO_DEEP.format(source)) from error
    if document is not None:
        return document
    text, guessed = decode(data, source=source, content_type=content_type)
    try:
        result = _read_text(text, source, content_type, url, known_as)
    except RecursionError as error:
        raise UnreadableSource(_TOO_DEEP.format(source)) from error
    return _flagged(result) if guessed else result


def _read_document(data: bytes, source: str, name: str, url: str | None) -> ReadResult | None:
    """The articles of a PDF, Word file, book or XML; None for what is read as text."""
    if data[:1024].lstrip().startswith(b"%PDF"):
        from index.readers.pdf import read_pdf

        return read_pdf(data, source=source, name=name, url=url)
    kind = kind_of_zip(data)
    if kind in {"docx", "epub"}:
        from index.readers.zip_document import read_docx, read_epub

        if kind == "docx":
            return read_docx(data, source=source, name=name, url=url)
        return read_epub(data, source=source, name=name)
    if not _XML.match(data[:4000]):
        return None
    from index.readers.jats import is_jats, read_jats
    from index.readers.wordpress_export import is_export, read_export
    from index.readers.xml_source import parse_xml

    root = parse_xml(data, source=source)
    if is_export(root):
        return read_export(root, source=source, name=name)
    if is_jats(root):
        return read_jats(root, source=source, name=name, url=url)
    raise NotAnArticle(_OTHER_KIND.format(source))


def _read_text(
    text: str, source: str, content_type: str | None, url: str | None, name: str
) -> ReadResult:
    """Hands the text to the reader of its format."""
    kind = choose_format(text, source, content_type)
    if kind == "wordpress":
        return read_wordpress(text, source=source, name=name)
    if kind == "html":
        return ReadResult((read_html(text, source=source, name=name, url=url),))
    if kind == "markdown":
        return ReadResult((read_markdown(text, source=source, name=name, url=url),))
    if _OTHER_XML.match(text[:4000]):
        raise NotAnArticle(_OTHER_KIND.format(source))
    return ReadResult((read_plain_text(text, source=source, name=name, url=url),))


def choose_format(text: str, source: str, content_type: str | None = None) -> str:
    """`wordpress`, `html`, `markdown` or `text`."""
    start = text.lstrip("\ufeff \t\r\n")[:4000]
    suffix = PurePath(urlsplit(source).path if "://" in source else source).suffix.lower()
    kind = (content_type or "").split(";")[0].strip().lower()
    if suffix == ".json" or kind.endswith("json") or re.match(r"[\[{]\s*[\"{\]}]", start):
        return "wordpress"
    if suffix in {".md", ".markdown", ".mdx"} or kind == "text/markdown":
        return "markdown"
    if suffix in {".html", ".htm", ".xhtml"} or "html" in kind or _HTML.match(start):
        return "html"
    if len(_HTML_TAGS.findall(start)) >= 3:
        return "html"
    return "markdown" if _MARKDOWN.search(start) else "text"


def _flagged(result: ReadResult) -> ReadResult:
    """Notes that the encoding had to be guessed or mended."""
    from dataclasses import replace

    articles = tuple(
        replace(article, flags=tuple(sorted({*article.flags, "encoding-guessed"})))
        for article in result.articles
    )
    return ReadResult(articles, result.problems)
