"""Which sentences tell of which study, on a small article."""

import pytest

from assistant.studies import accounts_of
from index.entry import make_entry
from index.readers import read

MARKDOWN = b"""# Oats and sleep

Trials are few. In one, 66 men ate oats for a week. They slept longer [2]. A later trial gave bran
to 40 women [1]. Their sleep did not change.

## References

1. Holm A. Bran at night. Sleep. 2021.
2. Berg B. Oats at night. Gut. 2020.
3. Lund C. Porridge. Food. 2019.
"""


@pytest.fixture(scope="module")
def accounts():
    article = read(MARKDOWN, source="oats.md").articles[0]
    return list(accounts_of(make_entry(article, lambda text: len(text.split()), 200, "model")))


@pytest.mark.parametrize(
    ("words", "behind"),
    [
        ({"66", "men"}, "Berg"),
        ({"40", "women"}, "Holm"),
        ({"sleep", "chang"}, "Holm"),
        ({"porridg"}, "Lund"),
    ],
    ids=["number behind its last sentence", "own sentence", "sentence after", "list alone"],
)
def test_a_study_is_found_by_all_that_is_told_of_it(accounts, words, behind):
    holding = [account for account in accounts if words <= account.stems]
    assert [a.entry.quote(a.behind[0]).split()[0] for a in holding] == [behind]


def test_the_sentence_that_holds_most_is_said(accounts):
    told = next(account for account in accounts if {"66", "men"} <= account.stems)
    assert told.entry.quote(told.best_sentence({"66", "men"})).startswith("In one, 66 men")
