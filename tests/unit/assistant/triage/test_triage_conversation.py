"""How turns bear on each other: what ends a mode, and what a yes means."""

import pytest

from assistant.triage.conversation import affirms_question, join_turns, says_over


@pytest.mark.parametrize(
    "english",
    [
        "false alarm, he was playing a prank",
        "the ambulance came and it was only a cramp",
        "i am safe now",
        "they checked me at the hospital and i am fine now",
    ],
)
def test_over_is_heard(english: str) -> None:
    assert says_over(english)


@pytest.mark.parametrize(
    "english",
    ["i am not safe", "the ambulance is on its way", "it hurts", "i am still not okay", "thanks"],
)
def test_over_is_not_imagined(english: str) -> None:
    assert not says_over(english)


def test_yes_makes_the_question_a_statement() -> None:
    said = affirms_question("yes", "i am sorry. do you have a plan to end your life?")
    assert said == "i have a plan to end my life."


@pytest.mark.parametrize("message", ["no", "what is kefir and how much of it should i drink daily"])
def test_other_answers_affirm_nothing(message: str) -> None:
    assert affirms_question(message, "are you in pain?") == ""


def test_join_is_bounded_and_keeps_the_newest() -> None:
    joined = join_turns(["a" * 2000], "the end")
    assert len(joined) <= 900
    assert joined.endswith("the end.")
