"""The measures, against values worked by hand, and the exemplar set against its promises."""

import json
import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from assistant.triage.augment import ask, bury, introduce, misspell
from assistant.triage.conversation import final_question
from assistant.triage.exemplars import (
    HELD_OUT_CONVERSATIONS,
    Exemplar,
    load_conversations,
    load_exemplars,
)
from assistant.triage.measure import Scored, pick_threshold, wilson_bounds
from assistant.triage.train_chains import chain_messages, load_questions


def test_wilson_bounds_of_nine_in_ten() -> None:
    assert wilson_bounds(9, 10) == pytest.approx((0.596, 0.982), abs=0.001)
    assert wilson_bounds(0, 0) == (0.0, 1.0)


def score(danger: float, kind: str = "figure") -> Scored:
    exemplar = Exemplar(
        "1", "1", "en", "urgent" if kind == "danger" else "none", "", kind, "message"
    )
    return Scored(exemplar, np.array([1 - danger, danger, 0, 0]))


def test_threshold_keeps_both_bounds() -> None:
    hard = [score(danger / 100) for danger in range(101)]
    ordinary = [score(danger / 1000, "ordinary") for danger in range(1001)]
    assert pick_threshold(hard, 0.05, 0.01, 0.9) == pytest.approx(0.95)
    assert pick_threshold(hard + ordinary, 0.05, 0.01, 0.9) == pytest.approx(0.99)
    assert pick_threshold(hard + ordinary, 0.05, 0.2, 0.9) == pytest.approx(0.95)


def test_threshold_lets_most_dangers_through_whatever_alarms() -> None:
    hard = [score(danger / 100) for danger in range(101)]
    dangers = [score(danger / 100, "danger") for danger in range(101)]
    assert pick_threshold(hard + dangers, 0.05, 0.01, 0.9) == pytest.approx(0.1)


def test_level_below_the_threshold_is_none() -> None:
    assert score(0.4).level(0.5) == "none"
    assert score(0.6).level(0.5) == "urgent"


def test_exemplars_keep_their_promise() -> None:
    exemplars = load_exemplars()
    dangers = [one for one in exemplars if one.urgency != "none"]
    languages = Counter(one.language for one in dangers)
    assert len(exemplars) >= 1500
    assert len({one.id for one in exemplars}) == len(exemplars)
    assert min(languages["da"], languages["sv"]) >= 0.19 * len(dangers)
    assert len(exemplars) >= 2 * len(dangers)


def test_copies_keep_the_message() -> None:
    import random

    chance = random.Random(1)
    assert "I fell" in bury("I fell", ["One thing.", "Two things.", "Three"], chance)
    assert {ask("I fell", ["Why?"], chance) for _ in range(20)} == {"I fell. Why?", "Why? I fell"}
    assert "I fell." in introduce("I fell.", "en", chance)
    assert "#" not in introduce("jag ramlade", "sv", chance)
    assert misspell("a b c", chance) == "a b c"
    assert misspell("remarkable", chance, share=1.0) != "remarkable"


def test_training_draws_what_is_doubtful_from_each_language_alike() -> None:
    from assistant.triage.train_further import draw_unsure, even_out

    losses = np.array([*[0.02] * 900, *[3.0] * 100, *[0.02] * 90, *[3.0] * 10])
    english = np.arange(len(losses)) < 1000
    even = even_out(losses, english)
    assert even[english].sum() == pytest.approx(even[~english].sum())
    drawn = draw_unsure(even, 20, np.random.default_rng(1))
    assert len(set(drawn)) == 20
    assert np.count_nonzero(losses[drawn] == 3.0) > 12
    assert 4 < np.count_nonzero(english[drawn]) < 18


def test_conversations_are_of_every_kind_and_none_is_trained_on_and_held_out() -> None:
    trained, held_out = load_conversations(), load_conversations(HELD_OUT_CONVERSATIONS)
    for part in (trained, held_out):
        assert len(part) > 2000
        assert {one.kind for one in part} == {"across", "stays", "over", "harmless"}
        assert {one.urgency for one in part} == {"none", "urgent", "crisis", "emergency"}
        assert {one.language for one in part} == {"en", "da", "sv"}
    assert not {one.turns for one in trained} & {one.turns for one in held_out}


def test_chains_hold_a_danger_at_either_end_after_another_and_in_an_answer() -> None:
    single = [one for one in load_exemplars() if not one.history]
    chains = [one for one, _ in chain_messages(single, load_conversations(), random.Random(1))]
    messages = {one.message: one.urgency for one in single}
    told = [one for one in chains if one.kind == "chain" and one.urgency != "none"]
    assert all(any(messages.get(text) == one.urgency for _, text in one.turns) for one in told)
    assert any(messages.get(one.turns[0][1]) == one.urgency for one in told)
    assert any(messages.get(one.turns[-1][1]) == one.urgency for one in told)
    answers = [one for one in chains if one.kind == "answer"]
    assert {one.urgency for one in answers} == {"none", "urgent", "crisis", "emergency"}
    assert all(any(final_question(text) for _, text in one.turns) for one in answers)


@pytest.mark.parametrize("language", ["en", "da", "sv"])
def test_questions_on_dangers_tell_what_yes_and_no_mean(language: str) -> None:
    asked = load_questions(language)
    assert len(asked) >= 200
    assert {one.urgency for one in asked} == {"none", "urgent", "crisis", "emergency"}
    assert all(final_question(one.question) and one.answers for one in asked)


def test_a_conversation_with_an_unknown_level_is_refused(tmp_path: Path) -> None:
    turns = [{"role": "user", "content": "hi", "level": "none"}] * 2
    turns = [*turns[:1], {**turns[1], "level": "grave"}]
    row = {"language": "en", "kind": "over", "turns": turns}
    (tmp_path / "one.jsonl").write_text(json.dumps(row) + "\n")
    with pytest.raises(ValueError, match="one, line 1 has the urgency 'grave'"):
        load_conversations(tmp_path)
