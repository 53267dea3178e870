"""Takes out of a page what is no text of its article: menus, banners, share bars, related posts.

Told by tag, by role, and by the words that themes, builders and plug-ins name such elements with.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from index.readers.bylines import read_byline
from index.readers.commercial import is_advertisement
from index.readers.controls import HEADING_TAGS, TITLE, ancestors
from index.readers.inline import tidy
from index.readers.prose import prose_length
from index.readers.references import LOOKS_CITED, is_reference_heading

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_TAGS = (
    "script, style, noscript, template, nav, aside, iframe, svg, dialog, object, embed, "
    "amp-ad, amp-consent, amp-sidebar, amp-social-share, amp-user-notification"
)
_ROLES_WORDS = """
navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar
status
"""
_ROLES = frozenset(_ROLES_WORDS.split())
_NOISE_WORDS = """
about-author ad-container ad-slot ad-unit ad-wrapper addtoany ads adsbygoogle adspot advert
advertisement announcement-bar attachments author-bio author-box back-to-top banner-ad bookmark-card
breadcrumb breadcrumbs call-to-action cat-links catlinks chat-widget comment comments consent cookie
cookiebot cookies crumb crumbs cta disqus downloads edit-link editsection entry-footer entry-meta
ez-toc feedback follow-us foot footer gdpr helpful jp-relatedposts lang-switcher language-switcher
lead-generation leads login-form lwptoc masthead menu mini-cart modal nav nav-links navbar
navigation newsletter no-print noprint onetrust opt-in optin pager paginate pagination pop-up popup
post-meta post-navigation post-tags printfooter printfriendly promo rank-math-toc rating ratings
read-time reading-time recommendations recommended region-second related respond right-rail
search-form searchform share sharedaddy sharing side-box sidebar sign-up signup signup-card
site-footer site-header skip-link social subscribe summary-block summary-item summary-v2-block
table-of-contents tag-links tags teaser teasers toc top-bar topbar uploads votes widget-area
wp-block-post-terms wpml-ls yarpp
"""
_DETAIL_WORDS = """
meta metadata byline author post-info submitted posted-on post-date publish-date category categories
"""
_NEAR = 6
"""Elements around what is taken out that are told to have held it."""

_MAX_FRAGMENT_WORDS = 3
_MAX_TITLES = 20
_MOSTLY = 0.8
_MAX_DETAIL_CHARACTERS = 200
"""Who wrote something, when and under what takes no more; longer elements so named are text."""

_NAMING = ("class", "id", "itemprop", "data-hook", "data-testid", "data-type")
"""Attributes that name an element: where classes are made by a machine, tests still need names."""

_OF_THE_PAGE = (
    "has-", "no-", "with-", "is-", "single-", "page-id", "page-template", "post-type", "type-",
)  # fmt: skip
"""Beginnings of classes that say something of a whole page, such as `has-sidebar`."""

_CANDIDATES = ", ".join(("header", "footer", "form", "[role]", *(f"[{name}]" for name in _NAMING)))
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _any_of(words: str) -> re.Pattern[str]:
    names = "|".join(map(re.escape, words.split()))
    return re.compile(rf"(?:^|[\s_-])(?:{names})(?:$|[\s_-])")


_QUOTATION = re.compile(r"quote|testimonial", re.IGNORECASE)
_NOISE, _DETAIL = _any_of(_NOISE_WORDS), _any_of(_DETAIL_WORDS)


def drop_noise(body: LexborNode) -> set[int]:
    """Removes menus, banners, share bars and the like; changes the tree.

    Gives the identities (`mem_id`) of the elements around what it removed.
    """
    total = max(1, prose_length(body))
    emptied: set[int] = set()
    around_names: set[int] = set()
    for node in body.css(_TAGS):
        # What is called `nav` and holds no link leads nowhere: builders open panels with it.
        leads = node.tag != "nav" or node.css_first("a") is not None
        if leads and not (node.tag == "aside" and _is_beside_text(node)):
            _drop(node, total, emptied)
    for box in (*_boxes(body), *_labelled_advertisements(body)):
        _drop(box, total, emptied)
    for node in body.css(_CANDIDATES):
        if is_noise(node):
            if node.parent is not None and _named(_names(node), _DETAIL):
                around_names.add(node.parent.mem_id)
            _drop(node, total, emptied)
    _drop_fragments(body, around_names)
    return emptied


def _drop_fragments(body: LexborNode, around_names: set[int]) -> None:
    """Removes the few words that are left around names that were taken out (`Written by`)."""
    left = [node for node in body.css("div, p, span, header") if node.mem_id in around_names]
    fragments = [node for node in left if _is_fragment(node)]
    ids = {node.mem_id for node in fragments}
    for node in fragments:
        if not any(around.mem_id in ids for around in ancestors(node)):
            node.decompose()


def _is_fragment(node: LexborNode) -> bool:
    """Whether an element says nothing but up to three small words without an end."""
    words = tidy(node.text(deep=True, separator=" ")).split()
    if not 0 < len(words) <= _MAX_FRAGMENT_WORDS or not all(map(str.isalpha, words)):
        return False
    return node.css_first("h1, h2, h3, h4, h5, h6, li, td, th, dt, b, strong, summary") is None


def _boxes(body: LexborNode) -> list[LexborNode]:
    """Short boxes that ask for an address or a name: a form with the words around it."""
    found: dict[int, LexborNode] = {}
    around_forms: dict[int, bool] = {}
    for form in body.css("form"):
        box = form
        for around in ancestors(form):
            key = around.mem_id
            if key not in around_forms:
                around_forms[key] = around.css_first("h1") is None and _is_short(around)
            if not around_forms[key]:
                break
            box = around
        found[box.mem_id] = box
    return [box for box in found.values() if not any(a.mem_id in found for a in ancestors(box))]


def _labelled_advertisements(body: LexborNode) -> list[LexborNode]:
    """Short boxes that begin with a line such as `Advertisement`, with a paragraph below it."""
    labels = [
        node
        for node in body.css("p, div, span, small")
        if node.css_first("p, div") is None and is_advertisement(tidy(node.text(deep=True)))
    ]
    boxes = {node.parent.mem_id: node.parent for node in labels if node.parent is not None}
    return [
        box
        for box in boxes.values()
        if is_advertisement(tidy(box.text(deep=True, separator=" ")).split(" ", 1)[0])
        and _is_short(box)
        and box.css_first("h1, h2, h3, h4, ul, ol, table") is None
    ]


def _is_short(node: LexborNode) -> bool:
    return len(tidy(node.text(deep=True, separator=" "))) <= _MAX_DETAIL_CHARACTERS


def is_noise(node: LexborNode) -> bool:
    """Whether an element is noise by its role, its place or its name."""
    attributes = node.attributes
    if node.tag in {"html", "body", "main"}:
        return False
    if attributes.get("role") in _ROLES or node.tag == "form":
        return True
    if (node.tag == "header" and _is_page_header(node)) or (
        node.tag == "footer" and not _is_text_footer(node)
    ):
        return True
    names = _names(node)
    is_heading = node.tag in HEADING_TAGS
    named = (_named(names, _NOISE) and not is_heading) or (
        _named(names, _DETAIL) and _is_detail(node) and not _is_quoted(node, names)
    )
    return named and not _is_byline(node) and not _holds_references(node)


def _holds_references(node: LexborNode) -> bool:
    """Whether works are listed in an element below a heading or button that says so."""
    titles = node.css(f"h2, h3, h4, h5, h6, summary, button, [{TITLE}]")[:_MAX_TITLES]
    listed = any(
        is_reference_heading(title.attributes.get(TITLE) or title.text(deep=True))
        for title in titles
    )
    return listed and bool(LOOKS_CITED.search(node.text(deep=True, separator=" ")))


def _names(node: LexborNode) -> list[str]:
    """What an element is called by its class, its id and the like."""
    attributes = node.attributes
    return [name for key in _NAMING for name in (attributes.get(key) or "").split()]


def _is_page_header(node: LexborNode) -> bool:
    """Whether a `header` is the page's: outside the article, and more than a heading."""
    if _is_within(node, "article", "main"):
        return False
    heading = node.css_first("h2, h3, h4, h5, h6")
    return heading is None or tidy(heading.text(deep=True)) != tidy(node.text(deep=True))


def _is_text_footer(node: LexborNode) -> bool:
    """Whether a `footer` is text: a quotation's, or where an article has its references."""
    if _is_within(node, "blockquote", "figure"):
        return True
    headings = [heading.text(deep=True) for heading in node.css("h2, h3, h4, h5, h6")]
    return any(map(is_reference_heading, headings)) and _is_within(node, "article", "main")


def _named(names: list[str], kind: re.Pattern[str]) -> bool:
    """Whether one of an element's names is of a kind; camel case counts as words."""
    bare = (re.sub(r"[_-]+", "-", _CAMEL.sub("-", name)).lower() for name in names)
    return any(
        kind.search(name)
        for name in bare
        if not name.startswith(_OF_THE_PAGE) and "-not-" not in name
    )


def _is_detail(node: LexborNode) -> bool:
    """Whether an element is short, and no part of a list's or table's text."""
    return _is_short(node) and not _is_within(node, "li", "td", "p")


def _is_beside_text(aside: LexborNode) -> bool:
    """Whether an `aside` stands in an article and is text: key facts, notes, a quotation."""
    if not _is_within(aside, "article") or aside.css_first("form, nav, input") is not None:
        return False
    words = len(tidy(aside.text(deep=True)))
    return prose_length(aside) >= _MOSTLY * words > 0


def _is_quoted(node: LexborNode, names: list[str]) -> bool:
    """Whether an element names whoever said a quotation."""
    return _is_within(node, "blockquote", "figure") or any(map(_QUOTATION.search, names))


def _is_byline(node: LexborNode) -> bool:
    """Whether an element that themes name `entry-meta` says who wrote the article."""
    text = node.text(deep=True, separator=" ")
    return len(text) < 400 and _is_within(node, "article", "main") and read_byline(text) is not None


def _is_within(node: LexborNode, *tags: str) -> bool:
    return any(above.tag in tags for above in ancestors(node))


def _drop(node: LexborNode, total: int, emptied: set[int]) -> None:
    """Removes an element unless it is the page, holds its title or much of its prose."""
    if node.tag in {"html", "body"}:
        return
    if node.tag not in {"script", "style", "noscript", "template"}:
        prose = prose_length(node)
        much = prose > 0.6 * total or (prose > 0.4 * total and prose > 400)
        if much or (node.css_first("h1") is not None and node.tag not in {"nav", "aside"}):
            return
    emptied.update(around.mem_id for around in islice(ancestors(node), _NEAR))
    node.decompose()
