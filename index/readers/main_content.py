"""Finds a page's article by its structure and takes out what is not part of it.

Three steps: elements that are never text of an article go (by tag, role and the words that themes
name them with), then the best of the places where articles stand is chosen, then, where a page
has no such place, the element with the densest prose (after Kohlschütter et al. 2010, boilerplate
detection by text and link density).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.readers.bylines import read_byline

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_NOISE_TAGS = "script, style, noscript, template, nav, aside, iframe, svg, dialog, object, embed"
_NOISE_ROLES_WORDS = """
navigation banner contentinfo complementary search dialog alertdialog alert menu menubar toolbar
"""
_NOISE_ROLES = tuple(_NOISE_ROLES_WORDS.split())
_NOISE_WORDS = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|cookiebot|onetrust|toc|ez-toc|lwptoc|table-of-contents|"
    r"rank-math-toc|breadcrumbs?|share|sharing|sharedaddy|addtoany|social|follow-us|related|yarpp|"
    r"jp-relatedposts|recommended|recommendations|comments?|respond|disqus|newsletter|subscribe|"
    r"signup|sign-up|opt-in|popup|pop-up|modal|sidebar|widget-area|menu|navbar|navigation|nav|"
    r"pagination|pager|post-navigation|nav-links|author-box|author-bio|about-author|adsbygoogle|"
    r"advert|advertisement|ad-container|banner-ad|skip-link|site-header|site-footer|footer|masthead|"
    r"tags|tag-links|cat-links|post-tags|entry-meta|post-meta|entry-footer|wp-block-post-terms|"
    r"printfriendly|back-to-top|search-form|searchform|mini-cart|login-form|edit-link|chat-widget|"
    r"promo-bar|announcement-bar|topbar|top-bar|reading-time|language-switcher|wpml-ls|lang-switcher)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_PLACES = (
    "[itemprop=articleBody]", ".entry-content", ".post-content", ".article-content",
    ".article-body", ".article__body", ".post-body", ".elementor-widget-theme-post-content",
    ".et_pb_post_content", ".td-post-content", ".wp-block-post-content", ".single-content",
    "main article", "[role=main] article", "article", "main", "[role=main]", "#main-content",
    "#content", "#main", ".content",
)  # fmt: skip
_PROSE = "p, li, td, th, dd, dt, blockquote, pre, h2, h3, h4, h5, figcaption, summary"
_MAX_DESCENT = 40
_ENOUGH = 0.8
"""Share of the best place's prose that a more closely named place must hold to be preferred."""


def find_main(tree: LexborHTMLParser) -> LexborNode | None:
    """The element that holds the article, its noise taken out; changes the tree."""
    body = tree.body
    if body is None:
        return None
    total = max(1, len(_words(body)))
    for node in body.css(_NOISE_TAGS):
        _drop(node, total)
    drop_noise(body, total)
    places = [(place, node) for place in _PLACES for node in body.css(place)]
    scored = [(prose_length(node), node) for _, node in places]
    best = max((score for score, _ in scored), default=0)
    if best >= 0.4 * max(1, prose_length(body)):
        return next(_outermost(node) for score, node in scored if score >= _ENOUGH * best)
    return _densest(body)


def drop_noise(body: LexborNode, total: int) -> None:
    """Removes menus, banners, share bars and the like, by role and by name."""
    for node in body.css("[role], [class], [id], header, footer, form"):
        attributes = node.attributes
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        by_role = attributes.get("role") in _NOISE_ROLES
        outside = node.tag in {"header", "footer"} and not _within_article(node)
        form = node.tag == "form"
        if by_role or outside or form or (_names_noise(names) and not _is_byline(node)):
            _drop(node, total)


def _names_noise(names: str) -> bool:
    """Whether a class or id, taken word by word, is one that themes give to noise.

    State classes of builders such as `has-sidebar` and `no-comments` describe a page.
    """
    for name in names.split():
        bare = name.lower()
        if bare.startswith(
            ("has-", "no-", "with-", "is-", "single-", "page-", "post-type", "type-")
        ):
            continue
        if _NOISE_WORDS.search(bare):
            return True
    return False


def _is_byline(node: LexborNode) -> bool:
    """Whether an element that themes name `entry-meta` says who wrote the article."""
    text = node.text(deep=True, separator=" ")
    return len(text) < 400 and _within_article(node) and read_byline(text) is not None


def _within_article(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in {"article", "main"}:
            return True
        parent = parent.parent
    return False


def _drop(node: LexborNode, total: int) -> None:
    """Removes an element unless it holds the page's title or most of its prose."""
    if node.tag in {"html", "body", "main"} or node.parent is None:
        return
    if node.tag not in {"script", "style", "noscript", "template"}:
        much = len(_words(node)) > 0.4 * total
        if (much and prose_length(node) > 400) or (
            node.css_first("h1") is not None and node.tag not in {"nav", "aside"}
        ):
            return
    node.decompose()


def _words(node: LexborNode) -> str:
    return node.text(deep=True)


def prose_length(node: LexborNode) -> int:
    """Characters of an element's blocks of text that are not links."""
    if node.tag == "article" or node.css_first("p") is not None:
        blocks = node.css(_PROSE)
    else:
        blocks = [node]
    length = 0
    for block in blocks:
        text = len(_words(block).strip())
        linked = sum(len(_words(link)) for link in block.css("a"))
        nested = (
            block.tag in {"li", "td", "dd", "blockquote"} and block.css_first("p, li") is not None
        )
        length += 0 if nested else max(0, text - 2 * linked)
    return length


def _outermost(node: LexborNode) -> LexborNode:
    """The `article` around a body that is named as such, so that its title and references stay."""
    parent = node.parent
    while parent is not None and parent.tag not in {"body", "html"}:
        if parent.tag == "article":
            return parent
        parent = parent.parent
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
    enough = _ENOUGH * prose_length(node)
    child = node.child
    while child is not None:
        holder = child.is_element_node and child.tag not in {"p", "ul", "ol", "table"}
        if holder and enough > 0 and child.css_first("p, li") and prose_length(child) >= enough:
            return child
        child = child.next
    return None
