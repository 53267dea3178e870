import numpy as np
import pytest

from eval.metrics.alarms import score_alarms
from eval.metrics.latency import find_percentile, summarise_latency
from eval.metrics.overlap import score_token_f1
from eval.metrics.readability import (
    count_sentences,
    count_syllables,
    measure_flesch_kincaid,
    measure_lix,
)
from eval.metrics.redaction import find_leaks, find_lost


@pytest.mark.parametrize(
    ("given", "wanted", "expected"),
    [
        pytest.param("When did they disband?", "when did they disband", 1.0, id="same words"),
        pytest.param("When did they disband?", "When did Zappa disband?", 0.75, id="one differs"),
        pytest.param("the the", "the", 2 / 3, id="repeated words count"),
        pytest.param("", "", 1.0, id="both empty"),
        pytest.param("", "gut", 0.0, id="one empty"),
    ],
)
def test_token_f1_by_hand(given, wanted, expected):
    assert score_token_f1(given, wanted) == pytest.approx(expected)


def test_alarms_by_hand():
    wanted = ["none", "none", "urgent", "emergency", "emergency"]
    given = ["none", "urgent", "urgent", "emergency", "urgent"]
    score = score_alarms(wanted, given)
    assert score.false_alarms.value == 0.5
    assert score.caught.value == 1
    assert score.recall["urgent"].value == 1
    assert score.recall["emergency"].value == 0.5
    assert score.recall["crisis"] is None


@pytest.mark.parametrize(
    ("text", "identifiers", "leaks"),
    [
        pytest.param("I am [NAME].", ["Anna Holm"], [], id="gone"),
        pytest.param("I am anna  holm.", ["Anna Holm"], ["Anna Holm"], id="case and spaces"),
        pytest.param("Annabel eats.", ["Anna"], [], id="part of another word"),
        pytest.param("Call 12-34-56-78", ["12 34 56 78"], ["12 34 56 78"], id="other spacing"),
        pytest.param("I am 45", ["4 5"], [], id="few digits are no number"),
    ],
)
def test_leaks(text, identifiers, leaks):
    assert find_leaks(text, identifiers) == leaks


def test_lost_words():
    assert find_lost("I take [X] daily.", ["magnesium", "daily"]) == ["magnesium"]


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("gut", 1), ("the", 1), ("brain", 1), ("people", 2), ("bacteria", 3), ("axe", 1), ("mm", 1)],
)
def test_syllables(word, syllables):
    assert count_syllables(word) == syllables


def test_readability_by_hand():
    text = "The gut talks. The brain listens."  # 6 words, 2 sentences, 7 syllables, 1 long word
    assert measure_flesch_kincaid(text) == pytest.approx(0.39 * 3 + 11.8 * 7 / 6 - 15.59)
    assert measure_lix(text) == pytest.approx(3 + 100 / 6)
    assert measure_lix("12 34") is None
    assert measure_flesch_kincaid("") is None


def test_list_items_are_sentences_of_their_own():
    assert count_sentences("It helps:\n- with sleep\n- with mood") == 3


def test_percentiles_equal_numpy():
    values = [3.0, 1.0, 10.0, 7.0]
    for share in (0.0, 0.5, 0.95, 1.0):
        assert find_percentile(values, share) == pytest.approx(np.quantile(values, share))
    summary = summarise_latency(values)
    assert (summary.count, summary.p50_ms, summary.max_ms) == (4, 5.0, 10.0)
    assert summarise_latency([]) is None
    with pytest.raises(ValueError, match="0 values"):
        find_percentile([], 0.5)
