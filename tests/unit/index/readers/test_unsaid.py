"""The byline that says what only the source's metadata do: each format, three languages."""

import importlib.util
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers import read
from index.readers.bylines import Byline
from index.readers.unsaid import find_said, write_byline

spec = importlib.util.spec_from_file_location("documents", Path(__file__).with_name("documents.py"))
documents = importlib.util.module_from_spec(spec)
spec.loader.exec_module(documents)

BODY = "Rest helps the gut, and many people say so who have tried it at home for a week."
WRITTEN = "By Ada Holm, dietitian · 3 February 2025 · Updated 4 March 2025 · Published by Nordvik"

MARKDOWN = f"""---
title: Rest
author: Ada Holm, dietitian
published: 2025-02-03
modified: 2025-03-04
publisher: Nordvik
---
{{}}{BODY}
"""
HTML = f"""<html lang="en"><head><title>Rest</title>
<meta name="author" content="Ada Holm, dietitian">
<meta property="og:site_name" content="Nordvik">
<meta property="article:published_time" content="2025-02-03T09:00:00+01:00">
<meta property="article:modified_time" content="2025-03-04">
</head><body><main><h1>Rest</h1>{{}}<p>{BODY}</p></main></body></html>"""
WORDPRESS = {
    "date": "2025-02-03T09:00:00",
    "modified": "2025-03-04T09:00:00",
    "slug": "rest",
    "link": "https://nordvik.example/en/rest/",
    "title": {"rendered": "Rest"},
    "yoast_head_json": {"author": "Ada Holm, dietitian", "og_site_name": "Nordvik"},
}


def in_markdown(byline=""):
    return MARKDOWN.format(f"{byline}\n\n" if byline else "").encode()


def in_html(byline=""):
    return HTML.format(f"<p>{byline}</p>" if byline else "").encode()


def in_wordpress(byline=""):
    rendered = f"<p>{byline}</p><p>{BODY}</p>" if byline else f"<p>{BODY}</p>"
    return json.dumps(WORDPRESS | {"content": {"rendered": rendered}}).encode()


FORMATS = {"a.md": in_markdown, "a.html": in_html, "a.json": in_wordpress}
STATED = "By Ada Holm, dietitian · Published 3 February 2025 · Updated 4 March 2025 · Nordvik"


def read_one(data, source):
    (article,) = read(data, source=source).articles
    return article


def bylines_of(article):
    blocks = enumerate(article.blocks)
    return [article.block_text(number) for number, block in blocks if block.kind == "byline"]


@pytest.mark.parametrize(("source", "make"), FORMATS.items(), ids=FORMATS.keys())
def test_what_only_metadata_say_stands_right_behind_the_title(source, make):
    article = read_one(make(), source)
    assert article.text == f"Rest\n\n{WRITTEN}\n\n{BODY}"
    assert [block.kind for block in article.blocks] == ["heading", "byline", "paragraph"]
    assert article.block_text(1) == WRITTEN
    assert (article.author, article.credentials) == ("Ada Holm", "dietitian")


@pytest.mark.parametrize(
    ("own", "added"),
    {
        STATED: [],
        "By Ada Holm, dietitian": ["3 February 2025 · Updated 4 March 2025 · Published by Nordvik"],
        "By Ada Holm": [WRITTEN],
        "Published 3 February 2025": [
            "By Ada Holm, dietitian · Updated 4 March 2025 · Published by Nordvik"
        ],
        "Updated 4 March 2025": ["By Ada Holm, dietitian · 3 February 2025 · Published by Nordvik"],
        "Written by Ada Holm, dietitian, at Nordvik. First published 3 February 2025, "
        "changed 4 March 2025.": [],
    }.items(),
)
@pytest.mark.parametrize(("source", "make"), FORMATS.items(), ids=FORMATS.keys())
def test_only_what_the_texts_own_byline_leaves_out_is_added(source, make, own, added):
    article = read_one(make(own), source)
    assert bylines_of(article) == [*added, own]


def test_a_text_files_head_is_told():
    head = "Rest and the gut\nPublisher: Nordvik\nBy Ada Holm — Dietitian\n\n"
    article = read_one(f"{head}{BODY}\n".encode(), "rest.txt")
    assert bylines_of(article) == ["Published by Nordvik", "By Ada Holm — Dietitian"]


def made_as_pdf():
    lines = documents.written(60, 60, ["Rest"], 20) + documents.written(60, 120, [BODY])
    info = "/Title (Rest) /Author (Ada Holm) /CreationDate (D:20250203090000) /ModDate (D:20250304)"
    return documents.make_pdf([lines], info)


def made_as_word():
    core = (
        '<p xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:d="http://purl.org/dc/terms/">'
        "<dc:creator>Ada Holm</dc:creator><d:created>2025-02-03T09:00:00Z</d:created>"
        "<d:modified>2025-03-04T09:00:00Z</d:modified></p>"
    )
    with zipfile.ZipFile(io.BytesIO(documents.article_docx())) as made:
        files = {name: made.read(name) for name in made.namelist()}
    return documents.pack(files | {"docProps/core.xml": core})


DOCUMENTS = {
    made_as_pdf: "By Ada Holm · 3 February 2025 · Updated 4 March 2025",
    made_as_word: "By Ada Holm · 3 February 2025 · Updated 4 March 2025",
    documents.article_export: "By Ada Holm · 1 March 2026 · Published by Harbour Clinic",
    documents.article_jats: "By Ada Holm · March 2026 · Published by Gut letters",
    documents.article_epub: "By Ada Holm · Published by Leaflets",
}


@pytest.mark.parametrize(("make", "byline"), DOCUMENTS.items())
def test_what_a_document_says_of_itself_is_told(make, byline):
    assert bylines_of(read(make(), source="fibre").articles[0]) == [byline]


def test_where_nothing_is_known_nothing_is_added():
    article = read_one(f"# Rest\n\n{BODY}\n".encode(), "rest.md")
    assert article.text == f"Rest\n\n{BODY}"


FACTS = Byline("Ada Holm and Bo Berg", "2025-05-03", "2026-01", None, "nordvik.example")
LANGUAGES = {
    "en": "By Ada Holm and Bo Berg · 3 May 2025 · Updated January 2026 · "
    "Published by nordvik.example",
    "da": "Af Ada Holm og Bo Berg · 3. maj 2025 · Opdateret januar 2026 · "
    "Udgivet af nordvik.example",
    "sv": "Av Ada Holm och Bo Berg · 3 maj 2025 · Uppdaterad januari 2026 · "
    "Publicerad av nordvik.example",
}


@pytest.mark.parametrize(
    ("language", "written"), [*LANGUAGES.items(), ("no", LANGUAGES["en"])], ids=[*LANGUAGES, "no"]
)
def test_a_byline_is_in_the_articles_language(language, written):
    assert write_byline(FACTS, [], language) == written


@pytest.mark.parametrize(
    ("facts", "written"),
    [
        (Byline("Heart and Lung Trust"), "Af Heart and Lung Trust"),
        (Byline("Medically reviewed by Ada Holm"), "Medically reviewed by Ada Holm"),
        (Byline(published="2025", modified="2025"), "2025"),
        (Byline(published="2025-15"), "2025-15"),
        (Byline(credentials="dietitian"), ""),
    ],
)
def test_names_stay_as_they_are_and_nothing_is_said_twice(facts, written):
    assert write_byline(facts, [], "da") == written


@given(
    st.sampled_from(["en", "da", "sv", "no"]),
    st.builds(
        Byline,
        author=st.none() | st.sampled_from(["Ada Holm", "Ada Holm and Bo Berg", "A. B. Li, C. Ek"]),
        published=st.none() | st.dates().map(lambda day: day.replace(year=2024).isoformat()),
        modified=st.none() | st.sampled_from(["2025-06", "2026-01-31"]),
        publisher=st.none() | st.sampled_from(["nordvik.example", "Nordvik (sample), Oslo"]),
    ),
)
def test_a_byline_says_all_that_it_was_made_of(language, facts):
    line = write_byline(facts, [], language)
    known = {name for name in Byline.__slots__ if getattr(facts, name)}
    assert find_said(line, facts, language) == known
    assert write_byline(facts, [line], language) == ""


def test_what_looks_like_a_marker_is_no_part_of_a_name() -> None:
    text = f"---\ntitle: Rest\nauthor: Anna Berg [2]\npublisher: Gut [3]\n---\n\n{BODY}"
    (article,) = read(text.encode(), source="rest.md").articles
    assert (article.author, article.publisher) == ("Anna Berg", "Gut")
