"""What the rules see: language, gloss, negation, time, figures of speech, general questions."""

import pytest

from assistant.triage.normalise import normalise
from assistant.triage.reading import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("What is the vagus nerve?", "en"),
        ("hvor lang tid skal jeg tage probiotika", "da"),
        ("hur länge ska jag ta probiotika", "sv"),
        ("My poo is black", "en"),
        ("", "en"),
    ],
)
def test_language_is_found(reader: Reader, message: str, language: str) -> None:
    assert reader.read(message).language == language


@pytest.mark.parametrize(
    ("message", "rule"),
    [
        ("I have pain in my chest and it goes to my left arm", "heart.chest_pain"),
        ("jeg kaster blod op", "bleeding.vomit"),
        ("jag kräks blod", "bleeding.vomit"),
        ("I can't breathe", "breathing.breathless"),
        ("i dont want to live anymore", "suicide.direct"),
        ("jeg vil ikke leve mere", "suicide.direct"),
        ("I stopped my sertraline last week", "urgent.stop_medicine"),
        ("no poo and no gas for days and I keep vomiting", "abdomen.obstruction"),
    ],
)
def test_danger_said_now_holds(reader: Reader, message: str, rule: str) -> None:
    assert rule in {held.id for held in reader.read(message).rules}


@pytest.mark.parametrize(
    "message",
    [
        "No blood in my stool, no weight loss, just bloating",
        "ingen bröstsmärta eller andnöd, rapar bara av läsk",
        "he has never hit me, we quarrel about food",
        "det vækker mig ikke om natten",
        "jeg vil ikke stoppe med min medicin",
        "This bloating is killing me",
        "By a stroke of luck I found you",
        "I had a bleeding ulcer five years ago",
        "What are the symptoms of sepsis?",
        "In the novel she takes an overdose of pills",
    ],
)
def test_what_is_not_so_now_holds_no_rule(reader: Reader, message: str) -> None:
    assert reader.read(message).rules == ()


def test_denied_words_are_hidden_from_the_classifier(reader: Reader) -> None:
    reading = reader.read("No chest pain, just a cough")
    assert "chest" in reading.english
    assert "chest" not in reading.plain
    assert "cough" in reading.plain


def test_only_not_is_no_negation(reader: Reader) -> None:
    assert "chest_pain" in reader.read("It is not only the chest pain").asserted


def test_compounds_are_split(reader: Reader) -> None:
    assert "chest pain" in reader.read("jeg har så kraftige brystsmerter").english


def test_letters_that_look_like_latin_ones_hide_nothing() -> None:
    cyrillic = str.maketrans("aeopcxyi", "аеорсхуі")
    greek = str.maketrans("ovai", "οναι")
    message = "i want to kill myself, no excuse"
    assert normalise(message.translate(cyrillic)) == message
    assert normalise(message.translate(greek)) == message
