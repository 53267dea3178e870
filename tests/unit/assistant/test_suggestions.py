from types import SimpleNamespace

import pytest

from assistant.suggestions import standing_questions, suggest_questions
from index.records import Block


class Library:
    """What is needed of a library: its entries."""

    def __init__(self, articles):
        entries = [make_entry(*article) for article in articles]
        self.entries = {entry.article.id: entry for entry in entries}


def make_entry(key, language, title, questions):
    """An article with a heading for its title and an answered heading for each question."""
    texts = [title]
    blocks = [Block("heading", 0, 1, level=1)]
    for question in questions:
        texts += [question, "Yes."]
        blocks.append(Block("heading", 0, 1, level=2))
        blocks.append(Block("paragraph", 0, 1, lead_in=len(blocks) - 1))
    article = SimpleNamespace(
        id=key, language=language, title=title, blocks=blocks, block_text=texts.__getitem__
    )
    return SimpleNamespace(article=article)


MAGNESIUM = ("m", "en", "Magnesium", ["Who needs magnesium?", "Who should be careful?"])
TESTS = [(f"t{i}", "en", f"Test {name}", ["How good is the test?"]) for i, name in enumerate("ABC")]


def test_only_questions_that_name_their_subject_stand_alone():
    assert standing_questions(Library([MAGNESIUM, *TESTS])) == {
        "m": ("Who needs magnesium?",),
        **{key: () for key, *_ in TESTS},
    }


@pytest.mark.parametrize(("language", "asked"), [("da", "Hvad er jern?"), ("sv", None)])
def test_suggestions_are_in_the_readers_language_where_there_are_any(language, asked):
    iron = ("i", "da", "Jern", ["Hvad er jern?"])
    suggested = suggest_questions(Library([MAGNESIUM, iron]), language)
    assert suggested == ((asked,) if asked else ("Who needs magnesium?", "Hvad er jern?"))


def test_suggestions_are_spread_over_the_library():
    many = [(f"{i:02}", "en", f"Subject{i}", [f"What is subject{i}?"]) for i in range(12)]
    suggested = suggest_questions(Library(many), "en")
    assert suggested == tuple(f"What is subject{i}?" for i in range(0, 12, 2))
