"""The two real articles; they are not part of this repository and the tests quote none of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.readers import read
from index.sentences import find_sentences

SEEDS = Path(__file__).parents[4].parent / "shared/seeds"
PMIDS = ["29958137", "31741923", "32561570", "34123512", "41310510", "34306126"]


def read_seed(pattern):
    path = next(SEEDS.glob(pattern), None) if SEEDS.is_dir() else None
    if path is None:
        pytest.skip("needs the two articles in ../shared/seeds")
    result = read(path.read_bytes(), source=path.name)
    assert result.problems == ()
    return result.articles[0]


@pytest.fixture(scope="module")
def post():
    return read_seed("000*")


@pytest.fixture(scope="module")
def text():
    return read_seed("002*")


def kinds(article, kind):
    return [block for block in article.blocks if block.kind == kind]


def test_metadata_of_the_post(post):
    assert (post.author, post.publisher) == (None, "biohackbalance.se")
    assert (post.published, post.modified, post.language) == ("2025-12-17", "2025-12-17", "en")
    assert post.url == "https://biohackbalance.se/en/articles/the-gut-brain-axis"
    assert post.id.startswith("the-gut-brain-axis-")
    assert post.flags == ("commercial",)
    assert post.references == post.marks == ()


def test_structure_of_the_post(post):
    levels = [block.level for block in kinds(post, "heading")]
    assert levels == [1, 3, 4, 3, 3, 3, 3, 3, 3, 2, 3, 3, 3, 3, 3]
    rows = kinds(post, "table_row")
    assert len(rows) == 5
    assert {row.header for row in rows} == {("Focus Area", "Benefit of Supplementation")}
    assert len({row.group for row in rows}) == 1
    assert len(kinds(post, "list_item")) == 4 + 1 + 4 + 3 + 3 + 4
    assert all(item.lead_in is not None for item in kinds(post, "list_item"))
    faq = [
        b
        for b in post.blocks
        if b.section and b.section[0].startswith("FAQ") and b.kind == "paragraph"
    ]
    assert [post.block_text(b.lead_in)[-1] for b in faq if b.lead_in is not None] == ["?"] * 5
    assert faq[-1].lead_in is None


def test_links_of_the_post(post):
    assert [link.commercial for link in post.links] == [True] * 3
    assert all("/butik/" in link.url for link in post.links)


@pytest.mark.parametrize("trace", ["<", ">", "&amp;", "data-", "class=", "TyagGW", "\u00a0"])
def test_no_markup_is_left_in_the_post(post, trace):
    assert trace not in post.text


def test_metadata_of_the_text(text):
    assert (text.author, text.published, text.modified) == ("Dr. Bahir Hadi", "2026-06", None)
    assert (text.publisher, text.url, text.language) == ("Kirurgen.dk", None, "en")
    assert text.id.startswith("tarm-hjerne-aksen-")
    assert text.flags == ()


def test_structure_of_the_text(text):
    levels = [block.level for block in kinds(text, "heading")]
    assert levels == [1, 2, 2, 2, 3, 3, 3, 2, 3, 3, 3, 2, 2, 2]
    assert len(kinds(text, "paragraph")) == 15
    assert len(kinds(text, "byline")) == 3


def test_references_of_the_text(text):
    assert [reference.pmid for reference in text.references] == PMIDS
    assert [reference.number for reference in text.references] == [1, 2, 3, 4, 5, 6]
    assert not any(reference.text.startswith("PubMed") for reference in text.references)


def test_marks_of_the_text_are_bound(text):
    assert len(text.marks) == 17
    assert "[" not in text.text
    sentences = find_sentences(text)
    trials = next(s for s in sentences if " 72 " in text.text[s.start : s.end])
    assert trials.references == (5,)
    bound = [number for s in sentences for number in s.references]
    assert sorted(bound) == sorted(n for mark in text.marks for n in mark.numbers)
