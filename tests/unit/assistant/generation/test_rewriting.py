"""A chat model's rewrite of a question: only what the conversation named, all that was asked."""

import json
from pathlib import Path

import pytest

from assistant.conversation import Conversation, Turn
from assistant.generation.rewriting import is_faithful, read_lines, read_rewrite
from eval.dataset import BUILT_IN

TALK = (
    Turn("user", "Can I take magnesium with 2 coffees a day?"),
    Turn("assistant", "Coffee does not change how magnesium is taken up. [1]"),
)


@pytest.mark.parametrize(
    ("question", "rewrite", "holds"),
    [
        ("and is it safe for children?", "Is magnesium safe for children?", True),
        ("and is it safe for childern?", "Is magnesium safe for children?", True),
        ("and with 3?", "Can I take magnesium with 3 coffees a day?", True),
        ("why not?", "Why does coffee not change magnesium?", True),
        ("and is it safe for children?", "Is zinc safe for children?", False),
        ("and is it safe for children?", "Is magnesium safe?", False),
        ("and is it safe for children?", "Is magnesium not safe for children?", False),
        ("is it not safe for children?", "Is magnesium safe for children?", False),
        ("and with 3?", "Can I take magnesium with 4 coffees a day?", False),
        ("and is it safe for children?", "How is magnesium safe for children?", False),
        ("is it safe, I am [name]?", "Is magnesium safe for [name]?", False),
    ],
)
def test_a_rewrite_asks_the_same(question, rewrite, holds):
    assert is_faithful(rewrite, Conversation(question, TALK)) is holds


def read_talks():
    lines = Path(BUILT_IN / "follow_ups.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row for row in rows if row.get("rewrite") and row.get("split") == "tune"]


def test_people_s_rewrites_hold_mostly_and_those_of_other_talks_never():
    rows = read_talks()
    talks = [
        Conversation(row["question"], tuple(Turn(t["role"], t["content"]) for t in row["history"]))
        for row in rows
    ]
    held = [is_faithful(r["rewrite"], talk) for r, talk in zip(rows, talks, strict=True)]
    assert sum(held) / len(held) > 0.6
    for shift in (1, 7, 19):
        others = [*rows[shift:], *rows[:shift]]
        for row, talk, own in zip(others, talks, rows, strict=True):
            same_talk = row["history"][0] == own["history"][0]
            assert same_talk or not is_faithful(row["rewrite"], talk), row["id"]


def test_what_a_model_writes_around_a_question_is_left_out():
    assert read_rewrite('Rewritten question: "Is magnesium safe?"\nIt is.') == "Is magnesium safe?"
    assert read_lines("1. What is it?\n\n- **Who has it?**\n" + "word " * 80) == [
        "What is it?",
        "Who has it?",
    ]
    assert read_rewrite("\n \n") == ""
