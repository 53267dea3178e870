import pytest

from index.readers import dates
from prompts.dates import write_date
from prompts.texts import load_texts


@pytest.mark.parametrize(
    ("iso_date", "language", "written"),
    [
        ("2026-06-01", "en", "1 June 2026"),
        ("2026-06-01", "da", "1. juni 2026"),
        ("2026-06-01", "sv", "1 juni 2026"),
        ("2026-06", "en", "June 2026"),
        ("2026-06", "da", "juni 2026"),
        ("2026", "sv", "2026"),
        ("2026-06-01T08:30:00+02:00", "en", "1 June 2026"),
        ("2026-13-01", "en", "2026-13-01"),
        ("last spring", "en", "last spring"),
    ],
)
def test_dates_are_written_as_people_do(iso_date, language, written):
    assert write_date(iso_date, load_texts(language)) == written


@pytest.mark.parametrize("language", ["en", "da", "sv"])
def test_a_date_is_written_alike_in_an_answer_and_in_an_articles_byline(language):
    written = [f"2026-{month:02}-0{month % 9 + 1}" for month in range(1, 13)]
    for iso_date in (*written, "2026-06", "2026", "2026-13-01", "last spring"):
        assert dates.write_date(iso_date, language) == write_date(iso_date, load_texts(language))
