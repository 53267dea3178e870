"""Markup → the tree of its elements, in time that grows with the markup's length.

lexbor compares each attribute of a tag with all before it, and looks through all open elements for
many a tag: a page of 3 MB took minutes with one tag of 300,000 attributes, or with 200,000
elements in each other.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ATTRIBUTES = 1000
"""Of a tag; what is beyond is left out."""
MAX_DEPTH = 2000
"""Elements in each other; browsers draw no more than about 500."""
_ATTRIBUTE = re.compile(r"""[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+""")
_TAG = re.compile(
    r"<!--(?!-?>)(?:(?!--!?>).)*+|<(script|style)(?=[\s/>])(?:(?!</\1\b).)*+"
    rf"|<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*+)(?:{_ATTRIBUTE.pattern})*+(?P<empty>\s*+/\s*+>)?+",
    re.DOTALL | re.IGNORECASE,
)
"""A tag, its closing bracket left out; a comment, script or style sheet as one."""
_NEVER_NESTED = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr", "html", "head", "body", "p", "li", "dt", "dd", "option", "optgroup",
        "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th", "rt", "rp", "a", "nobr",
    }
)  # fmt: skip
"""Elements that hold nothing, or that the next of their kind ends (HTML 13.1.2.4)."""
_DRAWINGS = frozenset({"svg", "math"})
"""In these, and nowhere else, a slash at a tag's end closes the element."""
_NO_DRAWING = frozenset(
    {
        "foreignobject", "desc", "title", "annotation-xml", "mi", "mo", "mn", "ms", "mtext", "b",
        "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em",
        "embed", "font", "h1", "h2", "h3", "h4", "h5", "h6", "head", "hr", "i", "img", "li",
        "listing", "menu", "meta", "nobr", "ol", "p", "pre", "ruby", "s", "small", "span",
        "strong", "strike", "sub", "sup", "table", "tt", "u", "ul", "var",
    }
)  # fmt: skip
"""Elements that lead from a drawing back to the page (HTML 13.2.6.5)."""


def parse_html(markup: str) -> LexborHTMLParser:
    """The tree of a page or of a part of one.

    Raises:
        RecursionError: its elements are nested too deeply.
    """
    if any(depth > MAX_DEPTH for depth in _depths(markup)):
        raise RecursionError
    if any(_may_have_many(tag) for tag in _TAG.finditer(markup)):
        markup = _TAG.sub(_shorten, markup)
    return LexborHTMLParser(markup)


def _depths(markup: str) -> Iterator[int]:
    """How many elements are open behind each tag, where one ends what was begun last."""
    depth, draws = 0, False
    for tag in _TAG.finditer(markup):
        name = (tag["name"] or "").lower()
        if name in _DRAWINGS:
            draws = not tag["end"]
        draws = draws and name not in _NO_DRAWING
        if name and name not in _NEVER_NESTED and not (draws and tag["empty"]):
            depth = max(0, depth - 1) if tag["end"] else depth + 1
            yield depth


def _may_have_many(tag: re.Match[str]) -> bool:
    """Whether a tag has room for more attributes than are read: each takes two characters."""
    return bool(tag["name"]) and tag.end() - tag.start() > 2 * MAX_ATTRIBUTES


def _shorten(tag: re.Match[str]) -> str:
    if not _may_have_many(tag):
        return tag[0]
    attributes = list(islice(_ATTRIBUTE.finditer(tag[0]), MAX_ATTRIBUTES))
    return tag[0][: attributes[-1].end()] if attributes else tag[0]
