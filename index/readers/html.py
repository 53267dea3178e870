"""HTML page → `Article`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from index.errors import NotAnArticle
from index.readers.builder import build_article
from index.readers.drafts import Draftbook
from index.readers.hidden import mark_hidden_by_sheets
from index.readers.identity import host_name
from index.readers.inline import tidy
from index.readers.main_content import find_beside, find_main
from index.readers.markup import Walker
from index.readers.metadata import Metadata
from index.readers.page_metadata import read_page_metadata
from index.readers.panels import open_panels

if TYPE_CHECKING:
    from index.records import Article


def read_html(text: str, *, source: str, name: str, url: str | None) -> Article:
    """The article of a page.

    Raises:
        NotAnArticle: the page has no article in it.
    """
    tree = LexborHTMLParser(text)
    mark_hidden_by_sheets(tree)
    found = read_page_metadata(tree, url)
    if tree.body is not None:
        open_panels(tree.body)
    main = find_main(tree, site=host_name(found.url))
    if main is None:
        raise NotAnArticle(f"{source}: holds no article text; give the page of one article")
    book = Draftbook()
    walker = Walker(book)
    before, behind = find_beside(tree, main)
    for node in (*before, main, *behind):
        walker.walk(node)
    metadata = Metadata(
        source=source,
        name=name,
        format="html",
        title=tidy(found.title or "") or None,
        url=found.url,
        publisher=found.publisher,
        author=found.author,
        published=found.published,
        modified=found.modified,
        language=found.language,
        flags=tuple(book.flags),
        translations=found.translations,
    )
    return build_article(book.drafts, metadata)


def read_fragment(markup: str) -> Draftbook:
    """Drafts of HTML that is all article, as WordPress and Markdown give it."""
    tree = LexborHTMLParser(markup)
    book = Draftbook()
    mark_hidden_by_sheets(tree)
    if tree.body is not None:
        for node in tree.body.css("nav, .toc, .ez-toc-container, #ez-toc-container, .sharedaddy"):
            node.decompose()
        open_panels(tree.body)
        Walker(book).walk(tree.body)
    return book
