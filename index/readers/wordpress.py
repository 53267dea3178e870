"""WordPress REST JSON (a post, a page, or a list of them) → Articles."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from index.errors import NotAnArticle, SourceError, UnreadableSource
from index.readers.builder import build_article
from index.readers.bylines import first_credentials, first_name
from index.readers.dates import parse_date
from index.readers.html import read_content
from index.readers.identity import host_name
from index.readers.inline import tidy
from index.readers.language import language_of_path, normalise_code
from index.readers.metadata import Metadata
from index.readers.page_tree import parse_html
from index.readers.results import Problem, ReadResult

if TYPE_CHECKING:
    from index.records import Article

_WRITTEN_BY = re.compile(r"^(?:Written by|Skrevet a[fv]|Skriven av|Verfasst von)$", re.IGNORECASE)


def read_wordpress(text: str, *, source: str, name: str) -> ReadResult:
    """The published posts of a WordPress REST reply; the others are named with the reason.

    Raises:
        UnreadableSource: the JSON is broken or cut off.
        NotAnArticle: the JSON holds something else.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        message = f"{source}: is broken or truncated JSON; fetch or export it again"
        raise UnreadableSource(message) from error
    posts = data if isinstance(data, list) else [data]
    if not posts or not all(_is_post(post) for post in posts):
        raise NotAnArticle(f"{source}: is JSON, but not a WordPress post{_complaint(data)}")
    articles: list[Article] = []
    problems: list[Problem] = []
    for post in posts:
        label = source if len(posts) == 1 else f"{source} ({_link(post) or post.get('id')})"
        reason = _reason_to_leave_out(post)
        if reason:
            problems.append(Problem(label, reason, failed=False))
            continue
        try:
            articles.append(_read_post(post, label, name))
        except SourceError as error:
            problems.append(Problem(label, str(error).removeprefix(f"{label}: ")))
    return ReadResult(tuple(articles), tuple(problems))


def _reason_to_leave_out(post: dict[str, Any]) -> str | None:
    """Why a post is not for everybody's eyes, None where it is."""
    status = post.get("status", "publish")
    if status != "publish":
        return f"left out, its status is {status!r}; publish it to include it"
    if post["content"].get("protected"):
        return "left out, it is protected by a password"
    return None


def _is_post(post: object) -> bool:
    return (
        isinstance(post, dict)
        and isinstance(post.get("content"), dict)
        and isinstance(post["content"].get("rendered"), str)
    )


def _complaint(data: object) -> str:
    """The error that a WordPress site has sent in place of posts, if it is one."""
    code = data.get("code") if isinstance(data, dict) else None
    return f" (the site answered {tidy(code)!r})" if isinstance(code, str) else ""


def _read_post(post: dict[str, Any], label: str, name: str) -> Article:
    """One post's article.

    Raises:
        NotAnArticle: it has no text.
    """
    url = _link(post)
    book = read_content(post["content"]["rendered"], host_name(url))
    found = post.get("yoast_head_json")
    yoast: dict[str, Any] = found if isinstance(found, dict) else {}
    site = _text(yoast, "og_site_name")
    named = _authors(post, yoast)
    author = first_name(named, site)
    metadata = Metadata(
        source=label,
        name=name if url else f"{name}#{post.get('slug') or post.get('id')}",
        format="wordpress",
        title=_title(post) or _text(yoast, "og_title"),
        url=url,
        publisher=site or host_name(url),
        author=author,
        credentials=first_credentials(named, author),
        published=parse_date(str(post.get("date") or "")),
        modified=parse_date(str(post.get("modified") or "")),
        language=_language(post, yoast, url),
        flags=tuple(book.flags),
        translations=_translations(post),
    )
    return build_article(book.drafts, metadata)


def _link(post: dict[str, Any]) -> str | None:
    link = post.get("link")
    return link if isinstance(link, str) and link.startswith(("http://", "https://")) else None


def _title(post: dict[str, Any]) -> str | None:
    """The title with its entities decoded and its tags gone."""
    title = post.get("title")
    rendered = title.get("rendered") if isinstance(title, dict) else title
    if not isinstance(rendered, str) or not rendered.strip():
        return None
    body = parse_html(f"<body>{rendered}").body
    return tidy(body.text(deep=True)) if body is not None else None


def _authors(post: dict[str, Any], yoast: dict[str, Any]) -> list[object]:
    """Names from what was embedded or from Yoast; the number of an account is no name."""
    embedded = post.get("_embedded")
    authors = embedded.get("author") if isinstance(embedded, dict) else None
    accounts = authors if isinstance(authors, list) else []
    named: list[object] = [account.get("name") for account in accounts if isinstance(account, dict)]
    named.append(yoast.get("author"))
    misc = yoast.get("twitter_misc")
    named += [v for k, v in misc.items() if _WRITTEN_BY.match(k)] if isinstance(misc, dict) else []
    return named


def _translations(post: dict[str, Any]) -> tuple[str, ...]:
    """Addresses of translations, as Polylang's and WPML's fields give them."""
    polylang, wpml = post.get("translations"), post.get("wpml_translations")
    named = list(polylang.values()) if isinstance(polylang, dict) else []
    items = wpml if isinstance(wpml, list) else []
    named += [item.get("href") for item in items if isinstance(item, dict)]
    return tuple(url for url in named if isinstance(url, str) and url.startswith("http"))


def _text(data: dict[str, Any], key: str) -> str | None:
    value = data.get(key)
    return tidy(value) or None if isinstance(value, str) else None


def _language(post: dict[str, Any], yoast: dict[str, Any], url: str | None) -> str | None:
    """From the address, the translation plug-in's field, or Yoast's locale."""
    declared = (
        language_of_path(url),
        _text(post, "lang"),
        _text(post, "wpml_current_locale"),
        _text(yoast, "og_locale"),
    )
    return next((code for code in map(normalise_code, declared) if code), None)
