"""Whatever the bytes are, reading gives sound articles or a SourceError."""

from __future__ import annotations

import json
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import SourceError
from index.readers import Problem, ReadResult, read
from index.sentences import find_sentences

STARTER = sorted(
    path
    for path in (Path(__file__).parents[4] / "index/starter").iterdir()
    if path.suffix in {".md", ".html", ".txt", ".json"}
)
MARKUP_NAMES = """
div p h1 h2 ul li ol table tr td th a b sup details summary dl dt dd br hr main article
"""
TAGS = MARKUP_NAMES.split()


def check(article):
    """An article's invariants."""
    text = article.text
    assert text.startswith(article.title)
    assert text == text.strip()
    text.encode("utf-8")
    end = 0
    for block in article.blocks:
        assert end <= block.start < block.end <= len(text)
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        assert "\u00a0" not in text[block.start : block.end]
        assert block.lead_in is None or 0 < block.lead_in < len(article.blocks)
        end = block.end
    assert all(0 <= mark.offset <= len(text) for mark in article.marks)
    assert all(0 <= link.start < link.end <= len(text) for link in article.links)
    assert sum(block.kind == "reference" for block in article.blocks) == len(article.references)
    for sentence in find_sentences(article):
        assert text[sentence.start : sentence.end].strip()


def read_and_check(data, source):
    """Reads what can be read; any other error than a SourceError fails the test."""
    try:
        result = read(data, source=source)
    except SourceError as error:
        message = str(error)
        result = ReadResult(problems=(Problem(source, message),))
    assert not any("\n" in problem.reason for problem in result.problems)
    for article in result.articles:
        check(article)


names = st.sampled_from(["a.html", "a.md", "a.txt", "a.json", "a"])


@given(st.binary(max_size=300), names)
@settings(deadline=None)
def test_any_bytes(data, source):
    read_and_check(data, source)


CLASSES = ("", "c", "col-4", "footer", "author", "byline", "tab-title", "testimonial")
markup = st.recursive(
    st.text(max_size=30)
    | st.sampled_from(["The gut talks [1].", "References", "1. A 2019", "<br>", "?"]),
    lambda inner: st.tuples(
        st.sampled_from(TAGS), st.lists(inner, max_size=4), st.sampled_from(CLASSES)
    ).map(
        lambda made: (
            f"<{made[0]} id='ref-1' class='{made[2]}' href='{'/' if made[2] else '#r'}'>"
            f"{''.join(made[1])}</{made[0]}>"
        )
    ),
    max_leaves=25,
)


@given(markup, names)
@settings(deadline=None)
def test_any_markup(text, source):
    read_and_check(
        f"<h1>T</h1><p>The gut talks to the brain.</p>{text}".encode("utf-8", "replace"), source
    )


TEXT_LINES = """Title here|By Anna Berg|1. One|2. Two|- item|References|Why?||====|---|```|> quote|
The gut talks to the brain all day long [1].|[1] Smith 2019 PMID 1|# H|FAQ|Category: x|
More on this topic|   indented|[^1]: note|x[^1]|A: b|Date: June 2026|• point"""
text_lines = st.lists(st.sampled_from(TEXT_LINES.split("|")), max_size=20).map("\n".join)


@given(text_lines, names)
@settings(deadline=None)
def test_any_lines(text, source):
    read_and_check(text.encode(), source)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=10,
)


POST_KEYS = "title link date modified status lang _embedded yoast_head_json id slug"
contents = st.fixed_dictionaries({"rendered": st.just("<p>The gut talks on.</p>") | markup})
posts = st.fixed_dictionaries(
    {"content": contents}, optional=dict.fromkeys(POST_KEYS.split(" "), json_values)
)


@given(posts)
@settings(deadline=None)
def test_any_post(made):
    read_and_check(json.dumps(made).encode(), "a.json")


def test_a_page_that_is_a_form_is_read():
    read_and_check(b"The gut talks to the brain all day.<form><input></form>", "a.html")


def test_deep_nesting_is_survived():
    deep = "<div>" * 5000 + "<p>The gut talks to the brain.</p>" + "</div>" * 5000
    read_and_check(deep.encode(), "a.html")
    read_and_check(("> " * 3000 + "The gut talks to it.").encode(), "a.md")
    read_and_check(("<ul><li>a b c" * 1500).encode(), "a.html")
    read_and_check(b"[" * 100_000, "a.json")


@pytest.mark.parametrize(
    "part",
    [
        "<div class='col-4'><nav><a href='/'>x</a></nav><p>Short.</p></div>",
        "<div class='c'><h3><a href='/x'>Oats</a></h3><p>Why.</p></div>",
    ],
    ids=["columns", "cards"],
)
def test_time_grows_with_a_page_s_length_and_no_faster(part):
    def seconds(count):
        page = f"<main><h1>T</h1><p>The gut talks to the brain.</p>{part * count}</main>"
        start = process_time()
        read(page.encode(), source="a.html")
        return process_time() - start

    # Ten times as much takes ten times as long; a hundred times where each looks at all others.
    assert seconds(1000) < 45 * max(seconds(100), 0.003)


@pytest.mark.parametrize("path", STARTER, ids=lambda path: path.name)
def test_the_starter_library_reads_cleanly(path):
    result = read(path.read_bytes(), source=str(path), name=path.name)
    assert result.problems == ()
    (article,) = result.articles
    check(article)
    assert article.url
    assert article.url.startswith("https://library.example/")
    assert article.published
    assert article.published >= "2025"
    assert article.language == "en"
    assert "hidden-text" not in article.flags
    listed = {reference.number for reference in article.references}
    cited = {number for mark in article.marks for number in mark.numbers}
    assert cited <= listed
    assert all(reference.number == i for i, reference in enumerate(article.references, 1))
    noise = (
        "cookie",
        "<",
        "data-",
        "&amp;",
        "You may also like",
        "All rights reserved",
        "JavaScript",
    )
    assert [word for word in noise if word in article.text] == []
    assert "ample" in article.text
