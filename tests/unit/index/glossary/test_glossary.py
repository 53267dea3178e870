"""The terms that articles define."""

import pytest

from index.entry import Entry
from index.glossary import explain_terms, make_glossary
from index.readers import read
from index.sentences import find_sentences

PROBIOTIC = "A probiotic is any live microbe that helps its host."
TEXT = """# The vagus nerve and irritable bowel syndrome

The vagus nerve is a long nerve between brainstem and belly. This is a nerve that heals.

## What is irritable bowel syndrome?

Irritable bowel syndrome (IBS) is a disorder of how gut and brain talk. IBS is common.

Short-chain fatty acids (SCFAs) feed the gut wall. Butyrate is the most common one.

A probiotic is any live microbe that helps its host.

References

1. Smith A. Serotonin is a messenger. 2020.
"""


def make_terms(text, name="a.md"):
    [article] = read(text.encode(), source=name).articles
    return make_glossary([Entry(article, find_sentences(article), (), "1")]), article


def test_definitions_and_short_forms_are_found_with_their_place():
    terms, article = make_terms(TEXT)
    assert [(t.term, t.short, t.definition is not None) for t in terms] == [
        ("irritable bowel syndrome", "IBS", True),
        ("probiotic", None, True),
        ("short-chain fatty acids", "SCFA", False),
        ("vagus nerve", None, True),
    ]
    for term in terms:
        quote = article.text[term.start : term.end]
        assert term.definition in {quote, None}
        assert term.term.split()[0].casefold() in quote.casefold()


def test_defined_terms_are_explained_within_and_at_the_start_of_a_sentence():
    terms, _ = make_terms(TEXT)
    meanings = explain_terms(terms)
    assert meanings["probiotic"] == meanings["Probiotic"] == PROBIOTIC
    assert "vagus nerve" in meanings
    assert "short-chain fatty acids" not in meanings


@pytest.mark.parametrize(
    "sentence",
    ["The treatment is a strict diet for life.", "Eating late at night in bed is a bad habit."],
    ids=["points back", "long"],
)
def test_what_only_looks_like_a_definition(sentence):
    terms, _ = make_terms(f"# Oats\n\nOats are eaten warm by many people.\n\n{sentence}")
    assert terms == ()
