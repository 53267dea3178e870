import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ui.answer_text import Run, split_blocks, split_runs


def words(runs):
    return "".join(run.text for run in runs)


def test_paragraphs_and_lists_keep_their_order():
    blocks = split_blocks("First.\n- one\n- two\n\nLast.")
    assert [block.kind for block in blocks] == ["paragraph", "list", "paragraph"]
    assert [words(line) for line in blocks[1].lines] == ["one", "two"]


def test_a_citation_keeps_the_word_before_it_on_its_line():
    assert split_runs("It helps sleep. [1] [2]", {1, 2}) == (
        Run("text", "It helps "),
        Run("citation", "sleep.", (1, 2)),
    )


def test_a_marker_without_a_source_stays_text():
    assert split_runs("It helps. [99]", {1}) == (Run("text", "It helps. [99]"),)


def test_a_group_with_one_unknown_number_stays_text():
    assert split_runs("It helps. [1] [99]", {1}) == (Run("text", "It helps. [1] [99]"),)


def test_a_very_long_word_may_break_before_its_citation():
    runs = split_runs("x" * 60 + " [1]", {1})
    assert runs == (Run("text", "x" * 60), Run("citation", "", (1,)))


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Call 112 now.", "tel:112"),
        ("Ring 1813.", "tel:1813"),
        ("Livslinien on 70 201 201, every day", "tel:70201201"),
        ("Call +45 70 20 12 01", "tel:+4570201201"),
        ("Samaritans: 116 123", "tel:116123"),
    ],
)
def test_phone_numbers_of_guidance_can_be_called(text, link):
    [phone] = [run for run in split_runs(text, phones=True) if run.kind == "phone"]
    assert phone.phone_link == link


@pytest.mark.parametrize(
    "text",
    ["within 24 hours", "400 mg a day", "38.5 degrees", "200 ml", "B12", "100 %", "1,000 people"],
)
def test_what_is_no_phone_number_cannot_be_called(text):
    assert [run.kind for run in split_runs(text, phones=True)] == ["text"]


def test_numbers_are_no_phones_outside_guidance():
    assert split_runs("72 trials with 1500 people") == (Run("text", "72 trials with 1500 people"),)


@given(st.text(alphabet="ab []-19.\n ", max_size=80))
def test_no_word_of_an_answer_is_lost(text):
    blocks = split_blocks(text, {1}, phones=True)
    shown = "".join(
        run.text + "".join(f"[{number}]" for number in run.numbers)
        for block in blocks
        for line in block.lines
        for run in line
    )
    kept = "".join(line.strip().removeprefix("- ") for line in text.splitlines())
    assert shown.replace(" ", "") == kept.replace(" ", "")
