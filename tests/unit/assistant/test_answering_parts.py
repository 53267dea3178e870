"""Pure parts of answering, on a small article made here."""

import re

import pytest

from assistant.answer import Answer
from assistant.assistant import grow
from assistant.citing import link_to_quote
from assistant.composition import Piece, compose
from assistant.joining import join_answers
from assistant.ranking.quantities import describe_quantity
from assistant.reference_lists import holds, reference_sentences, references_of
from assistant.referents import lead_in_of, leans_back, with_referent, with_reply
from assistant.selection import list_pieces
from index.entry import make_entry
from index.readers import read

MARKDOWN = b"""---
title: Oats
author: Ada Sample
published: 2026-05
url: https://library.example/oats
---
# Oats

Oats are a grain. They hold a fibre called beta-glucan [1]. People eat them for breakfast.

Oats help with:

- steady energy
- regular bowels
- a lower cholesterol [1]

## References

1. A study of oats. Journal of Grain. 2020. PMID: 12345678
"""


@pytest.fixture(scope="module")
def entry():
    article = read(MARKDOWN, source="oats.md").articles[0]
    return make_entry(article, lambda text: len(text.split()), 200, "model")


def sentence(entry, words):
    return next(s for s in entry.sentences if words in entry.quote(s))


def test_a_composition_cites_every_sentence_by_its_slice(entry):
    pieces = [Piece(entry, sentence(entry, "a grain")), Piece(entry, sentence(entry, "glucan"))]
    made = compose(pieces)
    assert made.text == ("Oats are a grain. [1] They hold a fibre called beta-glucan. [2]")
    for source in made.sources:
        assert entry.article.text[source.start : source.end] == source.quote
    assert [r.pmid for r in made.sources[1].references] == ["12345678"]


def test_the_same_sentence_keeps_its_number(entry):
    piece = Piece(entry, sentence(entry, "a grain"))
    made = compose([piece, piece])
    assert len(made.sources) == 1
    assert re.findall(r"\[\d+\]", made.text) == ["[1]", "[1]"]


def test_a_list_comes_whole_with_its_lead_in(entry):
    item = sentence(entry, "regular bowels")
    group = entry.article.blocks[item.block].group
    made = compose(list_pieces(entry, group))
    assert made.text.splitlines() == [
        "Oats help with: [1]",
        "- steady energy [2]",
        "- regular bowels [3]",
        "- a lower cholesterol [4]",
    ]


@pytest.mark.parametrize(
    ("question", "answers"),
    [("What is its PMID?", True), ("Which DOI has it?", False), ("Its identifier?", True)],
    ids=["named", "another one", "any"],
)
def test_a_reference_answers_for_the_identifier_that_it_gives(entry, question, answers):
    reference = reference_sentences(entry)[1]
    assert holds("study_identifier", entry, reference, question) is answers


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ("Oats hold sugar", ['"Oats hold sugar."', "Hardly any."]),
        ("Are they", ["Are they dear?", "No.", "A bag costs a coin."]),
        ("A bag", ["A bag costs a coin."]),
    ],
    ids=["claim-in-quotation-marks", "question-and-bare-no", "plain"],
)
def test_what_only_asks_or_quotes_is_said_with_the_reply(first, said):
    text = b'# Oats\n\n"Oats hold sugar." Hardly any. Are they dear? No. A bag costs a coin.'
    entry = make_entry(read(text, source="o.md").articles[0], lambda text: 9, 200, "model")
    assert [entry.quote(s) for s in with_reply(entry, sentence(entry, first))] == said


def test_a_pronoun_brings_the_sentence_that_it_leans_on(entry):
    leaning = sentence(entry, "They hold")
    assert [entry.quote(s) for s in with_referent(entry, leaning)] == [
        "Oats are a grain.",
        "They hold a fibre called beta-glucan.",
    ]
    standing = sentence(entry, "People eat")
    assert with_referent(entry, standing) == [standing]


@pytest.mark.parametrize(
    ("words", "leans"),
    [
        ("Today many authors use it more widely.", True),
        ("In the kitchen they are no problem.", True),
        ("This is rare.", True),
        ("Oats feed bacteria when they reach the bowel.", False),
        ("Magnesium is safe if it comes from food.", False),
        ("Fibre and water work because they swell.", False),
        ("Doctors call this gastroparesis.", True),
        ("Two of these oats are sold in tins.", True),
        ("Sip one of these: water, tea or broth.", False),
        ("When bacteria eat fibre, chemists call this fermentation.", False),
    ],
)
def test_a_sentence_leans_back_where_its_pronoun_was_not_named(words, leans):
    assert leans_back(words) is leans


def test_an_item_has_a_lead_in_of_its_own_and_prose_has_none(entry):
    lead_in = lead_in_of(entry, sentence(entry, "steady energy"))
    assert entry.quote(lead_in) == "Oats help with:"
    assert lead_in_of(entry, sentence(entry, "a grain")) is None
    made = compose(
        [
            Piece(entry, sentence(entry, "a grain")),
            Piece(entry, lead_in, "lead"),
            Piece(entry, sentence(entry, "steady energy"), "item"),
        ]
    )
    assert made.text == "Oats are a grain. [1]\n\nOats help with: [2]\n- steady energy [3]"


def test_an_answer_grows_by_whole_cited_sentences(entry):
    made = compose(list_pieces(entry, entry.article.blocks[-4].group or 0))
    answer = Answer(
        question="q",
        standalone_question="q",
        kind="answer",
        urgency="none",
        text=made.text,
        sentences=made.sentences,
        sources=made.sources,
    )
    snapshots = list(grow(answer))
    assert len(snapshots) == len(made.sentences)
    assert snapshots[-1] == answer
    for snapshot in snapshots:
        numbers = {int(n) for n in re.findall(r"\[(\d+)\]", snapshot.text)}
        assert numbers == {source.n for source in snapshot.sources}
        assert answer.text.startswith(snapshot.text)


def test_joined_answers_are_numbered_anew(entry):
    def answer(*words):
        made = compose([Piece(entry, sentence(entry, each)) for each in words])
        return Answer(
            question="q",
            standalone_question="q",
            kind="answer",
            urgency="none",
            text=made.text,
            sentences=made.sentences,
            sources=made.sources,
        )

    more = answer("breakfast", "a grain", "glucan")
    joined = join_answers([answer("a grain"), answer("breakfast"), more, answer("a grain")])
    assert joined.text.split("\n\n") == [
        "Oats are a grain. [1]",
        "People eat them for breakfast. [2]",
        "They hold a fibre called beta-glucan. [3]",
    ]
    assert [source.n for source in joined.sources] == [1, 2, 3]
    assert [s.citations for s in joined.sentences] == [(1,), (2,), (3,)]


@pytest.mark.parametrize(
    ("quote", "fragment"),
    [
        ("Short, plain quote", "#:~:text=Short%2C%20plain%20quote"),
        ("low-FODMAP", "#:~:text=low%2DFODMAP"),
        (" ".join("abcdefghijklmno"), "#:~:text=a%20b%20c%20d%20e%20f,j%20k%20l%20m%20n%20o"),
    ],
)
def test_links_open_the_article_at_the_quote(quote, fragment):
    assert (
        link_to_quote("https://library.example/a", quote) == f"https://library.example/a{fragment}"
    )


@pytest.mark.parametrize(
    ("question", "sentence", "stated"),
    [
        ("How many trials were there?", "It covered 72 randomised clinical trials.", True),
        ("How many sessions were held?", "It covered 72 randomised clinical trials.", False),
        ("What dose was used?", "60 adults took an extract for 60 days.", False),
        ("What dose was used?", "They took 300 mg a day.", True),
        ("How long does it take?", "Results come after two weeks.", True),
        ("What does it cost?", "The test is done at the clinic.", False),
    ],
)
def test_a_quantity_is_stated_only_in_its_own_kind(question, sentence, stated):
    assert describe_quantity(question, [sentence]) == [float(stated), float(not stated)]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [("hold a fibre", (1,)), ("for breakfast", (1,)), ("Oats are", ()), ("steady energy", ())],
)
def test_a_finding_has_the_reference_of_its_paragraph(entry, words, numbers):
    sentence = next(s for s in entry.sentences if words in entry.quote(s))

    assert references_of(entry, sentence) == numbers
