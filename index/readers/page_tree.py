"""Markup → the tree of its elements, in time that grows with the markup's length.

lexbor compares each attribute of a tag with all before it: a page of 3 MB with one tag of 300,000
attributes took minutes.
"""

from __future__ import annotations

import re
from itertools import islice

from selectolax.lexbor import LexborHTMLParser

MAX_ATTRIBUTES = 1000
"""Of a tag; what is beyond is left out."""
_ATTRIBUTE = re.compile(r"""[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+""")
_TAG = re.compile(rf"<[A-Za-z][^\s/>]*+(?:{_ATTRIBUTE.pattern})*+")


def parse_html(markup: str) -> LexborHTMLParser:
    """The tree of a page or of a part of one."""
    if any(_may_have_many(tag) for tag in _TAG.finditer(markup)):
        markup = _TAG.sub(_shorten, markup)
    return LexborHTMLParser(markup)


def _may_have_many(tag: re.Match[str]) -> bool:
    """Whether a tag has room for more attributes than are read: each takes two characters."""
    return tag.end() - tag.start() > 2 * MAX_ATTRIBUTES


def _shorten(tag: re.Match[str]) -> str:
    if not _may_have_many(tag):
        return tag[0]
    attributes = list(islice(_ATTRIBUTE.finditer(tag[0]), MAX_ATTRIBUTES))
    return tag[0][: attributes[-1].end()] if attributes else tag[0]
