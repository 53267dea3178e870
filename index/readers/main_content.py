"""Finds the element that holds a page's article, by names and by where its prose is dense.

First what is never text of an article goes (`noise`), then the best of the places where articles
stand is chosen, then, where a page has no such place, the element with the densest prose (after
Kohlschütter et al. 2010, boilerplate detection by text and link density).
"""

from __future__ import annotations

import re
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from index.readers.controls import ancestors
from index.readers.inline import tidy
from index.readers.noise import drop_noise
from index.readers.prose import prose_length
from index.readers.teasers import empty_teasers

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_PLACES = (
    "[itemprop=articleBody]", ".entry-content", ".post-content", ".article-content",
    ".article-body", ".article__body", ".post-body", ".elementor-widget-theme-post-content",
    ".et_pb_post_content", ".td-post-content", ".wp-block-post-content", ".single-content",
    "main article", "[role=main] article", "article", "main", "[role=main]", "#main-content",
    "#content", "#main", ".content",
)  # fmt: skip
_COLUMN = re.compile(
    r"(?:^|[\s_-])(?:col|columns?|span|grid)[_-]?(?:[a-z]{2}[_-])?\d", re.IGNORECASE
)
_MAX_DESCENT = 40
_MAX_LEDE_CHARACTERS = 400
_MAX_SIDE_CHARACTERS = 300
_SIDE_RATIO = 4
_MAX_COLUMNS = 6
_ENOUGH = 0.65
"""Share of the best place's prose that a more closely named place must hold to be preferred."""

_NEARLY_ALL = 0.8
"""Share of an element's prose that one inside it must hold to stand for it."""


def find_main(tree: LexborHTMLParser, site: str | None = None) -> LexborNode | None:
    """The element that holds the article, its noise taken out; changes the tree.

    Args:
        tree: the page.
        site: its host, where that is known.
    """
    body = tree.body
    if body is None:
        return None
    emptied = drop_noise(body)
    _drop_side_columns(body, emptied)
    empty_teasers(body, site)
    places = [(place, node) for place in _PLACES for node in body.css(place)]
    scored = [(prose_length(node), node) for _, node in places]
    best = max((score for score, _ in scored), default=0)
    if best >= 0.4 * max(1, prose_length(body)):
        chosen = next(_outermost(node) for score, node in scored if score >= _ENOUGH * best)
        return _own_column(chosen)
    return _densest(body)


def find_beside(
    tree: LexborHTMLParser, main: LexborNode
) -> tuple[list[LexborNode], list[LexborNode]]:
    """What stands under the page's one top heading but outside the article: before it, behind it.

    Before it that is a lede, behind it what builders add to a post's text, such as panels.
    """
    headings = tree.css("h1")
    before: list[LexborNode] = []
    behind: list[LexborNode] = []
    if len(headings) != 1 or main.css_first("h1") is not None:
        return before, behind
    title = tidy(headings[0].text(deep=True))
    alone = takewhile(lambda one: tidy(one.text(deep=True)) == title, ancestors(headings[0]))
    boxed = [headings[0], *alone]
    around = {one.mem_id for one in (main, *ancestors(main))}
    found, following = before, boxed[-1].next
    while following is not None:
        if following.mem_id in around:
            found = behind
        elif following.is_element_node and _is_lede(following, is_boxed=len(boxed) > 1):
            found.append(following)
        following = following.next
    return before, behind


def _is_lede(node: LexborNode, *, is_boxed: bool) -> bool:
    """Whether an element is a short text without links.

    Beside a box that holds the heading alone, dates and topics stand as often as a lede.
    """
    words = tidy(node.text(deep=True)) if node.css_first("a[href]") is None else ""
    return 0 < len(words) <= _MAX_LEDE_CHARACTERS and (not is_boxed or words.endswith("."))


def _outermost(node: LexborNode) -> LexborNode:
    """The `article` around a body that is named as such, so that its title and references stay."""
    parent = node.parent
    while parent is not None and parent.tag not in {"body", "html"}:
        if parent.tag == "article":
            return parent
        parent = parent.parent
    return node


def _own_column(node: LexborNode) -> LexborNode:
    """The column with top heading and prose, where a place is laid out in columns; else itself."""
    heading = node.css_first("h1")
    for column in ancestors(heading) if heading is not None else ():
        if column.mem_id == node.mem_id:
            break
        is_column = _COLUMN.search(column.attributes.get("class") or "")
        if is_column and prose_length(column) >= _NEARLY_ALL * prose_length(node):
            return column
    return node


def _drop_side_columns(body: LexborNode, emptied: set[int]) -> None:
    """Takes out the columns that menus or forms were taken out of, beside one that is the text.

    What is left of them are opening hours and calls to book; lists and tables stay, since an
    article may have its key facts there.
    """
    columns = [node for node in body.css("[class]") if node.mem_id in emptied and _is_side(node)]
    ids = {node.mem_id for node in columns}
    for column in [c for c in columns if not any(a.mem_id in ids for a in ancestors(c))]:
        column.decompose()


def _is_side(column: LexborNode) -> bool:
    """Whether a column holds few words beside one that holds many."""
    beside = _columns_beside(column)
    if not beside or column.css_first("h1, ul, ol, table, details") is not None:
        return False
    prose = prose_length(column)
    most = max(map(prose_length, beside))
    return prose <= _MAX_SIDE_CHARACTERS and prose * _SIDE_RATIO <= most


def _columns_beside(node: LexborNode) -> list[LexborNode]:
    if not _COLUMN.search(node.attributes.get("class") or "") or node.parent is None:
        return []
    row = [*islice(node.parent.iter(include_text=False), _MAX_COLUMNS + 1)]
    if len(row) > _MAX_COLUMNS:
        return []
    return [
        one
        for one in row
        if one.mem_id != node.mem_id and _COLUMN.search(one.attributes.get("class") or "")
    ]


def _densest(body: LexborNode) -> LexborNode:
    """The innermost element that holds most of the page's prose."""
    current = body
    for _ in range(_MAX_DESCENT):
        inner = _dense_child(current)
        if inner is None:
            break
        current = inner
    return current


def _dense_child(node: LexborNode) -> LexborNode | None:
    """The child with nearly all of a node's prose, None where the prose is in several."""
    enough = _NEARLY_ALL * prose_length(node)
    child = node.child
    while child is not None:
        holder = child.is_element_node and child.tag not in {"p", "ul", "ol"}
        if holder and enough > 0 and child.css_first("p, li, br") and prose_length(child) >= enough:
            return child
        child = child.next
    return None
