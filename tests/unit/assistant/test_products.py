"""Which products articles link to: by their links, with who publishes them."""

import pytest

from assistant.products import answer_about_products
from index.entry import make_entry
from index.readers import read
from prompts.replies import load_replies

SHOP = b"""---
title: Calm minerals
publisher: Sample Shop
url: https://shop.example/blog/minerals
---
# Calm minerals

## Magnesium

Magnesium helps muscles to rest, as [a review](https://journal.example/review) says.

[Sample Magnesium, 120 capsules](https://shop.example/shop/magnesium)

## Fish oil

We sell [Sample Fish Oil](https://shop.example/product/oil) in two sizes.
"""
CHARITY = b"""# Rest

Rest is free, and nobody can sell it to you, say the people of this charity.
"""


@pytest.fixture(scope="module")
def entries():
    return [
        make_entry(
            read(text, source=name).articles[0], lambda words: len(words.split()), 200, "model"
        )
        for name, text in (("rest.md", CHARITY), ("shop.md", SHOP))
    ]


@pytest.mark.parametrize(
    ("question", "listed"),
    [
        ("Which products are mentioned?", ["Sample Magnesium", "Sample Fish Oil"]),
        ("What magnesium products do you sell?", ["Sample Magnesium"]),
        ("Which strains are in the magnesium product?", []),
        ("Which zinc products are named?", []),
    ],
)
def test_what_is_listed_holds_all_that_was_asked_for(entries, question, listed):
    found = answer_about_products(question, entries, load_replies("en"))
    lines = found.composition.text.splitlines()[1:] if found else []
    assert len(lines) == len(listed)
    assert all(name in line for name, line in zip(listed, lines, strict=True))


def test_the_article_is_named_with_its_publisher_and_everything_is_cited(entries):
    made = answer_about_products("Which products?", entries, load_replies("en")).composition
    assert made.text.startswith("“Calm minerals”, Sample Shop: [1][2]\n- ")
    assert [source.quote for source in made.sources] == [
        "Calm minerals",
        "Published by Sample Shop",
        "Sample Magnesium, 120 capsules",
        "We sell Sample Fish Oil in two sizes.",
    ]
    assert all(source.commercial for source in made.sources)
