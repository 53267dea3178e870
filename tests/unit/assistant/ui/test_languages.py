import pytest

from assistant.ui.languages import choose_language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("da-DK,da;q=0.9,en;q=0.8", "da"),
        ("fr,sv;q=0.5,en;q=0.4", "sv"),
        ("en;q=0.2,da;q=0.7", "da"),
        ("SV-se", "sv"),
        ("da;q=0,en", "en"),
        ("fr", "en"),
        ("", "en"),
        ("*", "en"),
        ("da;q=much,sv", "sv"),
    ],
)
def test_the_language_that_the_browser_likes_best(header, language):
    assert choose_language(header, ("en", "da", "sv")) == language


def test_the_first_language_of_the_clinic_is_the_default():
    assert choose_language("fr", ("sv", "en")) == "sv"
