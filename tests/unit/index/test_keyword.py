import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.keyword import KeywordIndex, stem_words

TEXTS = [
    "Magnesium relaxes the muscles.",
    "The vagus nerve runs from the brain to the gut.",
    "Sleep and stress change the gut. The gut also changes sleep.",
]


@pytest.fixture(scope="module")
def keyword():
    return KeywordIndex(TEXTS, ["en"] * len(TEXTS))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("muscle", [0]),
        ("MAGNESIUM", [0]),
        ("gut", [2, 1]),
        ("sleeping guts", [2, 1]),
        ("nerves of the vagus", [1, 0, 2]),
        ("capital France", []),
        ("", []),
        ("?!", []),
    ],
)
def test_texts_are_found_by_the_stems_of_words(keyword, query, found):
    assert [position for position, _ in keyword.search(query, 10)] == found


def test_limit_and_order(keyword):
    hits = keyword.search("gut", 1)
    assert [position for position, _ in hits] == [2]
    assert all(score > 0 for _, score in keyword.search("the gut", 10))


def test_equal_texts_come_in_their_order():
    keyword = KeywordIndex(["zinc", "zinc", "zinc", "iron"], ["en"] * 4)
    assert [position for position, _ in keyword.search("zinc", 3)] == [0, 1, 2]


@pytest.mark.parametrize("texts", [[], [""], ["?!", "..."]], ids=["none", "empty", "signs"])
def test_without_words_nothing_is_found(texts):
    assert KeywordIndex(texts, ["en"] * len(texts)).search("gut", 5) == []


def test_each_language_is_stemmed_as_its_own():
    keyword = KeywordIndex(["Tarmene og hjernen", "The bowels and the brain"], ["da", "en"])
    assert [position for position, _ in keyword.search("tarmen", 5)] == [0]
    assert [position for position, _ in keyword.search("bowel", 5)] == [1]


def test_a_language_without_a_stemmer_is_read_as_english():
    assert [position for position, _ in KeywordIndex(["Der Darm"], ["de"]).search("Darm", 5)] == [0]


@given(st.text(), st.lists(st.text(), max_size=4))
def test_no_text_breaks_the_search(query, texts):
    for position, score in KeywordIndex(texts, ["en"] * len(texts)).search(query, 3):
        assert 0 <= position < len(texts)
        assert score > 0


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("Probiotics, probiotic!", ["probiot", "probiot"]),
        ("omega-3", ["omega", "3"]),
        ("β-glucan", ["β", "glucan"]),
        ("ﬁbre", ["fibr"]),  # a ligature, as PDF files have them
    ],
)
def test_words_become_stems(text, stems):
    assert stem_words(text) == stems


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("M\u0430gn\u0435sium", ["magnesium"]),
        ("TNF-α", ["tnf", "α"]),
        ("\u043c\u0430\u0433\u043d\u0438\u0439", ["\u043c\u0430\u0433\u043d\u0438\u0439"]),
    ],
    ids=["Cyrillic letters in a Latin word", "a Greek letter alone", "a Russian word"],
)
def test_letters_that_look_alike_are_searched_as_what_they_look_like(text, stems):
    assert stem_words(text) == stems
