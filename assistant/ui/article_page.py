"""An article of the library as a page of its own: where a source leads that has no web page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, groupby
from typing import TYPE_CHECKING, Literal

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from assistant.api.errors import ROUTE_MESSAGES, ApiError
from assistant.api.provider import NotReadyError
from assistant.rows import fill_row, split_cells
from assistant.ui.rendering import render
from assistant.ui.source_card import make_reference_card
from index.citations import find_quote, quote_checksum
from index.sentences import find_sentences
from prompts.dates import write_date
from prompts.texts import load_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.api.provider import AssistantProvider
    from assistant.ui.brand import Brand
    from index.records import Article, Block

MAX_HEADING_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, a paragraph, the items of one list, or the cells of one table, row by row.

    Attributes:
        lines: the text before the marked quote, in it and behind it.
        names: of a table's columns.
    """

    kind: Literal["heading", "paragraph", "list", "table"]
    level: int
    lines: tuple[tuple[str, str, str], ...]
    names: tuple[str, ...] = ()


def create_article_router(provider: AssistantProvider, brand: Brand) -> APIRouter:
    """The route of an article's page."""
    router = APIRouter()

    @router.get("/articles/{article_id}")
    def article(article_id: str, start: str = "", end: str = "", quote: str = "") -> HTMLResponse:
        """The article with the characters from `start` to `end` marked.

        Where they are not the words of the checksum `quote` any more, the sentence that has these
        words is marked; where there is none, the page says that the article has changed.
        """
        try:
            found = provider.wait(0).article(article_id)
        except NotReadyError as error:
            raise ApiError(503, "not_ready", str(error), {"Retry-After": "5"}) from error
        if found is None:
            raise ApiError(404, "not_found", ROUTE_MESSAGES[404])
        first, last = _offset(start), _offset(end)
        span = (first, last)
        if quote and quote_checksum(found.text[first:last]) != quote:
            span = find_quote(found, quote, find_sentences(found))
        changed = bool(quote) and span == (0, 0)
        offered = provider.settings.languages
        return HTMLResponse(render_article(found, offered, brand, *span, changed=changed))

    return router


def render_article(
    article: Article,
    offered: Sequence[str],
    brand: Brand,
    start: int,
    end: int,
    *,
    changed: bool = False,
) -> str:
    """The page of `article` in the article's language, or in the first one `offered`.

    Args:
        article: what is shown.
        offered: languages that the page can be in.
        brand: whose page it is.
        start: where the marked characters begin.
        end: where they end.
        changed: whether to say that a quote does not stand in the article any more.
    """
    texts = load_texts(article.language if article.language in offered else offered[0])
    published = write_date(article.published, texts) if article.published else None
    return render(
        "article",
        article=article,
        changed=changed,
        texts=texts,
        brand=brand,
        byline=" · ".join(part for part in (article.publisher, article.author, published) if part),
        parts=split_article(article, start, end),
        references=[make_reference_card(reference, texts) for reference in article.references],
    )


def split_article(article: Article, start: int, end: int) -> tuple[Part, ...]:
    """The body of `article`: its title, bylines and reference list are shown elsewhere."""
    body = [
        block
        for block in article.blocks
        if block.kind not in {"byline", "reference"} and block.level != 1
    ]
    parts: list[Part] = []
    for listed, blocks in groupby(body, key=_list_of):
        lines = [(block, _split_block(article, block, start, end)) for block in blocks]
        names = lines[0][0].header
        if any(names):
            cells = chain(*(_split_row(line, len(names)) for _, line in lines))
            parts.append(Part("table", 0, tuple(cells), names))
            continue
        if listed is not None:
            parts.append(Part("list", 0, tuple(line for _, line in lines)))
            continue
        for block, line in lines:
            kind: Literal["heading", "paragraph"] = "heading" if block.level else "paragraph"
            parts.append(Part(kind, min(block.level, MAX_HEADING_LEVEL), (line,)))
    return tuple(parts)


def _list_of(block: Block) -> tuple[str, int | None] | None:
    return (block.kind, block.group) if block.kind in {"list_item", "table_row"} else None


def _split_block(article: Article, block: Block, start: int, end: int) -> tuple[str, str, str]:
    first = min(max(start, block.start), block.end)
    last = min(max(end, first), block.end)
    text = article.text
    return text[block.start : first], text[first:last], text[last : block.end]


def _split_row(line: tuple[str, str, str], columns: int) -> Iterator[tuple[str, str, str]]:
    """The cells of a row, all of them marked where any of it is: a row is quoted whole."""
    for cell in fill_row(split_cells("".join(line)), columns):
        yield ("", cell, "") if line[1] else (cell, "", "")


def _offset(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
