import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.generation.drafting import MAX_CHARACTERS, Draft, draft_sentences, normalise_markers


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Yes [1][2].", "Yes [1][2]."),
        ("Yes [1, 3].", "Yes [1][3]."),
        ("Yes [1-3].", "Yes [1][2][3]."),
        ("Yes 【2】.", "Yes [2]."),
        ("Yes 【2†source】.", "Yes [2]."),
        ("Yes [^4].", "Yes [4]."),
        ("Yes [Source 2].", "Yes [2]."),
        ("Yes (2).", "Yes [2]."),
        ("In (2) of 3 people [1].", "In (2) of 3 people [1]."),
    ],
)
def test_markers_of_every_form_read_alike(text, plain):
    assert normalise_markers(text) == plain


def test_a_sentence_is_given_when_the_next_one_begins_and_the_unfinished_one_never():
    chunks = iter(["Fibre feeds ", "bacteria [1]. ", "They make", " acids. [2] And th"])
    assert list(draft_sentences(chunks)) == [
        Draft("Fibre feeds bacteria.", (1,)),
        Draft("They make acids.", (2,)),
    ]


@pytest.mark.parametrize(
    "said",
    ["One is here [1]. Two", "One is here [1].", "One is here【1】."],
    ids=["next", "end", "wide"],
)
def test_the_first_sentence_comes_before_the_stream_ends(said):
    def stream():
        yield said
        raise AssertionError("the first sentence should have been given by now")

    assert next(draft_sentences(stream())).text == "One is here."


REPLY = """Fibre feeds bacteria [1]. They make acids, e.g. butyrate [2][3]. It may (1) help.
Foods are these [1]:
- oats [2]. Both kinds [3].
- beans [2]
1. One **more** thing is here [1]? Dr. Bo says so [4]! And then it bre"""


@given(st.lists(st.integers(1, len(REPLY)), max_size=40))
def test_it_does_not_matter_how_a_stream_is_cut(places):
    cuts = [0, *sorted(set(places)), len(REPLY)]
    chunks = [REPLY[start:end] for start, end in pairwise(cuts)]
    assert list(draft_sentences(chunks)) == list(draft_sentences([REPLY]))


def test_lists_and_decoration():
    text = "**Foods** are these [1].\n- oats [2]\n- beans [2]\n"
    assert [(d.text, d.cited, d.item) for d in draft_sentences([text])] == [
        ("Foods are these.", (1,), False),
        ("oats", (2,), True),
        ("beans", (2,), True),
    ]


@pytest.mark.parametrize("fence", ["{}", "```json\n{}\n```"], ids=["bare", "fenced"])
def test_prose_is_taken_out_of_json(fence):
    text = fence.format(json.dumps({"answer": "Fibre feeds bacteria [1]."}))
    assert [d.text for d in draft_sentences(list(text))] == ["Fibre feeds bacteria."]


def test_endless_repetition_and_endless_text_end():
    same = (chunk for _ in range(10**9) for chunk in ["It helps [1]. "])
    assert len(list(draft_sentences(same))) == 1
    words = ("word " for _ in range(10**9))
    assert list(draft_sentences(words)) == []
    assert sum(1 for _ in draft_sentences(["{" + "x" * MAX_CHARACTERS])) == 0
