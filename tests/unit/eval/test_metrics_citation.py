import pytest

from eval.metrics.citation import CitedSentence, score_citations
from eval.metrics.quotes import Quote, score_exactness
from eval.metrics.support import supports_by_words


def supports_letters(sentence, passages):
    """Every letter of the sentence stands in one of the passages."""
    return set(sentence) <= set("".join(passages))


@pytest.mark.parametrize(
    ("sentences", "recall", "precision"),
    [
        pytest.param([("ab", ("ab",))], 1, 1, id="one citation that supports"),
        pytest.param([("ab", ("a",))], 0, 0, id="one citation that does not"),
        pytest.param([("ab", ("a", "b"))], 1, 1, id="both needed together"),
        pytest.param([("ab", ("ab", "c"))], 1, 1 / 2, id="one superfluous"),
        pytest.param([("ab", ("ab", "ab"))], 1, 1, id="each supports alone"),
        pytest.param([("ab", ("ab", "a"))], 1, 1 / 2, id="part of it is superfluous"),
        pytest.param([("ab", ())], 0, 0, id="no citation"),
        pytest.param([("ab", ("ab", None))], 0, 0, id="one out of range spoils the sentence"),
        pytest.param([("ab", ("ab",)), ("cd", ("c",))], 1 / 2, 1 / 2, id="two sentences"),
        pytest.param([("ab", ("ab",)), ("cd", ())], 1 / 2, 1, id="uncited second sentence"),
        pytest.param([], 0, 0, id="no sentence"),
    ],
)
def test_alce_by_hand(sentences, recall, precision):
    score = score_citations([CitedSentence(*sentence) for sentence in sentences], supports_letters)
    assert (score.recall, score.precision) == (recall, precision)


QUOTE = "Probiotics did not reduce anxiety in 72 trials of 8 weeks."


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(QUOTE, True, id="the quote itself"),
        pytest.param("Probiotics did not reduce anxiety", True, id="part of the quote"),
        pytest.param("Probiotics did reduce anxiety in 72 trials.", False, id="negation"),
        pytest.param("Probiotics did not reduce anxiety in 27 trials.", False, id="number"),
        pytest.param("Magnesium did not help sleep.", False, id="other words"),
        pytest.param("", False, id="empty"),
    ],
)
def test_support_by_words(sentence, expected):
    assert supports_by_words(sentence, [QUOTE]) is expected


def test_support_needs_quotes():
    assert not supports_by_words("Something.", [])


def test_support_joins_quotes():
    assert supports_by_words(
        "The vagus nerve carries signals.", ["The vagus nerve", "signals carries"]
    )


def test_exactness_by_hand():
    texts = {"a": "Title\n\nGut and brain."}
    exact = Quote("a", "Gut", 7, 10)
    shifted = Quote("a", "Gut", 8, 11)
    assert score_exactness([exact, shifted], texts) == 0.5
    assert score_exactness([Quote("b", "Gut", 7, 10)], texts) == 0
    assert score_exactness([Quote("a", "", 7, 7)], texts) == 0
    assert score_exactness([], texts) is None
