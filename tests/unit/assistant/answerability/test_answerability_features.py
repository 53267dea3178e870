import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answerability.features import (
    BUCKETS,
    FEATURE_NAMES,
    Candidate,
    bucket_of,
    content_words,
    describe_candidate,
    missing_words,
)

EVEN = np.ones(BUCKETS, dtype=np.float16)


def feature(name: str, question: str, candidate: Candidate) -> float:
    return float(describe_candidate(question, candidate, EVEN)[FEATURE_NAMES.index(name)])


def test_stop_words_and_repetitions_are_no_content() -> None:
    words = content_words("How much magnesium should I take, magnesium or magnesiums?", EVEN)
    assert [word.text for word in words] == ["magnesium"]


def test_the_word_that_nothing_holds_is_named() -> None:
    candidate = Candidate("Magnesium helps muscles relax.", "Magnesium")
    missing = missing_words("Is magnesium safe in pregnancy?", candidate, EVEN)
    assert {word.text for word in missing} == {"safe", "pregnancy"}


def test_missing_words_come_heaviest_first() -> None:
    weights = EVEN.copy()
    weights[bucket_of("pregnanc")] = 3
    missing = missing_words("Is zinc safe in pregnancy?", Candidate("Iron."), weights)
    assert missing[0].text == "pregnancy"


def test_context_covers_what_the_sentence_leaves_out() -> None:
    candidate = Candidate("Adults need 300 mg a day.", "Magnesium > Dose")
    question = "What dose of magnesium?"
    assert feature("coverage_sentence", question, candidate) == 0
    assert feature("coverage_context", question, candidate) == 1


def test_an_amount_asked_for_and_not_stated_is_marked() -> None:
    question = "How much magnesium a day?"
    assert feature("mark_missing", question, Candidate("Magnesium calms nerves.")) == 1
    assert feature("mark_missing", question, Candidate("Take 300 mg magnesium.")) == 0


@pytest.mark.parametrize("name", ["number_missing", "name_missing"])
def test_numbers_and_names_of_the_question_are_looked_for(name: str) -> None:
    question = "Did Pasteur find 12 strains?"
    assert feature(name, question, Candidate("Many strains were found.")) == 1
    assert feature(name, question, Candidate("Pasteur found 12 strains.")) == 0


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=40))
def test_any_text_gives_finite_features(question: str, sentence: str, context: str) -> None:
    row = describe_candidate(question, Candidate(sentence, context), EVEN)
    assert row.shape == (len(FEATURE_NAMES),)
    assert np.isfinite(row).all()
