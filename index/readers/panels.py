"""Accordions, tabs and other panels that a click opens: each panel learns what it is called.

Pages put a panel's title into a button, a tab in a list of tabs or a box above the panel. All of
them become one thing: an attribute of the panel, which the walk over the page reads as a heading.
Which control opens which panel is said by WAI-ARIA (`aria-controls`), by the frameworks'
`data-target` and `href="#…"`, by the order of tabs and panels, or by the one following the other.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from index.readers.controls import HEADING_TAGS, OPENED, TITLE, TITLE_TAGS, ancestors
from index.readers.inline import tidy
from index.readers.noise import is_noise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

_CONTROL = "data-panel-control"
_TEXT = "p, ul, ol, table"
_NAMED = "[aria-controls], [data-bs-target], [data-target], [role=tab][href^='#']"
_TITLE_NAME = re.compile(
    r"(?:accordion|toggle|faq|spoiler|collaps|expand|(?<![a-z])tabs?(?![a-z]))[\w-]*"
    r"(?:title|header|heading|question|button|trigger|label|toggle|control)|faq[\w-]*[_-]q(?![a-z])|question",
    re.IGNORECASE,
)
_TAB_NAME = re.compile(r"(?:^|[\s_-])tabs?(?:$|[\s_-])", re.IGNORECASE)
_TAB_BAR = re.compile(
    r"(?:^|[\s_-])tabs?[\w-]*[_-](?:nav|list|menu|controls|titles|bar)(?:$|\s)", re.IGNORECASE
)
_BLOCK = f"{_TEXT}, h1, h2, h3, h4, h5, h6, input, select, textarea"
_DECORATION = (
    "svg, [aria-hidden=true], [class*=icon], [class*=state], [class*=sr-only], [class*=reader-text]"
)
_MAX_TITLE_CHARACTERS = 200
_MAX_CONTROLS = 1000
"""Controls of a page that are looked at; no page for people has so many."""

_MAX_FOLLOWING = 5
"""Elements behind a list of tabs in which its panels are looked for."""


def open_panels(body: LexborNode) -> None:
    """Gives panels their titles and takes the controls out; changes the tree.

    Hover texts that the page also says elsewhere, as those of footnotes, go with them.
    """
    places = {node.attributes["id"]: node for node in body.css("[id]")}
    for control in body.css(_NAMED)[:_MAX_CONTROLS]:
        panel = places.get(_target(control))
        if panel is not None:
            _pair(control, panel)
    lists = body.css("[role=tablist], ul[class], ol[class], div[class]")
    for tabs in islice(filter(_is_tab_list, lists), _MAX_CONTROLS):
        for control, panel in _in_order(tabs, places):
            _pair(control, panel)
    controls = body.css("[class], [aria-expanded], button")
    for control in islice(filter(_may_open_next, controls), _MAX_CONTROLS):
        if (panel := _following(control)) is not None:
            _pair(control, panel)
    _mark_hover_texts(body)
    done = body.css(f"[{_CONTROL}]")
    for node in [node for node in done if not any(map(_is_marked, ancestors(node)))]:
        node.decompose()


def _mark_hover_texts(body: LexborNode) -> None:
    """Notes which hover texts say what the page also says elsewhere."""
    whole = tidy(body.text(deep=True))
    for hover in body.css("[role=tooltip]")[:_MAX_CONTROLS]:
        if whole.count(tidy(hover.text(deep=True))) > 1:
            hover.attrs[_CONTROL] = ""


def _pair(control: LexborNode, panel: LexborNode) -> None:
    """Notes that a control opens a panel, under the control's words."""
    title = _words(control)
    is_new = OPENED not in panel.attributes
    if not title or len(title) > _MAX_TITLE_CHARACTERS or _is_taken(control) or not _prose(panel):
        return
    if _holds(panel, control) or _holds(control, panel):
        return
    panel.attrs[OPENED] = ""
    if any(node.tag in TITLE_TAGS for node in (control, *ancestors(control))):
        for part in control.css(_DECORATION) if title != tidy(control.text(deep=True)) else ():
            part.attrs[_CONTROL] = ""
        return
    first = panel.css_first(", ".join(sorted(HEADING_TAGS)))
    if is_new and (first is None or tidy(first.text(deep=True)) != title):
        panel.attrs[TITLE] = title
    if is_new or panel.attributes.get(TITLE) == title:
        control.attrs[_CONTROL] = ""


def _target(control: LexborNode) -> str:
    """The id of what a control says that it opens."""
    attributes = control.attributes
    for name in ("aria-controls", "data-bs-target", "data-target", "href"):
        value = (attributes.get(name) or "").strip()
        if value and (name == "aria-controls" or value.startswith("#")):
            return value.removeprefix("#").split()[0] if value != "#" else ""
    return ""


def _is_tab_list(node: LexborNode) -> bool:
    """Whether an element lists tabs, by its role or its name."""
    names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
    kind = _TAB_BAR if node.tag == "div" else _TAB_NAME
    return node.attributes.get("role") == "tablist" or bool(kind.search(names))


def _in_order(
    tabs: LexborNode, places: dict[str | None, LexborNode]
) -> Iterator[tuple[LexborNode, LexborNode]]:
    """Tabs with their panels, where a list of tabs has as many panels behind it."""
    controls = [node for node in _elements(tabs) if _words(node) and not node.css_first(_TEXT)]
    panels: list[LexborNode | None] = [_named_panel(control, places) for control in controls]
    if not any(panels):
        panels = [*next(_rows_behind(tabs, len(controls)), [])]
    for control, panel in zip(controls, panels, strict=False) if len(controls) > 1 else ():
        if panel is not None:
            yield control, panel


def _named_panel(control: LexborNode, places: dict[str | None, LexborNode]) -> LexborNode | None:
    """The panel that a tab, or the link in it, names; not the tab itself."""
    panel = places.get(_target(control.css_first("a[href]") or control))
    return None if panel is None or _holds(control, panel) else panel


def _rows_behind(node: LexborNode, count: int) -> Iterator[list[LexborNode]]:
    """Runs of as many elements as there are tabs, from what stands behind them."""
    parent: LexborNode | None = node
    for _ in range(3):
        if parent is None:
            return
        following = _next_element(parent)
        for _ in range(_MAX_FOLLOWING):
            if following is None:
                break
            inner = _elements(following)
            while len(inner) == 1:
                inner = _elements(inner[0])
            if len(inner) == count and all(map(_prose, inner)):
                yield inner
            following = _next_element(following)
        parent = parent.parent


def _may_open_next(control: LexborNode) -> bool:
    """Whether an element is named, or marked, as one that opens what stands behind it."""
    names = control.attributes.get("class") or ""
    marked = "aria-expanded" in control.attributes or control.attributes.get("role") == "tab"
    return marked or bool(_TITLE_NAME.search(names)) or _is_half(control)


def _following(control: LexborNode) -> LexborNode | None:
    """The panel right behind a control."""
    around = (control, *ancestors(control))
    if control.css_first(f"{_BLOCK}, [{_CONTROL}]") or any(map(is_noise, around)):
        return None
    node: LexborNode | None = control
    for _ in range(3):
        if node is None or node.tag in {"li", "body", "p"}:
            return None
        following = _next_element(node)
        if following is not None:
            return following if following.tag not in {"h1", "h2", "h3", "a", "button"} else None
        same = node.parent is not None and _words(node.parent) == _words(control)
        node = node.parent if same else None
    return None


def _is_half(control: LexborNode) -> bool:
    """Whether a button and what stands behind it are all that a box holds."""
    parent = control.parent
    if control.tag != "button" or parent is None:
        return False
    return len(list(islice(_each_element(parent), 3))) == 2


def _words(node: LexborNode) -> str:
    """An element's words, without icons and words such as `Show` for its state."""
    text = tidy(node.text(deep=True))
    for part in node.css(_DECORATION):
        words = tidy(part.text(deep=True))
        if words and words != text and part.mem_id != node.mem_id:
            text = tidy(text.removesuffix(words).removeprefix(words))
    return text


def _prose(panel: LexborNode) -> bool:
    """Whether a panel holds more than links and buttons, as a menu does."""
    linked = sum(len(tidy(node.text(deep=True))) for node in panel.css("a, button, label, option"))
    return len(tidy(panel.text(deep=True))) > 2 * linked


def _holds(outer: LexborNode, inner: LexborNode) -> bool:
    return any(node.mem_id == outer.mem_id for node in (inner, *ancestors(inner)))


def _is_taken(control: LexborNode) -> bool:
    """Whether a control around this one was paired already."""
    return any(map(_is_marked, (control, *ancestors(control))))


def _is_marked(node: LexborNode) -> bool:
    return _CONTROL in node.attributes


def _elements(node: LexborNode) -> list[LexborNode]:
    return list(_each_element(node))


def _each_element(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        if child.is_element_node:
            yield child
        child = child.next


def _next_element(node: LexborNode) -> LexborNode | None:
    following = node.next
    while following is not None and not following.is_element_node:
        if tidy(following.text_content or "") and following.tag == "-text":
            return None
        following = following.next
    return following
