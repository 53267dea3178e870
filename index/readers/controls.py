"""Whether an element is there to be pressed and not to be read: buttons, labels, icons, cards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.readers.commercial import is_commercial
from index.readers.inline import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
TITLE_TAGS = HEADING_TAGS | {"dt", "summary"}
"""What stands above a text of its own: a button or a link in it is its words."""

TITLE = "data-panel-title"
"""Attribute that holds a panel's title, where no heading on the page says it."""

OPENED = "data-panel-opened"
"""Attribute of panels that a control on the page opens."""

_BLOCK_TAGS = frozenset({"p", "div", "li", "td", "section", "article", "ul", "ol", *HEADING_TAGS})
_BLOCKS = ", ".join(sorted(_BLOCK_TAGS))
_BUTTON = re.compile(r"(?:^|[\s_-])(?:btn\d?|buttons?|cta)(?:$|[\s_-])|__button", re.IGNORECASE)
_ICON = re.compile(r"icon", re.IGNORECASE)
_ANCHOR_SIGNS = frozenset({"#", "¶", "§", "🔗"})
_MAX_BUTTON_CHARACTERS = 60
_MAX_ANCESTORS = 200
_NEAREST = 4


def is_control(node: LexborNode) -> bool:
    """Whether an element is a button, a form field's label, an icon's letter or a card."""
    if node.tag in {"a", "span"} and _is_anchor_sign(node):
        return True
    if node.tag in {"button", "a"} and any(above.tag in TITLE_TAGS for above in ancestors(node)):
        return False
    if node.tag == "a":
        return is_card(node) or _is_lone_button(node)
    return node.tag in {"button", "label"} or _is_icon(node)


def _is_anchor_sign(node: LexborNode) -> bool:
    """Whether a link, or a sign in one, only offers a heading's own address, as `#` or `¶`."""
    link = node if node.tag == "a" else node.parent
    if link is None or link.tag != "a" or node.text(deep=True).strip() not in _ANCHOR_SIGNS:
        return False
    return (link.attributes.get("href") or "").startswith("#")


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around an element, the nearest first; of very many, the nearest ones."""
    parent = node.parent
    for _ in range(_MAX_ANCESTORS):
        if parent is None or not parent.is_element_node:
            return
        yield parent
        parent = parent.parent


def _siblings(node: LexborNode) -> Iterator[LexborNode]:
    """What stands nearest to a node on either side, up to the next block."""
    before, after = node.prev, node.next
    for _ in range(_NEAREST):
        if before is not None:
            yield before
            before = None if before.tag in _BLOCK_TAGS else before.prev
        if after is not None:
            yield after
            after = None if after.tag in _BLOCK_TAGS else after.next


def _is_lone_button(link: LexborNode) -> bool:
    """Whether a link looks like a button and is all that its paragraph says.

    What sells stays, so that the article can be told to sell.
    """
    attributes = link.attributes
    names = attributes.get("class") or ""
    words = tidy(link.text(deep=True))
    dressed = bool(_BUTTON.search(names)) or attributes.get("role") == "button"
    if not dressed or len(words) > _MAX_BUTTON_CHARACTERS or _is_raised(link):
        return False
    sells = is_commercial(attributes.get("href") or "", words, attributes.get("rel") or "")
    return not sells and not _is_in_line(link)


def _is_raised(link: LexborNode) -> bool:
    """Whether a link is a footnote's number, which plug-ins make a button of."""
    return link.css_first("sup") is not None or any(one.tag == "sup" for one in ancestors(link))


def _is_in_line(node: LexborNode) -> bool:
    """Whether words stand beside an element, or beside what holds nothing but it."""
    for place in (node, *ancestors(node)):
        if place.tag in _BLOCK_TAGS:
            return False
        beside = (one for one in _siblings(place) if one.tag not in {*_BLOCK_TAGS, "a", "button"})
        if any(tidy(one.text(deep=True)) for one in beside):
            return True
    return False


def is_card(link: LexborNode) -> bool:
    """Whether a link holds blocks of text: it shows another page, it does not speak of it."""
    if (link.attributes.get("href") or "#").startswith("#"):
        return False
    blocks = [tidy(node.text(deep=True)) for node in link.css(_BLOCKS)]
    whole = tidy(link.text(deep=True))
    return len({words for words in blocks if words and words != whole}) > 1


def _is_icon(node: LexborNode) -> bool:
    """Whether an element holds the one letter by which an icon font draws a picture."""
    names = node.attributes.get("class") or ""
    return bool(_ICON.search(names)) and len(tidy(node.text(deep=True))) == 1
