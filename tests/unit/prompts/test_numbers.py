import pytest

from prompts.numbers import write_number, write_percent
from prompts.texts import load_texts


@pytest.mark.parametrize(
    ("language", "number", "share"),
    [
        ("en", "1,453.50", "50%"),
        ("da", "1.453,50", "50\u00a0%"),
        ("sv", "1\u00a0453,50", "50\u00a0%"),
    ],
)
def test_numbers_are_written_as_the_language_does(language, number, share):
    texts = load_texts(language)
    assert write_number(1453.5, texts, 2) == number
    assert write_percent(0.5, texts) == share
