"""HTML page → `Article`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import NotAnArticle
from index.readers.builder import build_article
from index.readers.drafts import Draftbook
from index.readers.hidden import mark_hidden_by_sheets
from index.readers.identity import host_name
from index.readers.inline import tidy
from index.readers.main_content import find_beside, find_main
from index.readers.markup import Walker
from index.readers.metadata import Metadata
from index.readers.noise import drop_noise
from index.readers.page_metadata import read_page_metadata
from index.readers.page_tree import parse_html
from index.readers.panels import open_panels
from index.readers.teasers import empty_teasers

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

    from index.records import Article


def read_html(text: str, *, source: str, name: str, url: str | None) -> Article:
    """The article of a page.

    Raises:
        NotAnArticle: the page has no article in it.
    """
    tree = parse_html(text)
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
        credentials=found.credentials,
        published=found.published,
        modified=found.modified,
        language=found.language,
        flags=tuple(book.flags),
        translations=found.translations,
    )
    return build_article(book.drafts, metadata)


def read_fragment(markup: str) -> Draftbook:
    """Drafts of HTML that is all article, as Markdown and documents give it."""
    return _read_body(parse_html(markup))


def read_content(markup: str, site: str | None) -> Draftbook:
    """Drafts of a post's content, without what plug-ins and builders put into it.

    That are share bars, forms, related posts, authors' boxes: a list of posts gives them, too.

    Args:
        markup: the content as the site renders it.
        site: host of the site, where it is known.
    """
    tree = parse_html(f"<main><article>{markup}</article></main>")
    return _read_body(tree, site, has_noise=True)


def _read_body(
    tree: LexborHTMLParser, site: str | None = None, *, has_noise: bool = False
) -> Draftbook:
    book = Draftbook()
    mark_hidden_by_sheets(tree)
    if tree.body is not None:
        for node in tree.body.css("nav, .toc, .ez-toc-container, #ez-toc-container, .sharedaddy"):
            node.decompose()
        open_panels(tree.body)
        if has_noise:
            drop_noise(tree.body)
            empty_teasers(tree.body, site)
        Walker(book).walk(tree.body)
    return book
