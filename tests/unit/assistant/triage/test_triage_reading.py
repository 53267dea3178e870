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


@pytest.mark.parametrize(
    ("message", "concept"),
    [
        ("I am afraid of the examination", "abuse"),
        ("I want to stay near the exit", "relative"),
        ("I want a diet that lasts", "suicide_direct"),
        ("my sister has a kidney stone", "child"),
        ("it has been a week", "blood_urine"),
    ],
)
def test_what_is_said_ends_with_its_word(reader: Reader, message: str, concept: str) -> None:
    assert concept not in reader.read(message).asserted


def test_endings_are_let_through(reader: Reader) -> None:
    assert {"child", "relative"} <= reader.read("my sisters and my children").asserted


@pytest.mark.parametrize(
    ("message", "read"),
    [
        ("my phone is 22 33 44 56", "my phone is number"),
        ("my Danish number is 010203-1234", "my danish number is number"),
        (
            "I was born on 01.02.1961, write to a.b@example.org",
            "i was born on number, write to address",
        ),
        ("bp 210/120, temperature 39.8", "bp 210/120, temperature 39.8"),
        ("1500-2000 mg, 40 tablets", "1500-2000 mg, 40 tablets"),
    ],
    ids=["phone", "personal number", "birth and mail", "measured", "dose"],
)
def test_identifiers_are_read_as_what_they_are(reader: Reader, message: str, read: str) -> None:
    assert reader.read(message).english == read


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
