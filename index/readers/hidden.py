"""Whether an element is hidden from people, and so must not be read to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?<![\w-])opacity\s*:\s*0(?:\.0+)?\s*(?:;|$|!)|"
    r"font-size\s*:\s*0(?:\.0+)?(?:px|em|rem|pt|%)?\s*(?:;|$|!)|"
    r"(?:left|top|right|text-indent|margin-left)\s*:\s*-\d{3,}|(?<![\w-])(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:;|$|!)|"
    r"clip\s*:\s*rect\(\s*[01](?:px)?[\s,]|clip-path\s*:\s*inset\(\s*(?:50|100)%|transform\s*:\s*scale\(0\)|"
    r"(?<![\w-])color\s*:\s*transparent",
    re.IGNORECASE,
)
_WHITE = re.compile(
    r"(?<![\w-])color\s*:\s*(?:#fff(?:fff)?|white|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))\s*(?:;|$|!)",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(r"background|\bbg-|\bdark\b|\bhero\b|\bbanner\b", re.IGNORECASE)
_READER_ONLY_WORDS = """
screen-reader-text sr-only visually-hidden visuallyhidden hidden d-none is-hidden
"""
_READER_ONLY = frozenset(_READER_ONLY_WORDS.split())
_FOLDED = re.compile(r"accordion|toggle|tab|collaps|panel|faq|answer|spoiler|expand", re.IGNORECASE)


def is_hidden(node: LexborNode) -> bool:
    """Whether a page keeps this element's text from being seen.

    The answer of an accordion and the sheet behind a tab are folded, not hidden: one click shows
    them, so they count as text of the page.
    """
    attributes = node.attributes
    style = attributes.get("style") or ""
    invisible = bool(_STYLE.search(style)) or (bool(_WHITE.search(style)) and _on_white(node))
    marked = "hidden" in attributes or attributes.get("aria-hidden") == "true"
    classes = frozenset((attributes.get("class") or "").split())
    if not (invisible or marked or classes & _READER_ONLY):
        return False
    return not _is_folded(node)


def _on_white(node: LexborNode | None) -> bool:
    """Whether neither an element nor anything around it says that it has a background."""
    while node is not None:
        look = f"{node.attributes.get('style') or ''} {node.attributes.get('class') or ''}"
        if _BACKGROUND.search(look):
            return False
        node = node.parent if node.parent is not None and node.parent.is_element_node else None
    return True


def _is_folded(node: LexborNode) -> bool:
    """Whether something on the page opens this element."""
    attributes = node.attributes
    if attributes.get("role") in {"tabpanel", "region"}:
        return True
    names = " ".join(filter(None, (attributes.get("class"), attributes.get("id"))))
    only_for_readers = frozenset((attributes.get("class") or "").split()) & _READER_ONLY - {
        "hidden"
    }
    return bool(_FOLDED.search(names)) and not only_for_readers
