"""What people are told: every level, topic, country and language; a clinic's own numbers."""

from pathlib import Path

import pytest

from assistant.triage.classifier import load_weights
from assistant.triage.reading import Reader
from prompts.guidance import (
    COUNTRIES,
    LANGUAGES,
    GuidanceError,
    guidance,
    information_notice,
    load_numbers,
)


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("urgency", ["emergency", "crisis", "urgent"])
def test_every_combination_has_text_and_links(urgency: str, language: str, country: str) -> None:
    told = guidance(urgency, "overdose", country, language)
    assert "{" not in told.text
    assert told.text == "\n".join(told.lines)
    assert told.links
    assert all(link.url.startswith("tel:") and link.name in told.text for link in told.links)


def test_emergency_number_comes_first() -> None:
    told = guidance("emergency", "heart", "UK", "en")
    assert told.lines[0] == "This may be an emergency. Please call 999 now."
    assert told.links[0].url == "tel:999"


@pytest.mark.parametrize(
    ("urgency", "topic", "said"),
    [
        ("urgent", "stop_medicine", "do not stop or swap"),
        ("urgent", "interaction", "which medicines and supplements"),
        ("crisis", "selfharm", "move away from what"),
        ("emergency", "immunosuppressed", "weakened immune system"),
    ],
)
def test_topics_that_triage_gives_have_their_line(urgency: str, topic: str, said: str) -> None:
    reader = Reader()
    ruled = {rule.topic for rule in reader.rules}
    assert topic in {*load_weights(reader.rule_part_names).topics, *ruled}
    assert said in guidance(urgency, topic, "EU", "en").text


def test_line_without_a_service_is_left_out() -> None:
    assert "closed" not in guidance("urgent", "", "US", "en").text
    assert "1177" in guidance("urgent", "", "SE", "sv").text


def test_notice_is_one_line() -> None:
    assert len(information_notice("EU", "en").lines) == 1


def test_clinic_numbers_replace_ours(tmp_path: Path) -> None:
    own = tmp_path / "numbers.toml"
    own.write_text('[DK]\nurgent = { name = "Clinic 12 34 56 78", call = "+4512345678" }\n')
    told = guidance("urgent", "", "DK", "da", load_numbers(own))
    assert "Clinic 12 34 56 78" in told.text
    assert "112" in told.text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[XX]\n", "country 'XX'"),
        ('[DK]\nnight = { name = "a", call = "1" }\n', "service DK.night"),
        ('[DK]\nurgent = { name = "a", call = "call me" }\n', "needs a name and call"),
        ("not toml", "cannot read the numbers file"),
    ],
)
def test_bad_numbers_file_is_explained(tmp_path: Path, content: str, said: str) -> None:
    own = tmp_path / "numbers.toml"
    own.write_text(content)
    with pytest.raises(GuidanceError, match=said):
        load_numbers(own)


@pytest.mark.parametrize(
    "wrong", [("none", "EU", "en"), ("urgent", "FR", "en"), ("urgent", "EU", "de")]
)
def test_unknown_level_country_or_language_is_refused(wrong: tuple[str, str, str]) -> None:
    urgency, country, language = wrong
    with pytest.raises(GuidanceError, match="allowed"):
        guidance(urgency, "", country, language)
