"""A WordPress site → its posts and pages, and what changed since last time.

A first visit pages through everything. Later ones compare ids and dates of all posts (`_fields`)
and fetch only what is new (`include`). A server that sends posts whole whatever it is asked for
is asked what was modified (`modified_after`), as long as the count of posts agrees.
Source: WordPress REST API handbook.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from index.errors import UnreadableSource
from index.loaded import Loaded, Unchanged
from index.wordpress_api import PER_PAGE, count_posts, list_posts, route

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from index.fetching import Fetcher
    from index.loaded import Request
    from index.wordpress_api import Params, Post

    Found = Loaded | Unchanged

_WHOLE: Params = (("_embed", "author"),)
_STAMPS: Params = (("_fields", "id,link,modified"),)


@dataclass(frozen=True, slots=True)
class Collection:
    """A list of the REST API.

    Attributes:
        url: where it is, without parameters.
        name: `posts`, `pages`, or with a language `posts@da`; the stamps of its posts begin so.
        params: what narrows it down: language, categories.
        site: the source that it belongs to.
    """

    url: str
    name: str
    params: Params
    site: str

    def stamp(self, post: Post) -> str:
        """What changes whenever the post does."""
        return f"{self.name}/{post.get('id')} {post.get('modified') or ''}"

    def label(self, post: Post) -> str:
        """What people know the post by."""
        return f"{self.site} ({post.get('link') or post.get('id')})"


def fetch_site(fetcher: Fetcher, root: str, site: str, request: Request) -> Iterator[Found]:
    """All posts, then all pages, each with those of languages that the plain list leaves out.

    Raises:
        UnreadableSource: the site does not give out its posts.
    """
    params = _category_params(fetcher, root, request.categories)
    for kind in ("posts",) if params else ("posts", "pages"):
        url = route(root, f"wp/v2/{kind}")
        if kind == "pages" and count_posts(fetcher, url) == (None, []):
            continue
        ids: set[str] = set()
        for found in visit(fetcher, Collection(url, kind, params, site), request):
            ids.add(_id_in(found.stamp or ""))
            yield found
        for language in request.languages:
            # Polylang lists all languages at once, WPML only the one that is asked for.
            other = (*params, ("lang", language))
            _, first = count_posts(fetcher, url, other)
            if first and str(first[0].get("id")) not in ids:
                collection = Collection(url, f"{kind}@{language}", other, site)
                yield from visit(fetcher, collection, request)


def fetch_collection(fetcher: Fetcher, url: str, request: Request) -> Iterator[Found]:
    """All that one list of the API holds, `url` being the list without page number.

    Raises:
        UnreadableSource: a page of it cannot be fetched.
    """
    parts = urlsplit(url)
    given = [pair for pair in parse_qsl(parts.query) if pair[0] not in {"page", "per_page"}]
    fixed = [pair for pair in given if pair[0] == "rest_route"]
    address = urlunsplit(parts._replace(query=urlencode(fixed, safe="/")))
    params = tuple(pair for pair in given if pair not in fixed)
    yield from visit(fetcher, Collection(address, "list", params, url), request)


def visit(fetcher: Fetcher, collection: Collection, request: Request) -> Iterator[Found]:
    """What a list holds: `Loaded` where it is new or changed, else `Unchanged`.

    Raises:
        UnreadableSource: a page of it cannot be fetched.
    """
    prefix = f"{collection.name}/"
    seen = {label: stamp for label, stamp in request.seen.items() if stamp.startswith(prefix)}
    if not seen:
        pages = list_posts(fetcher, collection.url, (*_WHOLE, *collection.params))
        yield from _load((post for page in pages for post in page), collection, seen)
        return
    total, first = count_posts(fetcher, collection.url, collection.params)
    sends_whole = bool(first) and "content" in first[0]
    changed = None
    if sends_whole and total is not None and not request.thorough:
        changed = _find_modified(fetcher, collection, seen, total)
    if changed is None:
        yield from _compare(fetcher, collection, seen)
        return
    fresh = {collection.label(post) for post in changed}
    yield from (Unchanged(*pair) for pair in seen.items() if pair[0] not in fresh)
    yield from _load(changed, collection, seen)


def _find_modified(
    fetcher: Fetcher, collection: Collection, seen: Mapping[str, str], total: int
) -> list[Post] | None:
    """The posts modified since the newest that was seen; None where that cannot be all."""
    newest = max(stamp.partition(" ")[2] for stamp in seen.values())
    if not newest:
        return None
    since = ("modified_after", newest)
    pages = list_posts(fetcher, collection.url, (*_WHOLE, since, *collection.params))
    changed = [post for page in pages for post in page]
    known = {_id_in(stamp) for stamp in seen.values()}
    fits = total == len(known | {str(post.get("id")) for post in changed})
    # A post that moved to another address must not leave the old one behind.
    moved = any(
        collection.label(post) not in seen and str(post.get("id")) in known for post in changed
    )
    return changed if fits and not moved else None


def _compare(fetcher: Fetcher, collection: Collection, seen: Mapping[str, str]) -> Iterator[Found]:
    """Goes through ids and dates of all, and fetches what is not as it was."""
    wanted: list[str] = []
    for page in list_posts(fetcher, collection.url, (*_STAMPS, *collection.params)):
        for post in page:
            label, stamp = collection.label(post), collection.stamp(post)
            if seen.get(label) == stamp:
                yield Unchanged(label, stamp)
            elif "content" in post:
                yield from _load([post], collection, seen)
            else:
                wanted.append(str(post.get("id")))
    for start in range(0, len(wanted), PER_PAGE):
        batch = wanted[start : start + PER_PAGE]
        params = (*_WHOLE, ("include", ",".join(batch)), *collection.params)
        posts = [post for page in list_posts(fetcher, collection.url, params) for post in page]
        found = [post for post in posts if str(post.get("id")) in batch]
        if len(found) < len(batch):
            raise UnreadableSource(
                f"{collection.url}: lists posts that it does not give; try later"
            )
        yield from _load(found, collection, seen)


def _load(
    posts: Iterable[Post], collection: Collection, seen: Mapping[str, str]
) -> Iterator[Loaded]:
    """Posts as sources of their own."""
    coming = iter(posts)
    for post in coming:
        if not _names_ids(post):
            yield _loaded(post, collection)
            continue
        # Polylang names translations by id: all have to be there before one can be linked.
        rest = [post, *coming]
        start = len(collection.site) + 2
        links = {_id_in(stamp): label[start:-1] for label, stamp in seen.items()}
        links |= {str(one.get("id")): str(one.get("link") or "") for one in rest}
        yield from (_loaded(_with_links(one, links), collection) for one in rest)


def _loaded(post: Post, collection: Collection) -> Loaded:
    return Loaded(
        json.dumps(post, ensure_ascii=False).encode(),
        collection.label(post),
        content_type="application/json",
        name=collection.site,
        stamp=collection.stamp(post),
    )


def _names_ids(post: Post) -> bool:
    named = post.get("translations")
    return isinstance(named, dict) and any(isinstance(value, int) for value in named.values())


def _with_links(post: Post, links: Mapping[str, str]) -> Post:
    """A post that names its translations by address and no longer by id."""
    named = post.get("translations")
    pairs = named.items() if isinstance(named, dict) else ()
    return {**post, "translations": {k: links[str(v)] for k, v in pairs if links.get(str(v))}}


def _category_params(fetcher: Fetcher, root: str, slugs: tuple[str, ...]) -> Params:
    """What keeps to some categories, named as their addresses name them.

    Raises:
        UnreadableSource: the site has no such category.
    """
    if not slugs:
        return ()
    params = (("slug", ",".join(slugs)), ("_fields", "id,slug"))
    pages = list_posts(fetcher, route(root, "wp/v2/categories"), params)
    ids = {str(term.get("slug")): str(term.get("id")) for page in pages for term in page}
    missing = [slug for slug in slugs if slug not in ids]
    if missing:
        raise UnreadableSource(
            f"{root}: has no category {missing[0]!r}; give slugs as in addresses"
        )
    return (("categories", ",".join(ids[slug] for slug in slugs)),)


def _id_in(stamp: str) -> str:
    return stamp.partition(" ")[0].rpartition("/")[2]
