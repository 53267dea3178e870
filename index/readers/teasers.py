"""Boxes that show other pages: related posts, cards, previews of links.

Themes name them in a hundred ways, so they are told by what they are: a title that is a link to
another page of the site, with few words beside it, in a box of its own. A title within the text
has no such box, for the element around it holds the text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.readers.controls import ancestors
from index.readers.identity import host_name
from index.readers.inline import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

SHOWN = "data-shows-another-page"
"""Attribute of what is left of such a box: its place, to which the heading above it leads."""

_HEADINGS = "h2, h3, h4, h5, h6"
_TEXT_OF_ITS_OWN = "h1, ul ul, ol, table, pre, dl"
_MAX_WORDS_BESIDE = 45
"""Words beside the title of one of several boxes; a box that stands alone may have half as many."""

_MAX_SHARE = 0.4
"""Share of the page's words that a box may hold at the most: an article is no box of its own."""

_MAX_TITLE_WORDS = 25
_MAX_LINKS = 500


@dataclass(slots=True)
class _Page:
    """A page whose elements are looked at many times and measured once."""

    body: LexborNode
    site: str | None
    texts: dict[int, str] = field(default_factory=dict)
    closed: dict[int, bool] = field(default_factory=dict)

    def text(self, node: LexborNode) -> str:
        if node.mem_id not in self.texts:
            self.texts[node.mem_id] = tidy(node.text(deep=True, separator=" "))
        return self.texts[node.mem_id]

    def is_box(self, node: LexborNode) -> bool:
        """Whether an element may be a box: one heading at the most, and no text of an article."""
        if node.mem_id not in self.closed:
            small = node.tag not in {"body", "main"} and len(node.css(_HEADINGS)) <= 1
            self.closed[node.mem_id] = small and node.css_first(_TEXT_OF_ITS_OWN) is None
        return self.closed[node.mem_id]

    def is_internal(self, link: LexborNode) -> bool:
        """Whether a link leads to another page of the same site; others may be sources."""
        address = (link.attributes.get("href") or "").strip()
        try:
            parts = urlsplit(address)
        except ValueError:
            return False
        if not address or "#" in address or parts.scheme not in {"", "http", "https"}:
            return False
        return not parts.hostname or self.site == host_name(address)


def empty_teasers(body: LexborNode, site: str | None = None) -> None:
    """Takes out what boxes with links to other pages hold; changes the tree.

    Args:
        body: the page.
        site: host of the page, where it is known.
    """
    page = _Page(body, site)
    found = (*_titled_boxes(page), *_repeated_boxes(page), *_quoted_links(page))
    boxes = {box.mem_id: (box, title) for box, title in found}
    most = _MAX_WORDS_BESIDE if len(boxes) > 1 else _MAX_WORDS_BESIDE // 2
    limit = _MAX_SHARE * len(page.text(body).split())
    small = {
        key: box
        for key, (box, title) in boxes.items()
        if len(page.text(box).split()) <= min(limit, most + len(title.split()))
    }
    small |= {box.mem_id: box for box in _articles(page, limit)}
    outer = [b for b in small.values() if not any(one.mem_id in small for one in ancestors(b))]
    for box in outer:
        _empty(box)


def _titled_boxes(page: _Page) -> Iterator[tuple[LexborNode, str]]:
    """The largest box around each heading that is a link."""
    root = page.body.parent
    named = root.css_first("title") if root is not None else None
    own = tidy(named.text(deep=True)) if named is not None else ""
    for heading in page.body.css(_HEADINGS)[:_MAX_LINKS]:
        title = tidy(heading.text(deep=True))
        if not title or title in own or not _is_link(page, heading, title):
            continue
        box = None
        for around in ancestors(heading):
            if not page.is_box(around):
                break
            box = around
        if box is not None:
            yield box, title


def _articles(page: _Page, limit: float) -> Iterator[LexborNode]:
    """`article` elements whose own first heading leads to the article."""
    for article in page.body.css("article")[:_MAX_LINKS]:
        heading = article.css_first(_HEADINGS)
        link = heading.css_first("a[href]") if heading is not None else None
        if heading is None or link is None or article.css_first("h1") is not None:
            continue
        whole = tidy(link.text(deep=True)) == tidy(heading.text(deep=True))
        if whole and len(page.text(article).split()) <= limit:
            yield article


def _quoted_links(page: _Page) -> Iterator[tuple[LexborNode, str]]:
    """Quotations that say a link's words and nothing else, as previews of other pages do."""
    for quote in page.body.css("blockquote")[:_MAX_LINKS]:
        link = quote.css_first("a[href]")
        if link is not None and page.is_internal(link):
            title = tidy(link.text(deep=True))
            if title and page.text(quote) == title:
                yield quote, title


def _is_link(page: _Page, heading: LexborNode, title: str) -> bool:
    """Whether a heading is a link to another page, and nothing else."""
    around = next((one for one in ancestors(heading) if one.tag == "a"), None)
    link = around or heading.css_first("a[href]")
    if link is None or len(title.split()) > _MAX_TITLE_WORDS or not page.is_internal(link):
        return False
    return around is not None or tidy(link.text(deep=True)) == title


def _repeated_boxes(page: _Page) -> Iterator[tuple[LexborNode, str]]:
    """Boxes of one make, side by side, that each begin with a line that is a link."""
    found: dict[int, tuple[LexborNode, str]] = {}
    for link in page.body.css("div a[href], section a[href]")[:_MAX_LINKS]:
        title = tidy(link.text(deep=True))
        box = next((one for one in ancestors(link) if _has_twin(one)), None) if title else None
        if box is None or box.mem_id in found or not page.is_internal(link):
            continue
        if (
            _is_line(page, link, box, title)
            and page.text(box).startswith(title)
            and page.is_box(box)
        ):
            found[box.mem_id] = (box, title)
    beside = Counter(_parent_id(box) for box, _ in found.values())
    for box, title in found.values():
        if beside[_parent_id(box)] > 1:
            yield box, title


def _is_line(page: _Page, link: LexborNode, box: LexborNode, title: str) -> bool:
    """Whether a link has a line of a box for itself, and other words stand below it."""
    if page.text(box) == title and box.tag == "li":
        return False
    within = takewhile(lambda one: one.mem_id != box.mem_id, ancestors(link))
    line = next((one for one in within if one.tag in {"div", "p"}), None)
    if line is None:
        return link.css_first("div, p, h2, h3, h4, h5, h6") is not None
    return page.text(line) == title


def _has_twin(node: LexborNode) -> bool:
    """Whether right beside an element stands one of the same make."""
    names = node.attributes.get("class")
    if node.tag not in {"div", "article", "section", "li"} or not names:
        return False
    return any(
        twin is not None and twin.tag == node.tag and twin.attributes.get("class") == names
        for twin in (_next(node), _previous(node))
    )


def _next(node: LexborNode) -> LexborNode | None:
    found = node.next
    while found is not None and not found.is_element_node:
        found = found.next
    return found


def _previous(node: LexborNode) -> LexborNode | None:
    found = node.prev
    while found is not None and not found.is_element_node:
        found = found.prev
    return found


def _parent_id(node: LexborNode) -> int:
    return node.parent.mem_id if node.parent is not None else 0


def _empty(box: LexborNode) -> None:
    child = box.child
    while child is not None:
        following = child.next
        child.decompose()
        child = following
    box.attrs[SHOWN] = ""
