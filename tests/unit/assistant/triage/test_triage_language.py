import pytest

from assistant.triage.language import detect_language


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("fermentd foods n inflamation??", "en"),  # misspelt, not of another language
        ("vagas nerv", "en"),
        ("side effects magnesium", "en"),  # "magnesium" is Danish, too
        ("kan magnesium hjælpe", "da"),
        ("morgenmad før kikkertundersøgelse", "da"),
        ("bivirkninger magnesium", "da"),
        ("biverkningar magnesium", "sv"),
        ("han slår mig", "da"),  # Swedish, too: a tie goes to the commoner words
        ("var kan man parkera", "sv"),
        ("38,5", "en"),
    ],
)
def test_a_language_is_told_by_words_of_its_own(message, language):
    assert detect_language(message) == language
