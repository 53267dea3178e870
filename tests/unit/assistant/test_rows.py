"""Tables of articles in an answer: under their head, or row by row with the names of columns."""

from types import SimpleNamespace

import pytest

from assistant.answer import Answer
from assistant.assistant import grow
from assistant.citing import cite
from assistant.composition import Piece, compose
from assistant.conversation import Turn
from assistant.joining import join_answers
from assistant.recalling import recall_cited
from assistant.rows import say_row, split_cells, unfold_tables
from assistant.selection import list_pieces
from assistant.ui.source_card import split_passage
from assistant.understanding.history import list_items, name_item, pair_turns
from index.entry import make_entry
from index.readers import read

MARKDOWN = b"""# Oats

Oats are a grain that people eat for breakfast.

How much of it a day:

| Source | Men | Women |
| --- | --- | --- |
| An authority of one country [1] | 40 g | 30 g |
| A second authority | 35 g | 25 g |

Eat it cooked.

## References

1. A study of oats. Journal of Grain. 2020. PMID: 12345678
"""


@pytest.fixture(scope="module")
def entry():
    article = read(MARKDOWN, source="oats.md").articles[0]
    return make_entry(article, lambda text: len(text.split()), 200, "model")


def sentence(entry, words):
    return next(s for s in entry.sentences if words in entry.quote(s))


def composed(pieces):
    made = compose(pieces)
    return Answer("q", "q", "answer", "none", made.text, made.sentences, made.sources)


def test_a_table_is_given_with_its_head_between_prose(entry):
    row = sentence(entry, "40 g")
    group = entry.article.blocks[row.block].group
    answer = composed([*list_pieces(entry, group), Piece(entry, sentence(entry, "cooked"))])
    assert answer.text.splitlines() == [
        "How much of it a day: [1]",
        "",
        "| Source | Men | Women |",
        "| --- | --- | --- |",
        "| An authority of one country | 40 g | 30 g [2] |",
        "| A second authority | 35 g | 25 g [3] |",
        "",
        "Eat it cooked. [4]",
    ]
    assert [s.text for s in answer.sentences] == [s.quote for s in answer.sources]
    for snapshot in grow(answer):
        assert answer.text.startswith(snapshot.text)


def test_one_row_is_given_under_the_head_too_and_read_out_with_its_names(entry):
    answer = composed([Piece(entry, sentence(entry, "35 g"), "item")])
    assert answer.text.startswith("| Source | Men | Women |\n")
    assert unfold_tables(answer.text) == (
        "- Source: A second authority; Men: 35 g; Women: 25 g [1]"
    )


def test_a_row_that_two_parts_give_stands_once_and_its_table_goes_where_no_other_row_is(entry):
    first, second = (Piece(entry, sentence(entry, words), "item") for words in ("40 g", "35 g"))
    alone, both = composed([first]), composed([first, second])
    cooked = composed([first, Piece(entry, sentence(entry, "cooked"))])
    joined = join_answers([alone, both, cooked])
    assert joined.text.split("\n\n") == [alone.text, composed([second]).text.replace("[1]", "[2]"),
                                         "Eat it cooked. [3]"]  # fmt: skip


@pytest.mark.parametrize(
    ("names", "row", "said"),
    [
        (("", "IBS", "IBD"), "Blood | No | Common", "Blood – IBS: No; IBD: Common"),
        (("Food", "Alive?"), "Kefir | Yes", "Food: Kefir; Alive? Yes"),
        (("Age", "Dose", "Note"), "4 to 8 | 2 mg |", "Age: 4 to 8; Dose: 2 mg"),
        (("Age", "Dose", "Note"), "4 to 8 | | none", "Age: 4 to 8; Note: none"),
        (("Age",), "4 | 2 mg", "Age: 4; 2 mg"),
        ((), "Kefir | Yes | often", "Kefir: Yes; often"),
    ],
    ids=["no name first", "question", "empty last", "empty within", "too many", "no head"],
)
def test_a_row_alone_says_what_its_cells_are(names, row, said):
    assert say_row(names, split_cells(row)) == said


@pytest.mark.parametrize(
    "text", ["a | b", "| a |", "- x\n- y", "Two lines.\n\n| --- |", "", "a\n| --- | --- |"]
)
def test_what_is_no_table_stays_as_it_is(text):
    assert unfold_tables(text) == text


def test_a_source_shows_the_head_above_its_row(entry):
    row = sentence(entry, "40 g")
    source = cite(entry, row, 1)
    lines = split_passage(source)
    assert "Source | Men | Women" in [line.before for line in lines]
    assert [line.quote for line in lines if line.quote] == [entry.quote(row)]


def test_what_a_table_said_is_known_again(entry):
    rows = [Piece(entry, sentence(entry, words), "item") for words in ("40 g", "35 g")]
    library = SimpleNamespace(entries={entry.article.id: entry})
    for said in (compose(rows).text, rows[1].text):
        cited = recall_cited([Turn("assistant", said)], library)
        assert cited[-1] == (entry, rows[1].sentence)


def test_the_second_one_of_a_table_is_its_second_row(entry):
    text = composed(list_pieces(entry, 0)).text
    [(_, answer)] = pair_turns([Turn("user", "q"), Turn("assistant", text)])
    assert [name_item(item) for item in list_items(answer)] == [
        "An authority of one country",
        "A second authority",
    ]
