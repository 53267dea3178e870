"""Slips in the words that dangers are told in."""

import pytest

from assistant.triage.reading import Reader
from assistant.triage.spelling import load_spelling, sort_words


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("my tonge is thick", "my tongue is thick"),
        ("vommiting blod", "vomiting blood"),
        ("presure on my chst", "pressure on my chest"),
        ("kefir with psyllium and mesalazine", "kefir with psyllium and mesalazine"),
        ("cat", "cat"),
    ],
)
def test_slips_are_put_right_and_words_left(typed: str, read: str) -> None:
    assert load_spelling().correct(typed) == read


def test_slip_counts_as_the_word_for_rules() -> None:
    reader = Reader()
    assert reader.read("there is blod in my stool").asserted >= {"blood_stool"}
    assert reader.to_english("jeg har blod i afføringen")[0] == "da"


def test_words_of_dangers_are_told_from_others() -> None:
    told = [("my tongue swells", True)] * 3 + [("oat bread", False)] * 3 + [("once", False)]
    words = sort_words(told)
    assert (sorted(words["dangers"]), words["others"]) == (["swells", "tongue"], ["bread"])
