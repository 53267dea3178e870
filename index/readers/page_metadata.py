"""What an HTML page says about its article: JSON-LD, OpenGraph, meta, `time`, canonical, byline."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from index.readers.bylines import first_credentials, first_name, read_byline, read_name
from index.readers.dates import parse_date
from index.readers.identity import host_name
from index.readers.inline import tidy
from index.readers.language import language_of_path, normalise_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

_ARTICLE_TYPES = re.compile(
    r"Article|Posting|WebPage|Report|MedicalWebPage|FAQPage|ScholarlyArticle"
)
_BYLINES = (
    "[rel=author], [itemprop=author], .byline, .author-name, .entry-author, .post-author, .author"
)
_TITLES = "h1.entry-title, h2.entry-title, h3.entry-title, [itemprop=headline], .MsoTitle"
_TITLE_SEPARATOR = re.compile(r"\s+[|–—·»:-]\s+")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page declares; None where it does not."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    credentials: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    translations: tuple[str, ...] = ()


def read_page_metadata(tree: LexborHTMLParser, url: str | None) -> PageMetadata:
    """Reads the metadata of a page that was found at `url`, if it was found at any."""
    data = [node for node in _linked_data(tree) if _is_article(node)]
    address = _http(_attribute(tree, "link[rel=canonical]", "href")) or _http(url)
    address = address or _http(_meta(tree, "og:url"))
    site = _meta(tree, "og:site_name", "application-name") or _name_of(_pick(data, "publisher"))
    author = _author(tree, data, site)
    published = _first_date(
        _pick(data, "datePublished"),
        _meta(tree, "article:published_time", "datePublished", "date", "dc.date", "DC.date.issued",
              "citation_publication_date"),
        _time(tree, "published", "entry-date", "datePublished"),
    )  # fmt: skip
    modified = _first_date(
        _pick(data, "dateModified"),
        _meta(tree, "article:modified_time", "og:updated_time", "dateModified", "last-modified"),
        _time(tree, "updated", "modified", "dateModified"),
    )
    return PageMetadata(
        title=_title(tree, data, site),
        url=address,
        publisher=tidy(site or "") or host_name(address),
        author=author,
        credentials=_credentials(tree, data, author),
        published=published,
        modified=modified,
        language=_language(tree, data, address),
        translations=_translations(tree, address),
    )


def _translations(tree: LexborHTMLParser, base: str | None) -> tuple[str, ...]:
    """Addresses of the page in other languages (`hreflang`)."""
    found: dict[str, None] = {}
    for node in tree.css("link[hreflang]"):
        code = (node.attributes.get("hreflang") or "").lower()
        try:
            address = _http(urljoin(base or "", node.attributes.get("href") or ""))
        except ValueError:
            continue
        if address and code != "x-default":
            found[address] = None
    return tuple(found)


def _linked_data(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """Every object in the page's JSON-LD; blocks that are no JSON say nothing."""
    for script in tree.css("script[type='application/ld+json']"):
        try:
            found = json.loads(script.text(deep=True))
        except (ValueError, RecursionError):
            continue
        waiting = [found]
        while waiting:
            item = waiting.pop(0)
            if isinstance(item, list):
                waiting = item + waiting
            elif isinstance(item, dict):
                yield item
                graph = item.get("@graph")
                waiting += graph if isinstance(graph, list) else []


def _is_article(node: dict[str, Any]) -> bool:
    return bool(_ARTICLE_TYPES.search(str(node.get("@type", ""))))


def _pick(data: list[dict[str, Any]], key: str) -> Any:
    """The value of the first article object that has it; pages count less than articles."""
    ranked = sorted(data, key=lambda node: "Page" in str(node.get("@type")))
    return next((node[key] for node in ranked if node.get(key)), None)


def _name_of(value: object) -> str | None:
    """The name of a person or organisation in any of the ways JSON-LD gives it."""
    if isinstance(value, list):
        names = [name for name in map(_name_of, value) if name]
        return " and ".join(names) or None
    if isinstance(value, dict):
        return _name_of(value.get("name"))
    return value if isinstance(value, str) else None


def _title(tree: LexborHTMLParser, data: list[dict[str, Any]], site: str | None) -> str | None:
    """Headline, heading, OpenGraph title or page title, the site's name cut off.

    A heading that is named as the article's goes before the page's one top heading, which may be
    the site's name.
    """
    headings = [tidy(node.text(deep=True, separator="")) for node in tree.css("h1")]
    headline = _pick(data, "headline")
    page = tree.css_first("head title") or tree.css_first("title")
    named = page.text(deep=True) if page is not None else ""
    titles = [tidy(node.text(deep=True)) for node in tree.css(_TITLES) if not _is_teaser(node)]
    candidates = [
        titles[0] if len(titles) == 1 and not _is_outdone(titles[0], headings, named) else None,
        _without_caption(headings[0], named) if len(headings) == 1 else None,
        headline if isinstance(headline, str) else None,
        _meta(tree, "og:title", "twitter:title", "citation_title"),
        _without_suffix(named, tree),
        *headings,
    ]
    return next((_without_site(tidy(c), site) for c in candidates if c and tidy(c)), None)


def _is_teaser(heading: LexborNode) -> bool:
    """Whether a heading is the title of another page, to which it links."""
    link = heading.css_first("a[href]") if heading.tag != "h1" else None
    return link is not None and "bookmark" not in (link.attributes.get("rel") or "")


def _is_outdone(title: str, headings: list[str], page_title: str) -> bool:
    """Whether the page's own title says the one top heading and not what is named its title."""
    page = tidy(page_title)
    return len(headings) == 1 and title not in page and bool(headings[0]) and headings[0] in page


def _without_caption(heading: str, page_title: str) -> str:
    """A heading without the small words above it, where the page's title has it without them."""
    if heading in tidy(page_title):
        return heading
    parts = (tidy(part) for part in _TITLE_SEPARATOR.split(page_title))
    return next((part for part in parts if part and heading.endswith(f" {part}")), heading)


def _without_suffix(page_title: str, tree: LexborHTMLParser) -> str:
    """The part of a page's title that a heading says, too; all of it where none does."""
    said = {tidy(node.text(deep=True)) for node in tree.css("h2, h3")}
    parts = (tidy(part) for part in _TITLE_SEPARATOR.split(page_title))
    return next((part for part in parts if part in said), page_title)


def _without_site(title: str, site: str | None) -> str:
    """`The vagus nerve – Harbour Clinic` → `The vagus nerve`."""
    if site:
        for pattern in (
            rf"\s+[|–—·»:-]\s+{re.escape(tidy(site))}$",
            rf"^{re.escape(tidy(site))}\s+[|–—·»:-]\s+",
        ):
            title = re.sub(pattern, "", title, flags=re.IGNORECASE)
        return title
    parts = re.split(r"\s+[|»]\s+", title)
    return parts[0] or title


def _author(tree: LexborHTMLParser, data: list[dict[str, Any]], site: str | None) -> str | None:
    """A person's name; an account's name such as `admin`, or the site's own, is none."""
    named = [
        _name_of(_pick(data, "author")),
        _meta(tree, "author", "article:author", "citation_author"),
    ]
    for node in tree.css(_BYLINES):
        line = tidy(node.text(deep=True, separator=" "))
        byline = read_byline(line)
        named.append(byline.author if byline else (read_name(line) if len(line) <= 80 else None))
    return first_name(named, site)


def _credentials(
    tree: LexborHTMLParser, data: list[dict[str, Any]], author: str | None
) -> str | None:
    """What JSON-LD or a byline says of the author beside the name."""
    linked = _pick(data, "author")
    person = linked if isinstance(linked, dict) else {}
    titles = [person.get("jobTitle"), person.get("honorificSuffix")]
    said = ", ".join(title for title in titles if isinstance(title, str))
    if said and author is not None and author == _name_of(linked):
        return said
    lines = [tidy(node.text(deep=True, separator=" ")) for node in tree.css(_BYLINES)]
    bylines = filter(None, map(read_byline, lines))
    told = (byline.credentials for byline in bylines if byline.author == author)
    return next(filter(None, told), None) or first_credentials(
        [_meta(tree, "author", "citation_author"), *lines], author
    )


def _language(tree: LexborHTMLParser, data: list[dict[str, Any]], url: str | None) -> str | None:
    declared = _pick(data, "inLanguage")
    html = _attribute(tree, "html", "lang") or _attribute(tree, "html", "xml:lang")
    candidates = (language_of_path(url), html, declared if isinstance(declared, str) else None,
                  _meta(tree, "og:locale", "content-language", "language"))  # fmt: skip
    return next((code for code in map(normalise_code, candidates) if code), None)


def _meta(tree: LexborHTMLParser, *names: str) -> str | None:
    """Content of the first `meta` with one of these names, in their order."""
    found: dict[str, str] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        key = key or attributes.get("http-equiv")
        content = attributes.get("content")
        if key and content and content.strip():
            found.setdefault(key.lower(), content.strip())
    return next((found[name.lower()] for name in names if name.lower() in found), None)


def _attribute(tree: LexborHTMLParser, selector: str, name: str) -> str | None:
    node = tree.css_first(selector)
    return (node.attributes.get(name) or "").strip() or None if node is not None else None


def _http(url: str | None) -> str | None:
    return url if url and url.lower().startswith(("http://", "https://")) else None


def _time(tree: LexborHTMLParser, *names: str) -> str | None:
    """A `time` element's date by its class or property; for publishing, else the first one."""
    for node in tree.css("time"):
        marks = f"{node.attributes.get('class') or ''} {node.attributes.get('itemprop') or ''}"
        if any(name in marks.split() for name in names):
            return node.attributes.get("datetime") or node.text(deep=True)
    first = tree.css_first("article time, main time, time[pubdate]")
    if "published" in names and first is not None:
        return first.attributes.get("datetime") or first.text(deep=True)
    return None


def _first_date(*values: object) -> str | None:
    dates = (parse_date(value) for value in values if isinstance(value, str))
    return next((found for found in dates if found), None)
