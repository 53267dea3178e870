"""Sentences in which a publisher says what it does, and questions on that."""

import numpy as np
import pytest

from assistant.about_offers import is_beside_offer
from assistant.answerability import AnswerType
from assistant.evidence import Candidate
from assistant.offers import Offers, ask_with, asks_kind, find_thing, read_offer
from assistant.products import find_makers
from assistant.ranking import Ranking
from index.entry import make_entry
from index.readers import read

PAGE = """---
title: What we do
publisher: calmshop.example
url: https://calmshop.example/what-we-do
---
# What we do

{text}
"""


def make(text):
    article = read(PAGE.format(text=text).encode(), source="page.md").articles[0]
    return make_entry(article, lambda words: len(words.split()), 200, "model")


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("We investigate symptoms of the gut with colonoscopy.", "investigate"),
        ("We also therefore do not offer tests of hair.", "offer"),
        ("Our clinic sells capsules with amino acids.", "sell"),
        ("Calm Shop applies an approach that is its own.", "apply"),
        ("Vi undersøger maven med koloskopi og gastroskopi.", "undersøger"),
        ("The clinic is closed on public holidays each year.", None),
        ("The vagus nerve sends messages to the brain.", None),
        ("The team offers three explanations for what it saw.", None),
    ],
)
def test_the_verb_of_what_a_publisher_does(text, verb):
    entry = make(text)
    offer = read_offer(entry, entry.sentences[-1], frozenset({"calmshop"}))
    assert (offer and offer.verb) == verb


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("Can I have a colonoscopy at Calm Shop?", ["colonoscopy"]),
        ("Do you test for coeliac disease?", ["coeliac", "disease"]),
        ("Which examinations do you offer?", []),
        ("Which company produces the ashwagandha capsules?", ["ashwagandha"]),
        ("Tilbyder I koloskopi?", ["koloskopi"]),
        ("Erbjuder ni koloskopi?", ["koloskopi"]),
    ],
)
def test_what_is_asked_for_is_told_from_the_asking(question, thing):
    assert find_thing(question, frozenset({"calm", "shop"})) == thing


def test_a_question_is_asked_again_with_the_publishers_verb():
    entry = make("We investigate symptoms of the gut with colonoscopy.")
    offer = read_offer(entry, entry.sentences[-1], frozenset())
    assert list(ask_with(offer, ["gastroscopy"], "Can I get a gastroscopy?")) == [
        "Do you investigate gastroscopy?",
        "What do we investigate with gastroscopy?",
    ]
    assert "Do you investigate kinds of examinations?" in list(
        ask_with(offer, [], "What kinds of examinations do you offer?")
    )


def test_a_place_is_no_kind_of_offer():
    assert asks_kind("What does the clinic do?")
    assert not asks_kind("Where is the clinic?")


@pytest.mark.parametrize(
    ("thing", "maker"),
    [
        (["ashwagandha"], "Sample Pharma"),
        (["liquid", "multivitamin"], "Källan"),
        (["vitamin", "D"], None),
        ([], None),
    ],
)
def test_the_maker_stands_in_the_line_of_the_product(thing, maker):
    lines = "- Ashwagandha 300 mg, 120 capsules – Sample Pharma\n"
    lines += "- Mega Liquid Multivitamin 900 ml – Källan\n"
    found = find_makers(thing, [make(f"These are in our shop at the moment:\n\n{lines}")])
    assert (found is None) == (maker is None)
    assert maker is None or f"– {maker} [1]" in found.composition.text


@pytest.mark.parametrize(
    ("text", "probability", "odds", "beside"),
    [
        ("Hypnotherapy can help when symptoms last.", 0.6, -0.6, True),
        ("Hypnotherapy can help when symptoms last.", 0.6, 0.6, False),
        ("Hypnotherapy is not done here.", 0.9, -0.6, False),
        ("We offer hypnotherapy on Mondays.", 0.6, -0.6, False),
    ],
    ids=["in general", "the reader is sure", "all together are sure", "the publisher's own"],
)
def test_what_is_said_of_a_thing_in_general_offers_it_to_nobody(text, probability, odds, beside):
    entry = make(text)
    sentence = entry.sentences[-1]
    found = Candidate(entry, sentence, 0.7, frozenset(), 0, entry.passages[-1])
    read = np.array([odds])
    ranking = Ranking((found,), read, read, probability, AnswerType.YES_NO, -3.0)
    offer = read_offer(entry, sentence, frozenset())
    offers = Offers((offer,) if offer else (), np.zeros((0, 1), dtype=np.float32))
    assert is_beside_offer(ranking, offers) is beside
