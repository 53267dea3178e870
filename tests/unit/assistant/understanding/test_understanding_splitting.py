import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.splitting import FEATURES, describe_place, find_places, split_at
from assistant.understanding.words import tokenize


def cut(sentence):
    return [sentence[start:end] for start, end in split_at(sentence)]


@pytest.mark.parametrize(
    ("sentence", "questions"),
    [
        (
            "what is calprotectin and do i have to fast for it",
            ["what is calprotectin", "do i have to fast for it"],
        ),
        (
            "which plants are adaptogens, do they help ibs",
            ["which plants are adaptogens", "do they help ibs"],
        ),
        (
            "how much is the first visit & what does the letter cost",
            ["how much is the first visit", "what does the letter cost"],
        ),
    ],
)
def test_two_questions_in_one_sentence_are_told_however_they_are_joined(sentence, questions):
    assert cut(sentence) == questions


@pytest.mark.parametrize(
    "sentence",
    [
        "is salt and vinegar ok",
        "bread and pasta on low fodmap?",
        "does magnesium and zinc help sleep",
        "what can I eat before a colonoscopy or gastroscopy?",
        "My mother, who is 81, was told to stop eating bread",
        "which tests are free and do not need a referral",
        "is it normal that i am tired and can not eat",
        "is there a test that can tell what I should and should not eat",
        "do I take it before or after meals and with or without food",
        "word " * 400 + "and what is it",
        "and?",
        "",
    ],
)
def test_one_question_stays_one(sentence):
    assert cut(sentence) == [sentence]


@given(st.text(max_size=200))
def test_what_is_cut_stands_in_the_sentence_in_its_order(sentence):
    spans = split_at(sentence)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert edges[0] >= 0
    assert edges[-1] <= len(sentence)


def test_each_place_has_all_features():
    sentence = "what helps, and how long does it take"
    tokens = tokenize(sentence)
    places = find_places(tokens)
    assert places
    assert {len(describe_place(tokens, place, sentence)) for place in places} == {len(FEATURES)}
