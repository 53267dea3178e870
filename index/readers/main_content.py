"""Finds the element that holds a page's article, by names and by where its prose is dense.

First what is never text of an article goes (`noise`), then the best of the places where articles
stand is chosen, then, where a page has no such place, the element with the densest prose (after
Kohlschütter et al. 2010, boilerplate detection by text and link density).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.readers.controls import ancestors
from index.readers.inline import tidy
from index.readers.noise import drop_noise
from index.readers.prose import prose_length

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
_ENOUGH = 0.65
"""Share of the best place's prose that a more closely named place must hold to be preferred."""

_NEARLY_ALL = 0.8
"""Share of an element's prose that one inside it must hold to stand for it."""


def find_main(tree: LexborHTMLParser) -> LexborNode | None:
    """The element that holds the article, its noise taken out; changes the tree."""
    body = tree.body
    if body is None:
        return None
    drop_noise(body)
    places = [(place, node) for place in _PLACES for node in body.css(place)]
    scored = [(prose_length(node), node) for _, node in places]
    best = max((score for score, _ in scored), default=0)
    if best >= 0.4 * max(1, prose_length(body)):
        chosen = next(_outermost(node) for score, node in scored if score >= _ENOUGH * best)
        return _own_column(chosen)
    return _densest(body)


def find_lede(tree: LexborHTMLParser, main: LexborNode) -> list[LexborNode]:
    """What stands under the page's one top heading, where that stands outside the article."""
    headings = tree.css("h1")
    if len(headings) != 1 or main.css_first("h1") is not None:
        return []
    found = []
    following = headings[0].next
    while following is not None:
        is_text = following.is_element_node and following.css_first("a") is None
        if is_text and 0 < len(tidy(following.text(deep=True))) <= _MAX_LEDE_CHARACTERS:
            found.append(following)
        following = following.next
    return [node for node in found if all(one.mem_id != node.mem_id for one in ancestors(main))]


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
