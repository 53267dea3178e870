"""Markdown and plain text."""

from __future__ import annotations

import pytest

from index.errors import NotAnArticle, SourceTooLarge
from index.readers import read
from index.readers.reading import choose_format

FRONT = """---
title: "Sleep: a guide"
author: Anna Berg, dietitian
published: 2026-03
modified: 2026-04-02
publisher: Sample Clinic
lang: en-GB
url: https://clinic.example/sleep
---
"""
BODY = """# Sleep: a guide

Sleep *matters* [1, 2] &amp; helps.[^note]

## Contents

- [Why](#why)
- [How](#how)

## Why

It helps because it:

1. calms
2. mends

| When | What |
|---|---|
| Night | Sleep |

[Buy sleep tea](https://clinic.example/shop/tea)

## References

3. Berg A. Sleep. 2019. PMID 111.
4. Lund K. Rest. 2020.

[^note]: Never mind.
"""


def read_one(text, source="a.md", **more):
    return read(text.encode(), source=source, **more).articles[0]


def texts(article, kind):
    return [article.block_text(i) for i, block in enumerate(article.blocks) if block.kind == kind]


def test_front_matter():
    article = read_one(FRONT + BODY.replace("[^note]: Never mind.\n", "").replace("[^note]", ""))
    assert (article.title, article.author, article.publisher) == (
        "Sleep: a guide",
        "Anna Berg",
        "Sample Clinic",
    )
    assert (article.published, article.modified, article.language) == (
        "2026-03",
        "2026-04-02",
        "en",
    )
    assert article.url == "https://clinic.example/sleep"
    assert article.flags == ("commercial",)
    assert [r.number for r in article.references] == [3, 4]
    assert texts(article, "heading") == ["Sleep: a guide", "Why", "References"]
    assert [b.level for b in article.blocks if b.kind == "heading"] == [1, 2, 2]
    assert texts(article, "table_row") == ["Night | Sleep"]
    assert "\n\ncalms\nmends\n\n" in article.text


def test_broken_front_matter_is_read_line_by_line():
    article = read_one("---\ntitle: A: b\nauthor: Anna Berg\n---\nThe gut talks to the brain.\n")
    assert (article.title, article.author) == ("A: b", "Anna Berg")


def test_people_in_front_matter():
    front = (
        "---\ntitle: T\nauthors:\n  - name: Anna Berg\n  - Lars Holm\n---\nThe gut talks to it.\n"
    )
    assert read_one(front).author == "Anna Berg and Lars Holm"


def test_footnotes_become_references():
    article = read_one(
        "# T\n\nThe gut talks.[^b] It listens.[^a]\n\n[^a]: Second.\n[^b]: First one\n  goes on.\n"
    )
    assert [(r.number, r.text) for r in article.references] == [
        (1, "First one goes on."),
        (2, "Second."),
    ]
    assert [m.numbers for m in article.marks] == [(1,), (2,)]


def test_several_first_level_headings_are_sections():
    article = read_one("---\ntitle: T\n---\n# A\n\nThe gut talks.\n\n# B\n\nIt listens to us.\n")
    assert article.blocks[-1].section == ("B",)


TEXT = """Bloating: what helps
By Anna Berg — Dietitian
Content from /en/blog/bloating/
BLOATING - what helps

Author: Anna Berg, Dietitian · Date: June 2026
In short
Bloating is common and mostly harmless, and it often goes away on its own within a day [1].
What can I do?
There are three ways that have been tried in studies, and all of them are safe for most people:
1. Walk after meals
A walk of ten minutes moves the gas along, as a small study of twenty people showed [1, 2].
2. Eat slowly
Those who eat slowly swallow less air, which is why it is often the first advice given [2].
Known triggers
Some foods make gas. They include:
- beans
- onions
Treatment at Clinic.dk
We help people with bloating every day of the week, with talks and with breath tests at our place.
Reference list
- PubMed ID: 111: Gut. Gas and walking, a trial of ten minutes.
- PubMed ID: 222: Gut. Air.
More on this topic at Clinic.dk
Category: Gut
"""


def test_plain_text():
    article = read_one(TEXT, "x/bloating.txt")
    assert (article.title, article.author, article.published) == (
        "Bloating: what helps",
        "Anna Berg",
        "2026-06",
    )
    assert article.publisher == "Clinic.dk"
    assert article.url is None
    assert article.id.startswith("bloating-")
    headings = [
        (article.block_text(i), b.level)
        for i, b in enumerate(article.blocks)
        if b.kind == "heading"
    ]
    assert headings == [
        ("Bloating: what helps", 1),
        ("In short", 2),
        ("What can I do?", 2),
        ("1. Walk after meals", 3),
        ("2. Eat slowly", 3),
        ("Known triggers", 3),
        ("Treatment at Clinic.dk", 3),
        ("Reference list", 2),
    ]
    assert texts(article, "list_item") == ["beans", "onions"]
    assert [(r.number, r.pmid) for r in article.references] == [(1, "111"), (2, "222")]
    assert [m.numbers for m in article.marks] == [(1,), (1, 2), (2,)]
    assert texts(article, "byline")[0] == "Published by Clinic.dk"
    assert len(texts(article, "byline")) == 3
    assert "Category" not in article.text
    assert "More on" not in article.text


def test_wrapped_text_is_joined():
    text = """Bloating and what helps
=======================

Bloating is common, and it mostly goes away on its own
within a day or two. It may come from gas that is made
when bacteria break down what you have eaten.

What to do
----------
Walk after meals, and eat slowly, so that you do not
swallow air with your food.

* drink water
* eat beans only
  now and then

References

[1] Lund K. Gas and walking, a trial of ten minutes in
    twenty people. Gut. 2019.
[2] Holm L. Air. Gut. 2020.
"""
    article = read_one(text, "a.txt")
    assert article.title == "Bloating and what helps"
    assert texts(article, "heading")[1:] == ["What to do", "References"]
    assert texts(article, "paragraph")[0].endswith("what you have eaten.")
    assert texts(article, "list_item") == ["drink water", "eat beans only now and then"]
    assert [(r.number, r.text[-5:]) for r in article.references] == [(1, "2019."), (2, "2020.")]


def test_danish_text():
    text = (
        "Oppustet mave\nSkrevet af Mette Østergaard · Opdateret: 3. juni 2026\n"
        "Hvad er det?\n"
        "Det er almindeligt at have luft i maven, og det går ofte over af sig selv igen [1].\n"
        "Kilder\n1. Holm L. Luft. 2020.\n"
    )
    article = read_one(text, "a.txt")
    assert (article.author, article.modified, article.language) == (
        "Mette Østergaard",
        "2026-06-03",
        "da",
    )
    assert article.references[0].text == "Holm L. Luft. 2020."


def test_a_text_without_a_title_is_called_by_its_name():
    article = read_one(
        "The gut talks to the brain. It does so all day long.\n", "gut-and-brain.txt"
    )
    assert article.title == "gut and brain"
    assert texts(article, "paragraph") == ["The gut talks to the brain. It does so all day long."]


FORMATS = {
    "json by name": ("x", "a.json", None, "wordpress"),
    "json by content": ('  {"id": 1}', "a", None, "wordpress"),
    "json by type": ("x", "https://a.org/x", "application/json; charset=utf-8", "wordpress"),
    "html by content": ("<!DOCTYPE html><p>", "a.txt", None, "html"),
    "html by type": ("x", "https://a.org/x", "text/html", "html"),
    "html by tags": ("Hi <b>x</b></p><p>a</p><p>b</p>", "a.txt", None, "html"),
    "markdown by name": ("<div>x</div>", "a.md", None, "markdown"),
    "markdown by heading": ("# Title\n\ntext", "a.txt", None, "markdown"),
    "markdown by front matter": ("---\ntitle: x\n---\ntext", "a", None, "markdown"),
    "text": ("Title\n\n[1] is a mark", "a.txt", None, "text"),
}


@pytest.mark.parametrize(
    ("text", "source", "kind", "expected"), FORMATS.values(), ids=FORMATS.keys()
)
def test_the_reader_is_picked_by_content_and_name(text, source, kind, expected):
    assert choose_format(text, source, kind) == expected


@pytest.mark.parametrize(
    "text", ["Title", "1;2;3\n4;5;6\n7;8;9\n", "# Title\n", "---\ntitle: x\n---\n"]
)
def test_texts_without_prose_are_no_articles(text):
    with pytest.raises(NotAnArticle, match=r"^a\.txt: holds no article text"):
        read(text.encode(), source="a.txt")


def test_too_large():
    with pytest.raises(SourceTooLarge, match=r"^a\.txt: has 30 bytes, the limit is 20; split it"):
        read(b"x" * 30, source="a.txt", limit_bytes=20)


def test_the_id_is_made_of_the_name_within_its_folder():
    text = "The gut talks to the brain. It does so all day."
    one = read_one(text, "/home/x/library/en/axis.txt", name="en/axis.txt")
    other = read_one(text + " More.", "library/en/axis.txt", name="en/axis.txt")
    assert one.id == other.id
    assert one.id != read_one(text, "library/da/axis.txt", name="da/axis.txt").id


def test_a_guessed_encoding_is_flagged():
    text = "Luft i maven\n\nDet er almindeligt at føle sig oppustet, når man har spist for hurtigt."
    article = read(text.encode("cp1252"), source="a.txt").articles[0]
    assert "encoding-guessed" in article.flags
    assert "føle" in article.text
