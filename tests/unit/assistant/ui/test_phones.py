import pytest

from assistant.api import WebSettings
from assistant.ui.phones import open_phone_book
from index.errors import SettingsError


def links(country, text):
    book = open_phone_book(WebSettings(country=country))
    return [book.link(text[start:end]) for start, end in book.find(text)]


@pytest.mark.parametrize(
    ("country", "text", "link"),
    [
        ("DK", "Call 112 now.", "tel:112"),
        ("DK", "Ring 1813.", "tel:1813"),
        ("DK", "Livslinien on 70 201 201, every day", "tel:+4570201201"),
        ("SE", "Kvinnofridslinjen 020-50 50 50", "tel:+4620505050"),
        ("UK", "Samaritans 116 123", "tel:116123"),
        ("US", "988 Suicide & Crisis Lifeline", "tel:988"),
        ("US", "Poison Control 1-800-222-1222.", "tel:+18002221222"),
    ],
)
def test_the_numbers_of_the_country_can_be_called(country, text, link):
    assert links(country, text) == [link]


@pytest.mark.parametrize(
    "text", ["1120 mg", "1,112 people", "112.5 ml", "a 112-day trial", "+112", "999"]
)
def test_other_numbers_cannot(text):
    assert links("DK", text) == []


def test_the_emergency_number_is_the_countrys():
    assert open_phone_book(WebSettings(country="US")).emergency == "911"
    assert open_phone_book(WebSettings(country="EU")).emergency == "112"


def test_a_clinics_own_number_is_used(tmp_path):
    own = tmp_path / "numbers.toml"
    own.write_text('[DK]\nurgent = { name = "Our doctor 12 34 56 78", call = "+4512345678" }\n')
    book = open_phone_book(WebSettings(country="DK", numbers_file=own))
    assert book.dialled["12 34 56 78"] == "+4512345678"


def test_a_broken_file_of_numbers_is_named(tmp_path):
    own = tmp_path / "numbers.toml"
    own.write_text("[XX]")
    with pytest.raises(SettingsError, match=r"GUTBRAIN_NUMBERS_FILE cannot be used: .*XX"):
        open_phone_book(WebSettings(numbers_file=own))
