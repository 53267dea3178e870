import threading

import pytest

from assistant.ui.desk.following import Following, Step
from prompts.texts import load_texts


@pytest.fixture
def go_on():
    return threading.Event()


def work(go_on, tell, error=None):
    """Tells one step, waits until that is seen, and ends."""
    tell("cases", 1, 3)
    go_on.wait(20)
    if error:
        raise error
    return "done"


def test_work_is_followed_to_its_result(go_on):
    following = Following(lambda tell: work(go_on, tell))
    for step in following:
        assert step == Step("cases", 1, 3)
        go_on.set()
    assert following.result == "done"


def test_what_the_work_raised_is_raised_after_its_steps(go_on):
    steps = iter(Following(lambda tell: work(go_on, tell, OSError("no disk"))))
    assert next(steps) == Step("cases", 1, 3)
    go_on.set()
    with pytest.raises(OSError, match="no disk"):
        list(steps)


def test_long_silence_gives_signs_of_life(go_on, monkeypatch):
    monkeypatch.setattr("assistant.ui.desk.following.SIGN_OF_LIFE_SECONDS", 0.01)
    steps = iter(Following(lambda _: go_on.wait(10)))
    assert [next(steps), next(steps)] == [Step(), Step()]
    go_on.set()
    list(steps)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Step("Embedding", 3, 9), "Embedding texts: 3 of 9"),
        (Step("Our site", 4), "Our site: 4 so far"),
    ],
    ids=["known", "a source"],
)
def test_a_step_is_told_in_words(step, words):
    assert step.describe(load_texts("en", "prompts.staff")) == words
