"""Urgent help in the language of whoever it is handed on to."""

from dataclasses import replace

import pytest

from assistant.answer import Answer
from assistant.conversation import Conversation, Turn
from assistant.guiding import acknowledge, assess_danger, guide_in
from assistant.settings import Settings

SETTINGS = Settings(country="DK")
NONE = Answer("Why?", "Why?", "answer", "none", "So it is.", notice="Ask your doctor.")


def test_an_answer_without_danger_stays_as_it_is():
    assert guide_in("da", NONE, SETTINGS) is NONE


@pytest.mark.parametrize(("language", "words"), [("da", "Ring 112"), ("sv", "Ring 112")])
def test_guidance_is_said_anew(language, words):
    told = replace(NONE, kind="guidance", urgency="emergency", text="Please call 112 now.")
    assert words in guide_in(language, told, SETTINGS).text


def test_what_stands_beside_urgent_help_stays():
    told = replace(NONE, urgency="urgent", notice="See a doctor.\nSoon.\n\nAsk your doctor.")
    notice = guide_in("da", told, SETTINGS).notice
    assert "læge" in notice
    assert "See a doctor" not in notice
    assert notice.endswith("\n\nAsk your doctor.")


@pytest.mark.parametrize(
    ("danger", "over", "words"),
    [
        ("I want to kill myself", "I called them and I am safe now, it's over", "glad"),
        ("jeg vil ikke leve mere", "jeg har ringet, det er overstået, jeg er i sikkerhed", "glad"),
        ("jag vill inte leva längre", "jag har ringt, det är över, jag är i säkerhet", "glad"),
    ],
    ids=["en", "da", "sv"],
)
def test_who_says_that_it_is_over_gets_a_kind_word(danger, over, words):
    conversation = Conversation(over, (Turn("user", danger), Turn("assistant", "Please call.")))
    found = assess_danger(conversation)
    assert (found.urgency, found.over) == ("none", True)
    answer = acknowledge(conversation, found)
    assert (answer.kind, answer.sources) == ("smalltalk", ())
    assert words in answer.text
