"""How a conversation is laid out for the network that judges it whole."""

import pytest

from assistant.answerability.pieces import load_tokenizer
from assistant.triage.conversation import (
    MOST_PIECES,
    NOW_PIECES,
    LaidOut,
    as_statement,
    final_question,
    lay_out_turns,
    plain_answer,
)


def read(laid_out: LaidOut) -> list[tuple[int, str]]:
    """(Side, words) of each part between the special pieces."""
    parts: list[tuple[int, str]] = []
    pieces: list[int] = []
    for piece, side in zip(laid_out.ids[0].tolist(), laid_out.sides[0].tolist(), strict=True):
        if piece == 102:
            parts.append((side, load_tokenizer().decode(pieces)))
            pieces = []
        elif piece != 101:
            pieces.append(piece)
    assert not pieces, "every part is ended"
    return parts


def test_turns_stand_in_their_order_and_the_newest_on_the_other_side() -> None:
    turns = [("user", "i took all of them"), ("assistant", "oh. when?"), ("user", "an hour ago")]
    assert read(lay_out_turns(turns)) == [
        (0, "i took all of them"),
        (1, "when?"),
        (1, "an hour ago"),
    ]


def test_of_the_assistant_its_questions_alone_are_read() -> None:
    turns = [("user", "what is it"), ("assistant", "the danger is over."), ("user", "thanks")]
    assert read(lay_out_turns(turns)) == [(0, "what is it"), (1, "thanks")]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Oats hold fibre. [1]", ""),
        ("The gummies? They melt.", ""),
        ("Oats hold fibre. Are you thinking of ending your life? [1]", ""),
        ("Are you well? Tell me.\nSince when? ", "Since when?"),
        ("Since when?", "Since when?"),
        ("", ""),
    ],
)
def test_the_question_with_which_the_assistant_ends(said: str, asked: str) -> None:
    assert final_question(said) == asked


@pytest.mark.parametrize(
    ("question", "yes", "no"),
    [
        (
            "do you have a plan to end your life?",
            "i do have a plan to end my life",
            "i do not have a plan to end my life",
        ),
        ("are you safe?", "i am safe", "i am not safe"),
        ("is she breathing?", "she is breathing", "she is not breathing"),
        ("is your son awake?", "my son is awake", "my son is not awake"),
        ("any blood in it?", "there is blood in it", "there is no blood in it"),
        ("think you on to die?", "i think on to die", "i think not on to die"),
        ("since when?", "", ""),
    ],
)
def test_a_question_as_what_a_yes_or_a_no_says(question: str, yes: str, no: str) -> None:
    assert as_statement(question, denied=False) == yes
    assert as_statement(question, denied=True) == no


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("yes, every night", True),
        ("ja", True),
        ("sometimes", True),
        ("no, not at all", False),
        ("nej", False),
        ("haha no", False),
        ("notes on kefir", None),
        ("two hours ago", None),
        ("no but what is kefir and how much of it should i drink a day", None),
    ],
)
def test_plain_answers(answer: str, said: bool | None) -> None:
    assert plain_answer(answer) is said


def test_a_conversation_without_end_is_bounded_and_keeps_the_newest() -> None:
    turns = [("user", f"message {number} on oats and rye bread") for number in range(100)]
    laid_out = lay_out_turns([*turns, ("user", "the end " * 200)])
    parts = read(laid_out)
    assert laid_out.ids.shape[1] <= MOST_PIECES
    assert len(parts[-1][1].split()) == NOW_PIECES
    assert "message 99" in parts[-2][1]


def test_what_told_of_a_danger_is_not_crowded_out() -> None:
    turns = [("user", f"message {number} on oats and rye bread") for number in range(100)]
    parts = read(lay_out_turns([*turns, ("user", "and milk?")], kept={3}))
    assert "message 3 " in parts[0][1]
    assert "message 99" in parts[-2][1]


def test_nothing_said_is_laid_out_all_the_same() -> None:
    assert read(lay_out_turns([("user", "hello"), ("user", "")])) == [(0, "hello"), (1, ".")]
