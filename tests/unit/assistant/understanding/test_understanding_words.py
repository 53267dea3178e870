from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.phrases import find_phrases
from assistant.understanding.spelling import Speller
from assistant.understanding.variants import find_variant
from index.glossary.abbreviations import Abbreviations, find_definitions, match_long_form

COUNTS = Counter(
    {
        "probiotics": 20, "serotonin": 12, "coeliac": 9, "celiac": 1, "diarrhoea": 6, "fibre": 8,
        "colonoscopy": 11, "anxiety": 7, "ashwagandha": 5, "behaviour": 3, "faecal": 2,
        "magnesium": 15, "bring": 3, "should": 40, "glycine": 4, "recognise": 2, "oesophagus": 2,
        "prebiotics": 3, "probiotic": 4, "stress": 9,
    }
)  # fmt: skip
SPELLER = Speller(COUNTS)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("probitoics", "probiotics"),
        ("seratonin", "serotonin"),
        ("diarhea", "diarrhoea"),
        ("colonscopy", "colonoscopy"),
        ("anxeity", "anxiety"),
        ("ashwaghanda", "ashwagandha"),
        ("magneisum", "magnesium"),
        ("shoud", "should"),
        ("shud", "should"),
        ("brign", "bring"),
        ("stres", "stress"),
        ("diarea", "diarrhoea"),
        ("esofagus", "oesophagus"),
    ],
)
def test_slips_are_put_right(typed, word):
    assert SPELLER.suggest(typed) == word


@pytest.mark.parametrize(
    "word",
    [
        "glycinate", "imodium", "sertraline", "rhamnosus", "longum", "symprove", "nyrer", "njurar",
        "mave", "ibs", "kombucha", "does", "theanine", "prebiotic",
    ],
)  # fmt: skip
def test_right_words_are_left_alone(word):
    assert SPELLER.suggest(word) is None


@pytest.mark.parametrize("text", ["Is Gaviscon ok?", "I saw Dr Solbreg", "B12 1714 5-HTP", "IBSD"])
def test_names_numbers_and_short_forms_are_left_alone(text):
    assert SPELLER.correct(text) == (text, ())


def test_correction_keeps_capitals_and_marks():
    text, changes = SPELLER.correct("Probitoics, and colonscopy?")

    assert text == "Probiotics, and colonoscopy?"
    assert [change.typed for change in changes] == ["Probitoics", "colonscopy"]


@given(st.text(max_size=60))
def test_correction_never_fails_and_touches_words_only(text):
    corrected, changes = SPELLER.correct(text)

    assert changes or corrected == text


@pytest.mark.parametrize(
    ("word", "variant"),
    [
        ("celiac", "coeliac"), ("diarrhea", "diarrhoea"), ("fiber", "fibre"), ("fecal", "faecal"),
        ("behavior", "behaviour"), ("recognize", "recognise"), ("esophagus", "oesophagus"),
        ("coeliac", None), ("zinc", None), ("color", None),
    ],
)  # fmt: skip
def test_variants_follow_the_library(word, variant):
    assert find_variant(word, COUNTS) == variant


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Short-chain fatty acids (SCFAs) are made", ("SCFAs", "short-chain fatty acids")),
        ("People with IBS (irritable bowel syndrome) ask", ("IBS", "irritable bowel syndrome")),
        ("the European Food Safety Authority (EFSA)", ("EFSA", "European Food Safety Authority")),
        ("an acid called alpha-linolenic acid (ALA; from plants)", ("ALA", "alpha-linolenic acid")),
    ],
)
def test_definitions_are_found(text, pair):
    assert list(find_definitions(text)) == [pair]


@pytest.mark.parametrize(
    "text", ["It is rare (see below).", "Read it (NB the date).", "in 2021 (n = 5)"]
)
def test_other_brackets_define_nothing(text):
    assert list(find_definitions(text)) == []


def test_long_forms_need_every_letter_in_order():
    assert match_long_form("ENS", "the enteric nervous system") == "enteric nervous system"
    assert match_long_form("ENS", "the nervous system") is None


def test_questions_are_expanded_both_ways():
    short_forms = Abbreviations.of_texts(["Irritable bowel syndrome (IBS) is common."])

    assert short_forms.expand("does ibs hurt") == ["irritable bowel syndrome"]
    assert short_forms.expand("irritable bowel syndrome and bread") == ["IBS"]
    assert short_forms.expand("IBS is irritable bowel syndrome") == []


@given(st.text(max_size=80))
def test_phrases_are_slices_of_the_text(text):
    assert all(text[phrase.start : phrase.end] == phrase.text for phrase in find_phrases(text))
