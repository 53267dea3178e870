import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.entry import from_json, make_entry, to_json, version_of
from index.records import Article, Block, Link, Reference, ReferenceMark

TEXT = "The gut\n\nFibre feeds the gut. It is cheap.\n\nOats | 4 g"


def make_article(**changes):
    article = Article(
        id="the-gut-12345678",
        title="The gut",
        text=TEXT,
        blocks=(
            Block("heading", 0, 7, level=1),
            Block("paragraph", 9, 42, section=("Fibre",)),
            Block("table_row", 44, 54, header=("Food", "Fibre"), group=1, lead_in=1, page=3),
        ),
        references=(Reference(1, "A study.", pmid="123", doi="10.1/x"),),
        marks=(ReferenceMark(29, (1, 2)),),
        links=(Link(9, 14, "https://example.org", commercial=True),),
        url="https://example.org/gut",
        published="2026-06",
        flags=("commercial",),
    )
    return replace(article, **changes)


def count_words(text):
    return len(text.split())


def test_an_entry_comes_back_as_it_was_written():
    entry = make_entry(make_article(), count_words, 254, "checksum")
    assert entry.sentences
    assert entry.passages
    assert from_json(to_json(entry)) == entry
    assert hash(from_json(to_json(entry))) == hash(entry)


@given(title=st.text(min_size=1), author=st.none() | st.text(), flags=st.lists(st.text()))
def test_any_words_come_back_as_they_were(title, author, flags):
    article = make_article(title=title, author=author, flags=tuple(flags))
    entry = make_entry(article, count_words, 254, "checksum")
    assert from_json(to_json(entry)) == entry


def test_the_same_entry_gives_the_same_bytes():
    first, second = (make_entry(make_article(), count_words, 254, "c") for _ in range(2))
    assert to_json(first) == to_json(second)
    assert list(json.loads(to_json(first))) == sorted(json.loads(to_json(first)))


def test_quotes_are_slices_of_the_text():
    entry = make_entry(make_article(), count_words, 254, "checksum")
    assert [entry.quote(s) for s in entry.sentences] == [
        "Fibre feeds the gut.",
        "It is cheap.",
        "Oats | 4 g",
    ]


@pytest.mark.parametrize(
    "change",
    [{"text": TEXT + "!"}, {"title": "Gut"}, {"modified": "2026-07-01"}, {"flags": ()}],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_article_has_another_version(change):
    assert version_of(make_article(**change), "c") != version_of(make_article(), "c")


def test_another_model_gives_another_version():
    assert version_of(make_article(), "c") != version_of(make_article(), "d")


def test_rows_are_named_by_article_version_and_number():
    entry = make_entry(make_article(), count_words, 254, "checksum")
    assert entry.passage_id(0) == f"the-gut-12345678@{entry.version}#p0"
    assert entry.sentence_id(2) == f"the-gut-12345678@{entry.version}#s2"
