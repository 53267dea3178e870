"""A kept citation against the article of today."""

import pytest

from index.citations import check_citation
from index.records import Article

QUOTE = "Fibre feeds bacteria."
TEXTS = {
    "Fibre\n\nFibre feeds bacteria.": "stands",
    "Fibre\n\nA new line. Fibre feeds bacteria.": "moved",
    "Fibre\n\nFibre feeds some bacteria.": "changed",
}


@pytest.mark.parametrize(("text", "standing"), TEXTS.items(), ids=TEXTS.values())
def test_a_citation_is_held_against_the_article_of_today(text, standing):
    article = Article(id="a", title="Fibre", text=text, blocks=())
    assert check_citation(article, QUOTE, 7) == standing


def test_a_citation_of_an_article_that_is_gone():
    assert check_citation(None, QUOTE, 7) == "gone"
