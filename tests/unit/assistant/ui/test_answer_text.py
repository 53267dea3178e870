from hypothesis import given
from hypothesis import strategies as st

from assistant.api import WebSettings
from assistant.ui.answer_text import Run, mark_terms, split_blocks, split_runs
from assistant.ui.phones import open_phone_book

PHONES = open_phone_book(WebSettings(country="DK"))


def words(runs):
    return "".join(run.text for run in runs)


def test_paragraphs_and_lists_keep_their_order():
    blocks = split_blocks("First.\n- one\n- two\n\nLast.")
    assert [block.kind for block in blocks] == ["paragraph", "list", "paragraph"]
    assert [words(line) for line in blocks[1].lines] == ["one", "two"]


def test_a_table_is_a_block_of_cells_as_many_in_each_row_as_names():
    head = "| Source | Men | Women |\n| --- | --- | --- |"
    blocks = split_blocks(f"Per day:\n\n{head}\n| One | 40 g | 30 g [1] |\n| Two [2]", {1, 2})
    assert [block.kind for block in blocks] == ["paragraph", "table"]
    assert blocks[1].names == ("Source", "Men", "Women")
    assert [words(line) for line in blocks[1].lines] == ["One", "40 g", "30 g", "Two", "", ""]
    assert blocks[1].lines[2][-1] == Run("citation", "g", (1,))


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


def test_a_phone_number_of_guidance_can_be_called():
    assert split_runs("Call 112 now.", phones=PHONES) == (
        Run("text", "Call "),
        Run("phone", "112", link="tel:112"),
        Run("text", " now."),
    )


def test_numbers_are_no_phones_outside_guidance():
    assert split_runs("Call 112 now.") == (Run("text", "Call 112 now."),)


@given(st.text(alphabet="ab []-19.\n ", max_size=80))
def test_no_word_of_an_answer_is_lost(text):
    blocks = split_blocks(text, {1}, phones=PHONES)
    shown = "".join(
        run.text + "".join(f"[{number}]" for number in run.numbers)
        for block in blocks
        for line in block.lines
        for run in line
    )
    kept = "".join(line.strip().removeprefix("- ") for line in text.splitlines())
    assert shown.replace(" ", "") == kept.replace(" ", "")


def test_a_term_is_marked_once_and_only_where_the_text_does_not_spell_it_out():
    glossary = {
        "IBS": "irritable bowel syndrome", "SIBO": "bacteria", "BS": "x",
        "common": "frequent", "Common": "frequent",
    }  # fmt: skip
    blocks = split_blocks("IBS is common.\n- Common IBS and SIBO: too many bacteria [1]", {1})
    terms = [
        (run.text, run.meaning)
        for block in mark_terms(blocks, glossary)
        for line in block.lines
        for run in line
        if run.kind == "term"
    ]
    assert terms == [("IBS", "irritable bowel syndrome"), ("common", "frequent")]


@given(st.text(max_size=80), st.dictionaries(st.text(min_size=1, max_size=3), st.text(min_size=1)))
def test_marking_terms_changes_no_word(text, glossary):
    blocks = split_blocks(text)
    assert [words_of(block) for block in mark_terms(blocks, glossary)] == [
        words_of(block) for block in blocks
    ]


def words_of(block):
    return ["".join(run.text for run in line) for line in block.lines]
