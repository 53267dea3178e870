import pytest

from eval.benchmarks.beir import make_article
from eval.cases import Gold
from eval.gold import GoldFinder, Span, bears_name, hash_sentence
from index.entry import Entry
from index.records import Sentence


def make_entry(article_id, title, *sentences):
    """An entry with one paragraph of the sentences given."""
    article = make_article(article_id, title, " ".join(sentences))
    found = []
    for number, sentence in enumerate(sentences):
        start = article.text.index(sentence)
        found.append(Sentence(number, start, start + len(sentence), 1))
    return Entry(article, tuple(found), (), "v1")


MAGNESIUM = make_entry("magnesium-1a2b3c4d", "Magnesium", "It calms nerves.", "It aids sleep.")
VAGUS = make_entry("vagus-nerve-5e6f7a8b", "The vagus nerve", "It calms nerves.", "It is long.")
ENTRIES = {entry.article.id: entry for entry in (MAGNESIUM, VAGUS)}


def find(**gold):
    return [
        (span.article_id, ENTRIES[span.article_id].article.text[span.start : span.end])
        for span in GoldFinder(ENTRIES).find(Gold(**gold))
    ]


@pytest.mark.parametrize(
    ("gold", "expected"),
    [
        pytest.param(
            {"article": "vagus", "contains": "calms  NERVES"},
            [("vagus-nerve-5e6f7a8b", "It calms nerves.")],
            id="words, in the article named",
        ),
        pytest.param(
            {"article": "magnesium", "sha256": hash_sentence("It aids\n sleep.")},
            [("magnesium-1a2b3c4d", "It aids sleep.")],
            id="checksum, white space collapsed",
        ),
        pytest.param(
            {"article": "moved", "sha256": hash_sentence("It is long.")},
            [("vagus-nerve-5e6f7a8b", "It is long.")],
            id="article under another name",
        ),
        pytest.param(
            {"article": "magnesium", "contains": "nerves. It aids"},
            [("magnesium-1a2b3c4d", "It calms nerves. It aids sleep.")],
            id="cut otherwise",
        ),
        pytest.param({"article": "magnesium", "contains": "zinc"}, [], id="not there"),
    ],
)
def test_finding(gold, expected):
    assert find(**gold) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("magnesium-1a2b3c4d", True),
        ("magnesium", True),
        ("magn", True),
        ("Magnesium", True),
        ("nesium", False),
        ("vagus-nerve", False),
    ],
)
def test_names(name, expected):
    assert bears_name(MAGNESIUM.article, name) is expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(Span("a", 10, 20), True, id="same"),
        pytest.param(Span("a", 10, 14), True, id="part of it"),
        pytest.param(Span("a", 0, 40), True, id="more than it"),
        pytest.param(Span("a", 16, 36), False, id="less than half in common"),
        pytest.param(Span("a", 20, 30), False, id="neighbour"),
        pytest.param(Span("b", 10, 20), False, id="another article"),
    ],
)
def test_same_sentence(other, expected):
    assert Span("a", 10, 20).is_same(other) is expected
    assert other.is_same(Span("a", 10, 20)) is expected
