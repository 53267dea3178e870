from dataclasses import replace

import pytest

from assistant.answer import AnswerSentence
from assistant.settings import Settings
from assistant.ui.desk.copying import count_parts, read_aloud, write_copies, write_sms
from assistant.ui.phones import open_phone_book
from prompts.texts import load_texts

STAFF = "prompts.staff"


@pytest.fixture
def phones():
    return open_phone_book(Settings(country="DK"))


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ("Sources:", "Published June 2026", "not a diagnosis", "Kind regards")),
        ("da", ("Kilder:", "Udgivet juni 2026", "ikke en diagnose", "Venlig hilsen")),
        ("sv", ("Källor:", "Publicerad juni 2026", "ingen diagnos", "Vänliga hälsningar")),
    ],
)
def test_copies_carry_sources_date_and_safety_line(answer, phones, language, lines):
    copies = write_copies(
        answer, "Sample Clinic", phones, load_texts(language, STAFF), load_texts(language)
    )
    assert all(line in copies.email for line in lines)
    assert all(line in copies.text for line in lines[:-1])
    assert copies.email.endswith("Sample Clinic")
    assert answer.text in copies.text
    assert answer.notice in copies.text
    assert "[1] Magnesium & sleep. Sample Clinic" in copies.text
    assert "112" in copies.sms
    assert "calms the stress axis" in copies.sms
    assert "[1]" not in copies.sms


def test_a_row_of_a_table_is_said_with_the_names_of_its_columns(answer, phones):
    text = "| Source | Men |\n| --- | --- |\n| One | 40 g [1] |"
    said = replace(answer, text=text, sentences=(AnswerSentence("One | 40 g", (1,), 1.0),))
    copies = write_copies(said, "C", phones, load_texts("en", STAFF), load_texts("en"))
    assert copies.text.startswith("- Source: One; Men: 40 g [1]")
    assert copies.sms.startswith("- Source: One; Men: 40 g\n")
    assert read_aloud(said)[0] == "Source: One; Men: 40 g"


def test_an_article_is_named_once_with_all_its_numbers(answer, source, phones):
    sources = tuple(replace(source, n=number) for number in (1, 2, 3, 5))
    copies = write_copies(
        replace(answer, sources=sources), "C", phones, load_texts("en", STAFF), load_texts("en")
    )
    assert copies.text.count("Magnesium & sleep") == 1
    assert "[1–3, 5] Magnesium" in copies.text


def test_an_sms_holds_whole_sentences_alone_and_fits(answer, phones):
    said = [f"Sentence number {n} says something on magnesium that is true." for n in range(1, 20)]
    long = replace(
        answer,
        text=" ".join(f"{text} [1]" for text in said),
        sentences=tuple(AnswerSentence(text, (1,), 1.0) for text in said),
    )
    sms = write_sms(long, "Sample Clinic", phones, load_texts("en", STAFF))
    assert count_parts(sms) == 3
    body, safety = sms.split("\n")
    assert body == " ".join(said[: body.count("Sentence")])
    assert "112" in safety


def test_guidance_is_never_shortened_nor_called_general(emergency, phones):
    texts = load_texts("en", STAFF)
    long = replace(emergency, text=emergency.text * 20)
    assert write_sms(long, "C", phones, texts) == long.text
    copies = write_copies(long, "C", phones, texts, load_texts("en"))
    assert "general information" not in copies.text + copies.email


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        pytest.param("a" * 160, 1, id="one of 160"),
        pytest.param("a" * 161, 2, id="joined ones hold 153"),
        pytest.param("a" * 307, 3, id="three"),
        pytest.param("€" * 81, 2, id="letters that count twice"),
        pytest.param("æøå" * 50, 1, id="Danish is in the alphabet"),
        pytest.param("’" * 71, 2, id="others leave 70"),
    ],
)
def test_parts_of_an_sms(message, parts):
    assert count_parts(message) == parts


def test_read_aloud_has_neither_markers_nor_bullets(answer):
    assert read_aloud(answer) == (
        "It helps because it:",
        "calms the stress axis",
        "Talk to your doctor first.",
    )
