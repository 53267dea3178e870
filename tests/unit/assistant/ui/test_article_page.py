from types import SimpleNamespace

import pytest
from fastapi import FastAPI
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient

from assistant.api import AssistantProvider, WebSettings
from assistant.api.errors import install_error_handlers
from assistant.ui.article_page import create_article_router, split_article
from assistant.ui.brand import make_brand
from index.citations import quote_checksum
from index.records import Article, Block, Reference

TEXT = "Title <b>\n\nBy A.\n\nWhy\n\nIt helps. It calms.\n\none\n\ntwo\n\nFood | Fibre\nOats | 10 g"


def block(kind, words, **fields):
    start = TEXT.index(words)
    return Block(kind, start, start + len(words), **fields)


ARTICLE = Article(
    id="a",
    title="Title <b>",
    text=TEXT,
    blocks=(
        block("heading", "Title <b>", level=1),
        block("byline", "By A."),
        block("heading", "Why", level=2),
        block("paragraph", "It helps. It calms."),
        block("list_item", "one", group=1),
        block("list_item", "two", group=1),
        block("table_row", "Oats | 10 g", group=2, header=("Food", "Fibre")),
    ),
    references=(Reference(1, "A trial.", pmid="123"),),
    published="2026-06",
    language="sv",
)
START = TEXT.index("It calms.")


def test_the_quote_is_marked_in_its_block():
    parts = split_article(ARTICLE, START, START + 9)
    assert [part.kind for part in parts] == ["heading", "paragraph", "list", "table"]
    assert parts[1].lines == (("It helps. ", "It calms.", ""),)
    assert [line[0] + line[1] + line[2] for line in parts[2].lines] == ["one", "two"]


def test_a_row_is_marked_cell_by_cell_under_the_names_of_its_table():
    start = TEXT.index("Oats")
    table = split_article(ARTICLE, start, start + 11)[-1]
    assert (table.names, table.lines) == (("Food", "Fibre"), (("", "Oats", ""), ("", "10 g", "")))


@pytest.fixture
def client():
    assistant = SimpleNamespace(article=lambda key: ARTICLE if key == "a" else None)
    provider = AssistantProvider(WebSettings(), lambda _: assistant)
    provider.start()
    provider.settle()
    app = FastAPI()
    install_error_handlers(app)
    app.include_router(create_article_router(provider, make_brand(WebSettings())))
    return TestClient(app)


def test_the_page_is_in_the_articles_language_and_only_text(client):
    page = LexborHTMLParser(client.get(f"/articles/a?start={START}&end={START + 9}").text)
    assert page.css_first("html").attributes["lang"] == "sv"
    assert page.css_first("h1").text() == "Title <b>"
    assert page.css_first("mark#quote").text() == "It calms."
    assert page.css_first(".byline").text() == "juni 2026"
    assert page.css_first(".reference-list a").attributes["href"].endswith("/123/")


@pytest.mark.parametrize("query", ["", "?start=x&end=y", "?start=-5&end=9", "?start=99&end=9999"])
def test_offsets_that_mean_nothing_mark_nothing(client, query):
    response = client.get(f"/articles/a{query}")
    assert response.status_code == 200
    assert "<mark" not in response.text


def test_an_unknown_article_is_not_found(client):
    assert client.get("/articles/b").json()["error"]["type"] == "not_found"


def test_a_quote_that_has_moved_is_marked_where_it_stands_now(client):
    found = client.get(f"/articles/a?start=0&end=9&quote={quote_checksum('It calms.')}").text
    page = LexborHTMLParser(found)
    assert page.css_first("mark#quote").text() == "It calms."
    assert page.css_first("[role=note]") is None


def test_a_quote_that_is_not_there_any_more_is_not_marked(client):
    page = LexborHTMLParser(client.get(f"/articles/a?start={START}&end={START + 9}&quote=0").text)
    assert page.css_first("mark") is None
    assert "har ändrats sedan den citerades" in page.css_first("[role=note]").text()
