import pytest

from assistant.conversation import Turn
from assistant.understanding.carrying import Carried, carry
from assistant.understanding.turn_pieces import MOST_PIECES, lay_out

DIET = (
    "What are the stages of the low-FODMAP diet?",
    "Restriction comes first, then reintroduction. [1]",
)
DREAMS = ("Does melatonin give weird dreams?", "Some people report vivid dreams. [1]")


def talk(turns):
    return [
        Turn("user" if place % 2 == 0 else "assistant", text) for place, text in enumerate(turns)
    ]


def taking(question, *taken):
    """What a question takes along, were the network sure of these words."""
    roots = lay_out(question, [DIET]).roots
    return Carried.of(question, DIET, {root: 3.0 if root in taken else -3.0 for root in roots})


def test_words_that_stand_together_are_one_span():
    assert taking("is it hard", "stage", "low-fodmap", "diet").spans == (
        "stages of the low-FODMAP diet",
    )


def test_a_span_goes_over_no_mark_and_no_line():
    turns = ("How do I breathe?", "Use the belly.\n- Breathe slowly, belly up [1]")
    carried = Carried.of("how long", turns, {"belli": 3.0, "breath": 3.0})

    assert sorted(carried.spans) == ["Breathe", "belly"]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("and is it safe in pregnancy", "is low-FODMAP diet safe in pregnancy"),
        ("bedwetting in kids", "bedwetting in kids of low-FODMAP diet"),
    ],
    ids=["in a pronoun's place", "behind a question without one"],
)
def test_what_is_taken_along_is_put_into_the_question(question, text):
    assert taking(question, "low-fodmap", "diet").text == text


@pytest.mark.parametrize("question", ["and how many mg at night", "does it work for jet lag"])
def test_the_network_says_what_a_question_leaves_out(question):
    odds = carry(question, talk(DREAMS)).log_odds

    assert odds["melatonin"] == max(odds.values()) > 0


def test_words_that_turned_the_talk_are_not_taken_along():
    odds = carry("what level is normal", talk(("New question. What is FIT?", "A test. [1]")))

    assert "question" not in odds.log_odds


def test_a_question_on_something_else_takes_nothing_along():
    assert carry("Where can I park when I come for a gastroscopy?", talk(DREAMS)).spans == ()


def test_the_newest_exchange_is_read_first_and_a_long_talk_is_cut():
    exchanges = [(f"What about subject{n}?", "It is long. " * 30) for n in range(9)]
    pieces = lay_out("and that?", exchanges)

    assert pieces.roots[0].startswith("subject8")
    assert len(pieces.ids) <= MOST_PIECES
    assert pieces.side.sum() > 0
