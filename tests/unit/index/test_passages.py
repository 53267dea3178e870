from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages import (
    QUOTABLE_KINDS,
    Limits,
    cut_passages,
    passage_text_to_embed,
    sentence_text_to_embed,
)
from index.records import Article, Block
from index.sentences import find_sentences

WORDS = st.lists(st.sampled_from(["gut", "vagus", "nerve", "sleep", "fibre"]), min_size=1)
SENTENCE = WORDS.map(lambda words: " ".join(words).capitalize() + ".")
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=6).map(" ".join)


def count_words(text):
    return len(text.split())


def make_article(parts, title="The gut"):
    """An article of (kind, text) parts; items and rows are introduced by the block before them."""
    text, blocks, section, group = title, [Block("heading", 0, len(title), level=1)], (), None
    for number, (kind, words) in enumerate(parts, start=1):
        start = len(text) + 2
        text += f"\n\n{words}"
        grouped = kind in {"list_item", "table_row"}
        continues = grouped and blocks[-1].kind == kind
        group = (group if continues else number) if grouped else None
        introduced = grouped and blocks[-1].kind in {"paragraph", "heading"}
        lead_in = blocks[-1].lead_in if continues else number - 1 if introduced else None
        blocks.append(
            Block(
                kind,
                start,
                len(text),
                section=section,
                level=2 if kind == "heading" else 0,
                group=group,
                lead_in=lead_in,
                header=("Name", "Effect") if kind == "table_row" else (),
            )
        )
        if kind == "heading":
            section = (words,)
    return Article(id="a", title=title, text=text, blocks=tuple(blocks))


@st.composite
def articles(draw):
    kinds = st.sampled_from(
        ["paragraph", "paragraph", "list_item", "table_row", "heading", "byline", "reference"]
    )
    parts = [
        (kind, draw(WORDS.map(" ".join) if kind == "heading" else PARAGRAPH))
        for kind in draw(st.lists(kinds, max_size=12))
    ]
    return make_article(parts)


@given(articles(), st.integers(1, 60))
def test_every_quotable_sentence_is_in_exactly_one_passage(article, max_tokens):
    sentences = find_sentences(article)
    passages = cut_passages(article, sentences, count_words, Limits(max_tokens))
    covered = [number for passage in passages for number in range(*passage.sentences)]
    assert covered == [
        s.number for s in sentences if article.blocks[s.block].kind in QUOTABLE_KINDS
    ]


@given(articles(), st.integers(1, 60))
def test_passages_are_slices_in_order_that_begin_and_end_with_a_sentence(article, max_tokens):
    sentences = find_sentences(article)
    passages = cut_passages(article, sentences, count_words, Limits(max_tokens))
    assert [passage.number for passage in passages] == list(range(len(passages)))
    assert all(before.end <= after.start for before, after in pairwise(passages))
    for passage in passages:
        first, behind = passage.sentences
        assert (passage.start, passage.end) == (sentences[first].start, sentences[behind - 1].end)
        assert article.text[passage.start : passage.end] == (
            article.text[passage.start : passage.end].strip()
        )


@given(articles(), st.integers(1, 60))
def test_passages_stay_within_one_section(article, max_tokens):
    sentences = find_sentences(article)
    for passage in cut_passages(article, sentences, count_words, Limits(max_tokens)):
        blocks = {sentences[number].block for number in range(*passage.sentences)}
        assert {article.blocks[block].section for block in blocks} == {passage.section}
        between = article.blocks[min(blocks) : max(blocks) + 1]
        assert {block.kind for block in between} <= QUOTABLE_KINDS


@given(articles(), st.integers(1, 60))
def test_passages_are_within_the_window_unless_one_sentence_is_longer(article, max_tokens):
    sentences = find_sentences(article)
    limits = Limits(max_tokens)
    for passage in cut_passages(article, sentences, count_words, limits):
        own = count_words(article.text[passage.start : passage.end])
        first, behind = passage.sentences
        leads_in = article.blocks[sentences[behind - 1].block].lead_in == sentences[first].block
        assert own <= limits.room(0) or behind - first == 1 or (leads_in and behind - first == 2)


@given(articles(), st.integers(1, 60))
def test_length_is_that_of_the_embedded_text(article, max_tokens):
    sentences = find_sentences(article)
    for passage in cut_passages(article, sentences, count_words, Limits(max_tokens)):
        embedded = passage_text_to_embed(article, passage)
        assert passage.tokens == count_words(embedded)
        assert embedded.startswith(article.title)
        assert embedded.endswith(article.text[passage.start : passage.end])


@given(articles(), st.integers(1, 60))
def test_a_lead_in_is_in_the_passage_of_its_first_item(article, max_tokens):
    sentences = find_sentences(article)
    passages = cut_passages(article, sentences, count_words, Limits(max_tokens))
    home = {number: p.number for p in passages for number in range(*p.sentences)}
    for before, after in pairwise(sentences):
        if article.blocks[after.block].lead_in == before.block and before.number in home:
            assert home[before.number] == home[after.number]


@pytest.mark.parametrize("max_tokens", [8, 254])
def test_every_item_is_embedded_with_its_lead_in(max_tokens):
    items = [("list_item", f"item number {word}") for word in ("one", "two", "three", "four")]
    article = make_article([("paragraph", "Magnesium helps because it:"), *items])
    passages = cut_passages(article, find_sentences(article), count_words, Limits(max_tokens))
    assert len(passages) == (4 if max_tokens == 8 else 1)
    for passage in passages:
        embedded = passage_text_to_embed(article, passage)
        assert embedded.count("Magnesium helps because it:") == 1


def test_rows_are_embedded_with_the_names_of_their_columns():
    article = make_article([("heading", "Tests"), ("table_row", "Blood count | Anaemia")])
    sentences = find_sentences(article)
    [passage] = cut_passages(article, sentences, count_words)
    assert passage_text_to_embed(article, passage) == (
        "The gut\nTests\nName | Effect\nBlood count | Anaemia"
    )
    assert sentence_text_to_embed(article, sentences[0]) == (
        "Tests Name: Blood count; Effect: Anaemia"
    )


def test_sentences_are_embedded_with_the_heading_above_them():
    article = make_article([("heading", "Safety"), ("paragraph", "It is safe. It is cheap.")])
    texts = [sentence_text_to_embed(article, s) for s in find_sentences(article)]
    assert texts == ["Safety It is safe.", "Safety It is cheap."]


def test_a_long_section_is_cut_into_parts_of_about_equal_length():
    article = make_article([("paragraph", " ".join(["Fibre feeds the gut."] * 30))])
    passages = cut_passages(article, find_sentences(article), count_words, Limits(64))
    lengths = [count_words(article.text[p.start : p.end]) for p in passages]
    assert len(passages) == 2
    assert max(lengths) - min(lengths) <= 4


def test_an_article_without_sentences_has_no_passages():
    assert cut_passages(make_article([("heading", "Only a heading")]), (), count_words) == ()
