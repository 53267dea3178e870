"""The trained reader tells a sentence that answers from one that is only near."""

import numpy as np
import pytest

from assistant.reader import Passage, open_reader, open_talk_reader
from assistant.understanding import write_talk

PASSAGE = (
    "Gastroscopy\nBefore and after. Stop eating six hours before the examination. "
    "You may drink clear water until two hours before. The tube is as thick as a little finger. "
    "Most people go home after half an hour."
)


def as_passage(text):
    starts = [0, *(i + 2 for i in range(len(text)) if text.startswith(". ", i))]
    ends = [*(start - 1 for start in starts[1:]), len(text)]
    return Passage(text, tuple(zip(starts, ends, strict=True)))


ANSWERED = {
    "when is the latest I may have breakfast before the test": "Stop eating",
    "Can I drink water on the morning of the examination?": "You may drink",
    "how big is the tube": "The tube",
    "How soon can I go home afterwards?": "Most people",
}


@pytest.mark.parametrize(
    ("question", "answer"), ANSWERED.items(), ids=["eating", "drinking", "tube", "home"]
)
def test_the_sentence_that_answers_is_read_as_such(question, answer):
    passage = as_passage(PASSAGE)
    odds = open_reader().read(question, passage)
    start, end = passage.sentences[int(odds.argmax())]
    assert PASSAGE[start:end].startswith(answer)


@pytest.mark.parametrize(
    "question",
    ["What does the examination cost?", "Which doctor holds the tube?"],
    ids=["price", "person"],
)
def test_a_near_miss_is_less_likely_than_any_answer(question):
    reader, passage = open_reader(), as_passage(PASSAGE)
    answered = min(reader.read(answered, passage).max() for answered in ANSWERED)
    assert reader.read(question, passage).max() < answered - 1


def test_what_stands_beyond_the_window_is_not_read():
    text = " ".join(["Water is fine."] * 100)
    odds = open_reader().read("Is water fine?", Passage(text, ((0, 14), (1400, 1414))))
    assert np.isnan(odds).tolist() == [False, True]


def test_nothing_to_read_gives_nothing():
    assert open_reader().read("How much?", Passage("Nothing.", ())).shape == (0,)


STOPPED = ("when must i stop eating before the test", "Stop eating six hours before.")


@pytest.mark.parametrize(
    ("question", "answer"),
    [("and drinking?", "You may drink"), ("ok and when do i get home", "Most people")],
    ids=["the same of another", "a new question"],
)
def test_a_question_is_read_with_the_turns_before_it(question, answer):
    passage = as_passage(PASSAGE)
    odds = open_talk_reader().read(write_talk(question, [STOPPED]), passage)
    start, end = passage.sentences[int(odds.argmax())]
    assert PASSAGE[start:end].startswith(answer)


def test_turns_change_what_a_question_means():
    reader, passage = open_talk_reader(), as_passage(PASSAGE)
    thick = ("how thick is the tube", "The tube is as thick as a little finger.")
    after_eating, after_thickness = (
        reader.read(write_talk("and how long before may i drink?", [before]), passage)
        for before in (STOPPED, thick)
    )
    assert not np.allclose(after_eating, after_thickness, atol=0.1)
