"""What follows a lead-in, on a small article."""

import pytest

from assistant.composition import Piece
from assistant.promises import announces_several, keep_promises
from index.entry import make_entry
from index.readers import read

MARKDOWN = b"""# Oats

Oats work in three ways:

- They fill the belly for hours.
- They soften what leaves it.
- They feed bacteria.

Do not eat them if you:

- cannot stand gluten
- have a narrow gullet
- dislike porridge
"""


@pytest.fixture(scope="module")
def entry():
    article = read(MARKDOWN, source="oats.md").articles[0]
    return make_entry(article, lambda text: len(text.split()), 200, "model")


@pytest.mark.parametrize(
    ("words", "language", "several"),
    [
        ("The gut can change in several ways:", "en", True),
        ("Common causes are:", "en", True),
        ("Try these, in any order:", "en", True),
        ("Do not take it if you:", "en", False),
        ("What helps:", "en", False),
        ("It helps to:", "en", False),
        ("De almindeligste tegn er:", "da", True),
        ("Tag det ikke, hvis du:", "da", False),
        ("Magen kan ändras på flera sätt:", "sv", True),
    ],
)
def test_lead_in_announces_several(words, language, several):
    assert announces_several(words, language) is several


@pytest.mark.parametrize(
    ("said", "follow"),
    [
        (("three ways", "soften"), ("three ways", "fill", "soften", "feed")),
        (("if you:", "narrow"), ("if you:", "narrow")),
        (("if you:", "narrow", "porridge"), ("if you:", "gluten", "narrow", "porridge")),
    ],
    ids=["announced", "completed by one", "two look like all"],
)
def test_list_is_said_whole_where_its_lead_in_promises_it(entry, said, follow):
    pieces = [
        Piece(entry, s, "item" if entry.article.blocks[s.block].kind == "list_item" else "lead")
        for words in said
        for s in entry.sentences
        if words in entry.quote(s)
    ]
    kept = [piece.text for piece in keep_promises(pieces)]
    assert len(kept) == len(follow)
    assert all(words in text for words, text in zip(follow, kept, strict=True))
