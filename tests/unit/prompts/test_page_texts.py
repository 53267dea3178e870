import pytest

from prompts.texts import (
    Texts,
    TextsError,
    available_languages,
    check_same_keys,
    load_texts,
    placeholders,
)


def test_three_languages_with_english_first():
    assert available_languages() == ("en", "da", "sv")


@pytest.mark.parametrize("language", ["da", "sv"])
def test_a_language_has_the_keys_and_placeholders_of_english(language):
    english, other = load_texts("en").entries, load_texts(language).entries
    assert other.keys() == english.keys()
    assert all(placeholders(other[key]) == placeholders(english[key]) for key in english)


@pytest.mark.parametrize("language", ["da", "sv"])
def test_a_language_is_translated(language):
    english, other = load_texts("en").entries, load_texts(language).entries
    same = {key for key in english if other[key] == english[key]}
    names = {"sources.pubmed", "sources.doi", "composer.stop", "feedback.send"}
    patterns = {"dates.day", "dates.month", "sources.panel_numbered"}
    months = {key for key in english if key.startswith("months.")}
    assert same <= names | patterns | months


def test_a_missing_and_a_surplus_key_are_named():
    with pytest.raises(TextsError, match=r"'sv' lack \['b'\] and have unknown keys \['c'\]"):
        check_same_keys("sv", {"a": "x", "c": "x"}, {"a": "x", "b": "x"})


def test_other_placeholders_are_refused():
    with pytest.raises(TextsError, match=r"'a' of 'sv' must have the placeholders \['name'\]"):
        check_same_keys("sv", {"a": "x {title}"}, {"a": "x {name}"})


def test_an_unknown_key_is_an_error_and_not_a_gap():
    with pytest.raises(TextsError, match=r"'en' have no key 'page\.nothing'"):
        load_texts("en")["page.nothing"]


def test_filling_takes_all_placeholders_and_no_others():
    texts = Texts("en", {"greeting": "Hello {name}"})
    assert texts.fill("greeting", name="you") == "Hello you"
    with pytest.raises(TextsError, match=r"takes \['name'\], not \[\]"):
        texts.fill("greeting")
    with pytest.raises(TextsError, match="takes"):
        texts.fill("greeting", name="you", age=3)


def test_an_unknown_language_names_those_that_there_are():
    with pytest.raises(TextsError, match="'fr'; there are: en, da, sv"):
        load_texts("fr")
