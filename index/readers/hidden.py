"""Whether an element is hidden from people, and so must not be read to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from selectolax.lexbor import SelectolaxError

from index.readers.controls import OPENED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

_END = r"\s*(?:;|$|!)"
_FAR = r"-(?:\d{3,}|\d{2,}(?:\.\d+)?(?:em|rem|ch|vw|vh))"
_ZERO = r"(?:0+(?:\.0*)?|\.0+)(?:px|em|rem|pt|%)?"
_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden|mso-hide\s*:|"
    rf"(?<![\w-])opacity\s*:\s*(?:0+(?:\.0\d*)?|\.0\d*)%?{_END}|opacity\(\s*0|"
    rf"font-size\s*:\s*(?:{_ZERO}|(?:[01](?:\.\d+)?|\.\d+)px|0?\.[01]\d*(?:em|rem)){_END}|"
    rf"(?:left|top|right|bottom|text-indent|margin-left)\s*:\s*{_FAR}|translate\w*\([^)]{{0,40}}-\d{{4,}}|"
    rf"(?<![\w-])(?:max-)?(?:height|width)\s*:\s*{_ZERO}{_END}|"
    r"clip\s*:\s*rect\(\s*[01](?:px)?[\s,]|clip-path\s*:\s*(?:inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0)|"
    rf"scale\w*\(\s*{_ZERO}\s*[,)]|"
    rf"(?<![\w-])color\s*:\s*(?:transparent|rgba\([^)]{{0,40}},\s*0(?:\.0+)?\s*\)){_END}",
    re.IGNORECASE,
)
_WHITE = re.compile(
    r"(?<![\w-])color\s*:\s*(?:#f[def]f[def]f[def]|#fff|white|snow|ivory|"
    rf"rgba?\(\s*25\d\s*,\s*25\d\s*,\s*25\d\b[^)]{{0,20}}\)){_END}",
    re.IGNORECASE,
)
_SELECTOR = re.compile(r"[\w-]*[.#][\w.#-]+")
_MOVING = re.compile(r"invisible|animat|fade|aos|reveal|wow|lazy|js\b", re.IGNORECASE)
_MAX_SELECTORS = 500
_LEAST_COMMENT_WORDS = 6
_BACKGROUND = re.compile(r"background|\bbg-|\bdark\b|\bhero\b|\bbanner\b", re.IGNORECASE)
_READER_ONLY = re.compile(
    r"(?:^|[\s_-])(?:screen-reader-text|sr-only|visually-?hidden)(?:$|\s)", re.IGNORECASE
)
_NOT_SHOWN = frozenset({"hidden", "d-none", "is-hidden"})
_FOLDED = re.compile(r"accordion|toggle|tab|collaps|panel|faq|answer|spoiler|expand", re.IGNORECASE)


def is_hidden(node: LexborNode) -> bool:
    """Whether a page keeps this element's text from being seen.

    The answer of an accordion and the sheet behind a tab are folded, not hidden: one click shows
    them, so they count as text of the page.
    """
    attributes = node.attributes
    style = _without_comments(attributes.get("style") or "")
    invisible = bool(_STYLE.search(style)) or (bool(_WHITE.search(style)) and _on_white(node))
    marked = "hidden" in attributes or attributes.get("aria-hidden") == "true"
    names = attributes.get("class") or ""
    unshown = bool(_READER_ONLY.search(names)) or not _NOT_SHOWN.isdisjoint(names.split())
    if not (invisible or marked or unshown):
        return False
    return not _is_folded(node)


def mark_hidden_by_sheets(tree: LexborHTMLParser) -> None:
    """Gives the elements that the page's own style sheets hide the attribute `hidden`.

    Rules under a condition (`@media`, `@supports`) are left out, since they hide for some readers
    only; so are selectors with states and relations, which pages use to fold and unfold, and what
    moves into sight by a script.
    """
    selectors = [
        selector.strip()
        for sheet in tree.css("style")
        for prelude, declarations in _plain_rules(_without_comments(sheet.text(deep=True)))
        if _STYLE.search(declarations)
        for selector in prelude.split(",")
    ]
    for selector in selectors[:_MAX_SELECTORS]:
        if _SELECTOR.fullmatch(selector) and not _MOVING.search(selector):
            _mark(tree, selector)


def _plain_rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules that stand under no condition."""
    preludes: list[str] = []
    before = ""
    for part in re.split(r"([{}])", sheet):
        if part == "{":
            preludes.append(before)
        elif part == "}" and preludes:
            prelude = preludes.pop().rsplit(";", 1)[-1]
            if not preludes and "@" not in prelude:
                yield prelude, before
        before = part


def _without_comments(style: str) -> str:
    first, *others = style.split("/*")
    return first + "".join(other.partition("*/")[2] for other in others)


def _mark(tree: LexborHTMLParser, selector: str) -> None:
    try:
        found = tree.css(selector)
    except SelectolaxError:
        return
    for node in found:
        node.attrs["hidden"] = ""


def is_written_for_machines(comment: str) -> bool:
    """Whether an HTML comment holds prose, which no reader of the page sees."""
    words = re.findall(r"(?<![\w/<-])[^\W\d_]{2,}(?![\w/>-])", comment)
    return len(words) >= _LEAST_COMMENT_WORDS and not re.match(r"\s*(?:/?wp:|\[if|#)", comment)


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
    if attributes.get("role") == "button":
        return False
    if OPENED in attributes or attributes.get("role") in {"tabpanel", "region"}:
        return True
    classes = attributes.get("class") or ""
    only_for_readers = bool(_READER_ONLY.search(classes)) or not {"d-none", "is-hidden"}.isdisjoint(
        classes.split()
    )
    return bool(_FOLDED.search(f"{classes} {attributes.get('id') or ''}")) and not only_for_readers
