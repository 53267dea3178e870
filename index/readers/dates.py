"""Dates as people write them in English, Danish, Swedish, Norwegian and German ↔ ISO 8601.

They are written in the first three. The precision stays as given: `June 2026` is `2026-06`. Where
day and month cannot be told apart (`03/04/2026`), the year is all that is certain.
"""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    ("january", "januari", "januar", "jan"),
    ("february", "februari", "februar", "feb"),
    ("march", "mars", "marts", "märz", "mar", "mrz"),
    ("april", "apr"),
    ("may", "maj", "mai"),
    ("june", "juni", "jun"),
    ("july", "juli", "jul"),
    ("august", "augusti", "aug"),
    ("september", "sept", "sep"),
    ("october", "oktober", "oct", "okt"),
    ("november", "nov"),
    ("december", "desember", "dezember", "dec", "des", "dez"),
)
MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_MONTH = "(?P<month>" + "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:\.|st|nd|rd|th|:e|:a)?"

_ISO = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)(?:-(?P<day>\d\d))?(?!\d)")
_WORDED = (
    re.compile(rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_MONTH},?\s+{_YEAR}", re.IGNORECASE),
)
_NUMERIC = re.compile(
    r"(?<!\d)(?P<first>\d{1,2})\s?(?P<mark>[./-])\s?(?P<second>\d{1,2})\s?(?P=mark)\s?"
    r"(?P<year>(?:19|20)\d\d)(?!\d)"
)
_YEAR_ONLY = re.compile(rf"^\s*{_YEAR}\s*$")

_WRITTEN_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
}


def parse_date(text: str) -> str | None:
    """The first date in `text` as `2026-06-03`, `2026-06` or `2026`, None where there is none."""
    if match := _ISO.search(text):
        return _format(match["year"], match["month"], match["day"])
    for pattern in _WORDED:
        if match := pattern.search(text):
            groups = match.groupdict()
            month = MONTH_NUMBERS[match["month"].lower()]
            return _format(match["year"], str(month), groups.get("day"))
    if match := _NUMERIC.search(text):
        return _numeric(match)
    match = _YEAR_ONLY.match(text)
    return match["year"] if match else None


def _numeric(match: re.Match[str]) -> str | None:
    """Day and month by what only a day can be, or by the dots that only day-first dates have."""
    first, second = int(match["first"]), int(match["second"])
    if first > 12 or match["mark"] == "." or first == second:
        return _format(match["year"], str(second), str(first))
    if second > 12:
        return _format(match["year"], str(first), str(second))
    return match["year"]


def _format(year: str, month: str, day: str | None) -> str | None:
    """An ISO date if the calendar has it."""
    try:
        known = date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    return known.isoformat() if day else known.isoformat()[:7]


def write_date(iso_date: str, language: str) -> str:
    """`2026-06-03` as `3 June 2026`, in Danish `3. juni 2026`; what is no date stays as it is.

    A language that is not written here gets English.
    """
    match = _ISO.fullmatch(iso_date)
    if match is None or not 1 <= int(match["month"]) <= 12:
        return iso_date
    months = _WRITTEN_MONTHS.get(language, _WRITTEN_MONTHS["en"]).split()
    month = f"{months[int(match['month']) - 1]} {match['year']}"
    stop = "." if language == "da" else ""
    return f"{int(match['day'])}{stop} {month}" if match["day"] else month
