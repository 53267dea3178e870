"""Every kind that redaction promises, and the look-alikes that it must leave."""

import pytest

from assistant.privacy import Found, Kind, redact


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("write to anna.larsen@mail.example.dk", "write to [e-mail]"),
        ("anna at mail dot com", "[e-mail]"),
        ("ring mig på 22 33 44 55", "ring mig på [phone]"),
        ("my number is +44 7700 900123.", "my number is [phone]."),
        ("cpr 120385-1234", "cpr [id number]"),
        ("personnummer 811228-9874", "personnummer [id number]"),
        ("NHS 943 476 5919", "NHS [id number]"),
        ("my ssn: 123-45-6789", "my ssn: [id number]"),
        ("pay DK50 0040 0440 1162 43 please", "pay [IBAN] please"),
        ("card 4111 1111 1111 1111", "card [card]"),
        ("Jeg bor på Vestergade 12, 2. tv, 8000 Aarhus C", "Jeg bor på [address]"),
        ("I live at 14 Oak Road, Leeds LS6 1QX", "I live at [address]"),
        ("1200 Maple Street, Austin, TX 78701", "[address]"),
        ("my name is anna larsen and i have ibs", "my name is [name] and i have ibs"),
        (
            "Is rye good?\n\nMed venlig hilsen\nSøren K.",
            "Is rye good?\n\nMed venlig hilsen\n[name]",
        ),
        ("min søn Oliver spiser intet", "min søn [name] spiser intet"),
        ("I saw Dr Hansen", "I saw Dr [name]"),
        ("Lisa wonders about kefir", "[name] wonders about kefir"),
        (
            "kan Ebba få filmjölk, hon och Sven äter allt",
            "kan [name] få filmjölk, hon och [name] äter allt",
        ),
        ("Poul og jeg drikker kefir", "[name] og jeg drikker kefir"),
        ("born 12 March 1985", "born [date of birth]"),
        ("mу nаmе іs Pеtеr and TNF-α is high", "mу nаmе іs [name] and TNF-α is high"),
        ("booking number BK-482910", "booking number [booking number]"),
        ("policy number 123-456789", "policy number [insurance number]"),
        ("see https://clinic.example/r?token=ab12cd34", "see [link]"),
        ("follow @anna.larsen", "follow [handle]"),
    ],
)
def test_an_identifier_becomes_its_placeholder(message: str, expected: str) -> None:
    assert redact(message).text == expected


@pytest.mark.parametrize(
    "message",
    [
        "PMID 31460832 and doi:10.1152/physrev.00018.2018",
        "500 mg, 10 billion CFU, 5x10^9, 10,000,000,000 CFU",
        "L. rhamnosus GG, Lactobacillus helveticus R0052, DSM 17938, ATCC 53103, HN019",
        "5-HT4, CYP2D6, IL-6, TNF-alpha, BDNF Val66Met",
        "calprotectin 250 µg/g, ferritin 8, CRP 112, blood pressure 145/95, 72.5 kg, K58.0",
        "Cryan and Dinan 2019; Crohn, Hashimoto, Bristol, Rome IV, Parkinson",
        "call 112, 1813, 1177, 999, 111, 116 123 or 988",
        "open 8.00-16.00, it cost 1.299 kr on 12/03/2021",
        "telefontid 8–10 og 12–14; the jar says EXP 08/2026",
        "https://clinic.example/patients/guide-to-fibre and https://doi.org/10.1000/182",
        "My daughter recently started school. My doctor says it is stress.",
        "Does Humira have lactose? Eliquis and St John's wort do not go together. Gaviscon helped.",
    ],
)
def test_a_medical_look_alike_stays(message: str) -> None:
    assert redact(message).text == message


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("DOB: 12/03/1985, test on 02/11/2025", "DOB: [date of birth], test on 02/11/2025"),
        ("test on 02/11/2025, DOB: 12/03/1985", "test on 02/11/2025, DOB: [date of birth]"),
        (
            "Jag är född den 12 mars 1985, artikeln är från 14 juni 2023.",
            "Jag är född den [date of birth], artikeln är från 14 juni 2023.",
        ),
        (
            "PubMed 31460832 födelsedatum: 1985-03-12",
            "PubMed 31460832 födelsedatum: [date of birth]",
        ),
        ("patient number P-44718 2.5 mg a day", "patient number [id number] 2.5 mg a day"),
        ("mit cpr er 120385-1234 10 mia. CFU", "mit cpr er [id number] 10 mia. CFU"),
        (
            "policy number 4410-88213 TPH1 and 5-HT3",
            "policy number [insurance number] TPH1 and 5-HT3",
        ),
        (
            "bor på Vestergade 12, 2. tv, 8000 Aarhus C\nEscherichia coli?",
            "bor på [address]\nEscherichia coli?",
        ),
        ("reg. 5479 konto 0001234567, 450 kr.", "reg. [id number] konto [id number], 450 kr."),
        (
            "study id H-20041155; ISBN 978-87-12-05592-1",
            "study id H-20041155; ISBN 978-87-12-05592-1",
        ),
    ],
)
def test_an_identifier_ends_where_a_look_alike_begins(message: str, expected: str) -> None:
    assert redact(message).text == expected


def test_a_name_is_found_again_where_it_recurs() -> None:
    redacted = redact("My daughter Emma is 7. Emma hates fibre, and Emma's tummy aches.")
    assert redacted.text == "My daughter [name] is 7. [name] hates fibre, and [name]'s tummy aches."


def test_found_gives_the_places_in_the_message_as_typed() -> None:
    message = "Jeg hedder Anna\u00a0Larsen, tlf. 22\u200933\u200944\u200955"
    found = redact(message).found
    assert [message[one.start : one.end] for one in found] == [
        "Anna\u00a0Larsen",
        "22\u200933\u200944\u200955",
    ]
    assert found[0] == Found(Kind.NAME, 11, 22)


def test_invisible_characters_hide_nothing() -> None:
    assert redact("write to anna\u200b@ma\u00adil.dk").text == "write to [e-mail]"


def test_a_public_number_may_be_a_house_number() -> None:
    assert redact("I live at 112 Oak Road, LS6 1QX").text == "I live at [address]"
