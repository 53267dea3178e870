"""The measures, against values worked by hand, and the exemplar set against its promises."""

from collections import Counter

import numpy as np
import pytest

from assistant.triage.augment import ask, bury, introduce, misspell
from assistant.triage.exemplars import Exemplar, load_exemplars
from assistant.triage.measure import Scored, pick_threshold, wilson_bounds


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
