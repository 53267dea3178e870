"""A WordPress export (WXR, an RSS file with posts in it) → Articles.

An export holds posts as the editor stores them: with shortcodes, and, from the classic editor,
without paragraphs. Both are put right here, then a post is read as the REST API would give it.
"""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

from index.errors import NotAnArticle
from index.readers.wordpress import read_wordpress
from index.readers.xml_source import children_named, first_named, local_name, text_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from index.readers.results import ReadResult

_SHORTCODE = re.compile(r"\[/?[a-z][\w-]*(?:\s+[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|\S+))*\s*/?\]")
_TITLE_ATTRIBUTE = re.compile(
    r"\[(?:et_pb_(?:toggle|accordion_item|tab)|vc_tta_section|toggle|tab)\b[^\]]*?"
    r"\btitle=\"([^\"]+)\"[^\]]*\]"
)
_BLOCK_TAG = re.compile(
    r"^\s*</?(?:table|thead|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|blockquote|p|h[1-6]|hr|"
    r"section|article|figure|figcaption|details|summary|form|address|aside)\b",
    re.IGNORECASE,
)
_WANTED = frozenset({"post", "page"})


def is_export(root: Element) -> bool:
    """Whether XML is a WordPress export."""
    channel = first_named(root, "channel")
    return channel is not None and bool(children_named(channel, "wxr_version"))


def read_export(root: Element, *, source: str, name: str) -> ReadResult:
    """The published posts and pages of an export.

    Raises:
        NotAnArticle: it holds none.
    """
    channel = first_named(root, "channel")
    items = children_named(channel, "item") if channel is not None else []
    wanted = [item for item in items if _field(item, "post_type") in _WANTED]
    if channel is None or not wanted:
        raise NotAnArticle(f"{source}: is an export without posts or pages; export these")
    authors = {
        _field(author, "author_login"): _field(author, "author_display_name")
        for author in children_named(channel, "author")
    }
    site = text_of(first_named(channel, "title"))
    posts = [_as_post(item, authors, site) for item in wanted]
    return read_wordpress(json.dumps(posts), source=source, name=name)


def _as_post(item: Element, authors: dict[str, str], site: str) -> dict[str, Any]:
    """An item in the shape in which the REST API gives a post."""
    author = _field(item, "creator")
    languages = [
        node.get("nicename")
        for node in children_named(item, "category")
        if node.get("domain") == "language"
    ]
    return {
        "id": _field(item, "post_id"),
        "slug": _field(item, "post_name"),
        "status": _field(item, "status"),
        "link": _field(item, "link"),
        "date": _field(item, "post_date"),
        "modified": _field(item, "post_modified"),
        "lang": next(iter(languages), None),
        "title": {"rendered": html.escape(_field(item, "title"), quote=False)},
        "content": {
            "rendered": render_content(_content(item)),
            "protected": bool(_field(item, "post_password")),
        },
        "_embedded": {"author": [{"name": authors.get(author) or author}]},
        "yoast_head_json": {"og_site_name": site},
    }


def render_content(content: str) -> str:
    """HTML of a post as the editor stores it: shortcodes gone, paragraphs where lines are blank."""
    shown = _TITLE_ATTRIBUTE.sub(lambda match: f"\n\n<h3>{match[1]}</h3>\n\n", content)
    shown = _SHORTCODE.sub("", shown)
    if "<!-- wp:" in shown or re.search(r"<p[\s>]", shown):
        return shown
    parts = re.split(r"\n\s*\n", shown.replace("\r\n", "\n").strip())
    return "\n".join(
        part if _BLOCK_TAG.match(part) else f"<p>{part.replace(chr(10), '<br>')}</p>"
        for part in parts
        if part.strip()
    )


def _content(item: Element) -> str:
    """The post's text; its excerpt has the same name in another namespace."""
    for node in item:
        if local_name(node) == "encoded" and "excerpt" not in str(node.tag):
            return node.text or ""
    return ""


def _field(node: Element, name: str) -> str:
    return text_of(next(iter(children_named(node, name)), None))
