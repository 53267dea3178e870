"""Documents that are ZIPs inside: Word's .docx, and EPUB."""

from __future__ import annotations

import io
import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from index.archives import list_members, open_archive, read_member
from index.errors import NotAnArticle, SourceError, UnreadableSource
from index.readers.builder import build_article
from index.readers.dates import parse_date
from index.readers.decode import decode
from index.readers.html import read_fragment
from index.readers.inline import tidy
from index.readers.language import normalise_code
from index.readers.metadata import Metadata
from index.readers.page_tree import parse_html
from index.readers.results import ReadResult
from index.readers.xml_source import first_named, local_name, parse_xml, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element
    from zipfile import ZipFile

    from index.records import Article

MAX_PART_BYTES = 50_000_000


def read_docx(data: bytes, *, source: str, name: str, url: str | None) -> ReadResult:
    """The article of a Word document; mammoth turns its styles into HTML.

    Raises:
        UnreadableSource: it is broken.
        NotAnArticle: there is no text in it.
    """
    import mammoth

    with open_archive(data, source) as archive:
        for part in list_members(archive):
            # Word writes no document types: whoever does wants entities expanded.
            if part.endswith((".xml", ".rels")) and _has_document_type(archive, part, source):
                raise UnreadableSource(f"{source}: declares XML entities; save it again in Word")
        properties = _core_properties(archive, source)
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data), convert_image=mammoth.images.img_element(lambda _: {})
        )
    except Exception as error:  # mammoth raises whatever a broken part makes its parser raise
        message = f"{source}: is a broken Word file ({type(error).__name__}); save it again"
        raise UnreadableSource(message) from error
    book = read_fragment(result.value)
    metadata = Metadata(
        source=source,
        name=name,
        format="docx",
        title=tidy(properties.get("title", "")) or None,
        url=url,
        author=tidy(properties.get("creator", "")) or None,
        published=parse_date(properties.get("created", "")[:10]),
        modified=parse_date(properties.get("modified", "")[:10]),
        language=normalise_code(properties.get("language")),
        flags=tuple(book.flags),
    )
    return ReadResult((build_article(book.drafts, metadata),))


def read_epub(data: bytes, *, source: str, name: str) -> ReadResult:
    """The articles of an EPUB: each chapter with text is one, in reading order (EPUB 3.3).

    Raises:
        UnreadableSource: it is broken.
        NotAnArticle: there is no text in it.
    """
    with open_archive(data, source) as archive:
        container = parse_xml(_part(archive, "META-INF/container.xml", source), source=source)
        rootfile = next((n for n in container.iter() if local_name(n) == "rootfile"), None)
        path = rootfile.get("full-path", "") if rootfile is not None else ""
        package = parse_xml(_part(archive, path, source), source=source)
        facts = {local_name(node): text_of(node) for node in _children(package, "metadata")}
        chapters: list[Article] = []
        for href in _spine(package, posixpath.dirname(path)):
            try:
                chapters.append(_read_chapter(archive, href, source, name, facts))
            except NotAnArticle:
                continue  # covers, title pages and tables of contents
    if not chapters:
        raise NotAnArticle(f"{source}: holds no article text; give a book with text in it")
    return ReadResult(tuple(chapters))


def _read_chapter(
    archive: ZipFile, href: str, source: str, name: str, facts: dict[str, str]
) -> Article:
    """One file of a book."""
    markup, _ = decode(_part(archive, href, source), source=source)
    tree = parse_html(markup)
    for node in tree.css("nav, head"):
        node.decompose()
    book = read_fragment(tree.html or "")
    heading = next((draft.words for draft in book.drafts if draft.kind == "heading"), None)
    metadata = Metadata(
        source=f"{source} ({href})",
        name=f"{name}#{href}",
        format="epub",
        title=heading or facts.get("title"),
        publisher=facts.get("publisher") or facts.get("title"),
        author=facts.get("creator"),
        published=parse_date(facts.get("date", "")[:10]),
        language=normalise_code(facts.get("language")),
        flags=tuple(book.flags),
    )
    return build_article(book.drafts, metadata)


def _spine(package: Element, folder: str) -> Iterator[str]:
    """Paths of a book's files in reading order."""
    manifest = {
        item.get("id"): item.get("href", "")
        for item in _children(package, "manifest")
        if "html" in item.get("media-type", "") and "nav" not in item.get("properties", "").split()
    }
    for itemref in _children(package, "spine"):
        href = manifest.get(itemref.get("idref"))
        if href:
            yield posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


def _children(package: Element, name: str) -> list[Element]:
    """What one part of a book's package holds; nothing where the part is missing."""
    part = first_named(package, name)
    return list(part) if part is not None else []


def _core_properties(archive: ZipFile, source: str) -> dict[str, str]:
    """Title, author and dates that a Word document says of itself; empty where it does not."""
    try:
        root = parse_xml(_part(archive, "docProps/core.xml", source), source=source)
    except SourceError:
        return {}
    return {local_name(node): text_of(node) for node in root}


def _has_document_type(archive: ZipFile, name: str, source: str) -> bool:
    """Whether a part declares a document type, in UTF-8 or in UTF-16."""
    return b"<!DOCTYPE" in _part(archive, name, source).replace(b"\0", b"")


def _part(archive: ZipFile, name: str, source: str) -> bytes:
    return read_member(archive, name, source, MAX_PART_BYTES)
