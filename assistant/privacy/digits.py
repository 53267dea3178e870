"""Runs of digits: phones, cards and national numbers, told apart by layout, date and check digits.

Any run of seven digits or more that is no known look-alike is taken for an identifier: a leak
cannot be mended, a lost number can be typed again. Check digits by python-stdnum decide the kind.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stdnum import luhn
from stdnum.gb import nhs
from stdnum.no import fodselsnummer

from assistant.privacy.records import Candidate, Kind

_RUN = re.compile(r"\d(?<!\w\d)(?<!\d[.,:]\d)(?:\)?(?: - |\. |  |[ .\-/+])?(?:\(0\) ?)?\d){4,}(?![^\W_])")
_COUNTRY_PREFIX = re.compile(r"\(?(?:\+|00)\s?[1-9]")
_PHONE_CUE = re.compile(
    r"(?:\b(?:tlf|tel|telefon\w*|telephone|phone|mobile?|mobil\w*|mob|cell|cellphone|landline|whatsapp|"
    r"sms|text|fax|call|called|calling|ring|ringe|ringa|ringer|nås|træffes|træffe|fange|kontaktes|kontakt|reach|reached|"
    r"number|nummer|numret|nummeret|nr|no)\b)[^\d\n\[\]]{0,28}$",
    re.IGNORECASE,
)
_NATIONAL_CUE = re.compile(
    r"(?:\b(?:cpr|cpr-?n\w+|personn\w+|person-?nr|fødselsn\w+|födelsen\w+|samordningsn\w+|d-nummer|"
    r"nhs|ssn|social security|social|national insurance|nin)\b)[^\d\n\[\]]{0,24}$",
    re.IGNORECASE,
)
_MINIMUM_DIGITS = 7
_LATEST_YEAR = 2100


@dataclass(frozen=True, slots=True)
class Run:
    """A run of digits as typed, with its separators, and the text just before it."""

    typed: str
    before: str

    @property
    def digits(self) -> str:
        return re.sub(r"\D", "", self.typed)

    @property
    def groups(self) -> list[str]:
        return re.findall(r"\d+", self.typed)

    @property
    def is_international(self) -> bool:
        return bool(_COUNTRY_PREFIX.match(self.typed))


def find_digit_runs(text: str) -> Iterator[Candidate]:
    """Yields phones, cards and national numbers."""
    for match in _RUN.finditer(text):
        start = match.start()
        while start > 0 and text[start - 1] in "+(" and match.start() - start < 2:
            start -= 1
        run = Run(text[start : match.end()], text[max(0, start - 40) : start])
        candidate = _judge(run)
        if candidate:
            kind, certain = candidate
            yield Candidate(kind, start, match.end(), certain)


def _judge(run: Run) -> tuple[Kind, bool] | None:
    """Gives the kind, and whether it is certain; None for a number that names nobody."""
    count = len(run.digits)
    if _NATIONAL_CUE.search(run.before):
        return Kind.ID_NUMBER, True
    cued = bool(_PHONE_CUE.search(run.before)) and count >= 6
    if count < _MINIMUM_DIGITS:
        return (Kind.PHONE, False) if cued else None
    if run.is_international:
        return Kind.PHONE, True
    if is_national_number(run):
        return Kind.ID_NUMBER, _is_date_led(run) and "-" in run.typed
    if 13 <= count <= 19 and luhn.is_valid(run.digits):
        return Kind.CARD, True
    if not cued and _is_plain_number(run):
        return None
    return (Kind.PHONE if count <= 13 else Kind.ID_NUMBER), False


def is_plausible_date(digits: str) -> bool:
    """Whether six digits read as DDMMYY or YYMMDD, also with 60 or 40 added to the day or 40/80 to
    the month, as coordination and synthetic numbers have it."""
    first, middle, last = (int(digits[index : index + 2]) for index in (0, 2, 4))
    days = {*range(1, 32), *range(41, 72), *range(61, 92)}
    months = {*range(1, 13), *range(41, 53), *range(81, 93)}
    return middle in months and (first in days or last in days)


def _is_date_led(run: Run) -> bool:
    digits = run.digits
    return is_plausible_date(digits[2:8] if len(digits) == 12 else digits[:6])


def is_national_number(run: Run) -> bool:
    """Danish, Swedish, Norwegian, British (NHS) and American (SSN) layouts and check digits."""
    digits, lengths = run.digits, [len(group) for group in run.groups]
    if len(digits) == 10 and lengths in ([6, 4], [10], [2, 2, 2, 4]):
        return _is_date_led(run)
    if len(digits) == 12 and lengths in ([8, 4], [12]):
        return digits[:2] in ("18", "19", "20") and _is_date_led(run)
    if len(digits) == 11:
        return lengths == [6, 5] or bool(fodselsnummer.is_valid(digits))
    if lengths in ([3, 3, 4], [10]) and nhs.is_valid(digits):
        return True
    return lengths == [3, 2, 4]


def _is_plain_number(run: Run) -> bool:
    """A date, a decimal, a list of decimals or years, a number in thousands, a round range."""
    groups, typed = run.groups, run.typed
    separators = set(re.sub(r"[\d]", "", typed))
    if len(groups) == 2 and separators == {"."} or "/" in separators:
        return True
    if separators == {"."} and len(groups) == 3 and len(run.digits) <= 8:
        return all(len(group) <= 2 or index != 1 for index, group in enumerate(groups))
    if separators == {".", " "} and all(
        "." in word or len(word) < 4 for word in typed.split()
    ):
        return True
    if all(len(group) == 3 for group in groups[1:]) and len(groups) > 2 and len(separators) == 1:
        return len(groups[0]) <= 3 and not typed.startswith("0") and "-" not in separators
    if len(groups) > 3 and all(len(group) == 1 for group in groups):
        values = [int(group) for group in groups]
        return values == sorted(values) or values == sorted(values, reverse=True)
    if typed.count("-") == 1 and not typed.startswith("0"):
        return _is_range(*typed.split("-"))
    return len(groups) == 1 and len(set(run.digits[1:])) == 1 and run.digits.endswith("0")


def _is_range(low: str, high: str) -> bool:
    """From one round, decimal or year-like number to a greater one, as values are reported."""
    low, high = (side.strip().replace(" ", "") for side in (low, high))
    decimals = [re.fullmatch(r"\d+\.\d+", side) for side in (low, high)]
    if all(decimals):
        return True
    if not (low.isdecimal() and high.isdecimal()) or int(low) >= int(high):
        return False
    return int(high) < _LATEST_YEAR or all(side.endswith("00") for side in (low, high))
