"""Findings of the audit in the desk's three languages."""

import pytest

from assistant.ui.desk.finding_words import put_into_words
from index.audit.catalogue import ALL_CHECKS
from index.audit.wordings import REASONS, REMEDIES
from prompts.texts import load_texts


def test_the_desk_says_in_english_what_the_audit_says():
    texts = load_texts("en", "prompts.staff")
    said = {key: text for key, text in texts.entries.items() if key.startswith("findings.")}
    assert said == {f"findings.{key}": text for key, text in (REASONS | REMEDIES).items()}
    for check in ALL_CHECKS:
        assert texts[f"check_titles.{check.name}"] == check.title
        assert texts[f"check_remedies.{check.name}"] == check.remedy


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("More certain than its sources", "“proven”", "one reference (animal)", "Say what")),
        (
            "da",
            ("Mere sikkert end kilderne", "“proven”", "én henvisning (dyreforsøg)", "Sig,"),
        ),
        ("sv", ("Säkrare än källorna", "”proven”", "en hänvisning (djurstudie)", "Skriv vad")),
    ],
)
def test_a_finding_is_said_in_the_desks_language(language, words):
    finding = {
        "check": "certainty-beyond-evidence",
        "reason_wording": {"name": "certain-one", "values": {"words": "proven", "kinds": "animal"}},
        "remedy_wording": None,
    }
    said = put_into_words(finding, load_texts(language, "prompts.staff"), load_texts(language))
    title, claimed, kind, remedy = words
    assert said.title == title
    assert claimed in said.reason
    assert kind in said.reason
    assert said.remedy.startswith(remedy)


def test_dates_are_written_and_other_advice_goes_before_the_usual():
    finding = {
        "check": "review-due",
        "reason_wording": {"name": "old", "values": {"date": "2020-05", "months": 78, "limit": 36}},
        "remedy_wording": {"name": "put-numbers", "values": {}},
    }
    said = put_into_words(finding, load_texts("da", "prompts.staff"), load_texts("da"))
    assert "maj 2020" in said.reason
    assert said.remedy.startswith("Sæt værkernes numre")
