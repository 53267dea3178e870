"""The terms that articles define, and where they are used."""

from index.entry import Entry
from index.glossary import find_mentions, make_glossary
from index.readers import read
from index.sentences import find_sentences

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


def test_mentions_are_marked_once_and_the_longest_term_wins():
    terms, _ = make_terms(TEXT)
    text = "IBS and the vagus nerve: irritable bowel syndrome and a probiotic. IBSX is no IBS."
    mentions = [(text[start:end], term.term) for start, end, term in find_mentions(text, terms)]
    assert mentions == [
        ("vagus nerve", "vagus nerve"),
        ("irritable bowel syndrome", "irritable bowel syndrome"),
        ("probiotic", "probiotic"),
    ]
