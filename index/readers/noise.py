"""Takes out of a page what is no text of its article: menus, banners, share bars, related posts.

Told by tag, by role, and by the words that themes, builders and plug-ins name such elements with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.readers.bylines import read_byline
from index.readers.controls import HEADING_TAGS, ancestors
from index.readers.inline import tidy
from index.readers.prose import prose_length
from index.readers.references import is_reference_heading

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
_MAX_DETAIL_CHARACTERS = 200
"""Who wrote something, when and under what takes no more; longer elements so named are text."""

_NAMING = ("class", "id", "itemprop", "data-hook", "data-testid", "data-type")
"""Attributes that name an element: where classes are made by a machine, tests still need names."""

_OF_THE_PAGE = (
    "has-", "no-", "with-", "is-", "single-", "page-id", "page-template", "post-type", "type-",
)  # fmt: skip
"""Beginnings of classes that say something of a whole page, such as `has-sidebar`."""

_CANDIDATES = ", ".join(
    ("header", "footer", "form", "article", "[role]", *(f"[{name}]" for name in _NAMING))
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _any_of(words: str) -> re.Pattern[str]:
    names = "|".join(map(re.escape, words.split()))
    return re.compile(rf"(?:^|[\s_-])(?:{names})(?:$|[\s_-])")


_NOISE, _DETAIL = _any_of(_NOISE_WORDS), _any_of(_DETAIL_WORDS)


def drop_noise(body: LexborNode) -> None:
    """Removes menus, banners, share bars and the like; changes the tree."""
    total = max(1, prose_length(body))
    for node in body.css(_TAGS):
        # What is called `nav` and holds no link leads nowhere: builders open panels with it.
        if node.tag != "nav" or node.css_first("a") is not None:
            _drop(node, total)
    for box in _boxes(body):
        _drop(box, total)
    for node in body.css(_CANDIDATES):
        if is_noise(node):
            _drop(node, total)


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


def _is_short(node: LexborNode) -> bool:
    return len(tidy(node.text(deep=True, separator=" "))) <= _MAX_DETAIL_CHARACTERS


def is_noise(node: LexborNode) -> bool:
    """Whether an element is noise by its role, its place or its name."""
    attributes = node.attributes
    if node.tag in {"html", "body", "main"}:
        return False
    if attributes.get("role") in _ROLES or node.tag == "form" or _is_teaser(node):
        return True
    if (node.tag == "header" and _is_page_header(node)) or (
        node.tag == "footer" and not _is_text_footer(node)
    ):
        return True
    names = [name for key in _NAMING for name in (attributes.get(key) or "").split()]
    is_heading = node.tag in HEADING_TAGS
    named = (_named(names, _NOISE) and not is_heading) or (
        _named(names, _DETAIL) and _is_detail(node)
    )
    return named and not _is_byline(node)


def _is_teaser(node: LexborNode) -> bool:
    """Whether an `article` shows another page: its heading is a link and nothing else."""
    heading = node.css_first("h2, h3, h4, h5, h6") if node.tag == "article" else None
    link = heading.css_first("a[href]") if heading is not None else None
    if heading is None or link is None or node.css_first("h1") is not None:
        return False
    return tidy(link.text(deep=True)) == tidy(heading.text(deep=True))


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


def _is_byline(node: LexborNode) -> bool:
    """Whether an element that themes name `entry-meta` says who wrote the article."""
    text = node.text(deep=True, separator=" ")
    return len(text) < 400 and _is_within(node, "article", "main") and read_byline(text) is not None


def _is_within(node: LexborNode, *tags: str) -> bool:
    return any(above.tag in tags for above in ancestors(node))


def _drop(node: LexborNode, total: int) -> None:
    """Removes an element unless it holds the page's title or much of its prose."""
    if node.tag not in {"script", "style", "noscript", "template"}:
        prose = prose_length(node)
        much = prose > 0.6 * total or (prose > 0.4 * total and prose > 400)
        if much or (node.css_first("h1") is not None and node.tag not in {"nav", "aside"}):
            return
    node.decompose()
