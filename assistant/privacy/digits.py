"""Runs of digits: phones, cards and national numbers, told apart by layout, date and check digits.

Any run of seven digits or more that is no known look-alike is taken for an identifier: a leak
cannot be mended, a lost number can be typed again. Check digits by python-stdnum decide the kind.
"""

import re
from collections.abc import Iterator

from stdnum import luhn
from stdnum.gb import nhs
from stdnum.no import fodselsnummer

from assistant.privacy.endings import end_before_measure
from assistant.privacy.plain_numbers import Run, is_plain_number
from assistant.privacy.records import Candidate, Kind

_RUN = re.compile(
    r"\d(?<!\w\d)(?<!\d[.,:]\d)(?:\)?(?: - |\. |  |[ .\-/+])?(?:\(0\) ?)?\d){4,}(?![^\W_])"
)
_PHONE_CUE = re.compile(
    r"(?:\b(?:tlf|tel|telefon\w*|telephone|phone|mobile?|mobil\w*|mob|cell|"
    r"cellphone|landline|whatsapp|"
    r"sms|text|fax|call|called|calling|ring|ringe|ringa|ringer|nås|træffes|træffe|"
    r"fange|kontaktes|kontakt|reach|reached|"
    r"number|nummer|numret|nummeret|nr|no)\b)[^\d\n\[\]]{0,28}$",
    re.IGNORECASE,
)
_NATIONAL_CUE = re.compile(
    r"(?:\b(?:cpr|cpr-?n\w+|personn\w+|person-?nr|fødselsn\w+|födelsen\w+|samordningsn\w+|d-nummer|"
    r"nhs|ssn|social security|social|national insurance|nin)\b)[^\d\n\[\]]{0,24}$",
    re.IGNORECASE,
)
# What is said of a card beside its number, and an extension behind a phone's.
_CARD_DETAIL = re.compile(
    r"\b(?:(?:card|kort\w*|visa|mastercard|amex)\b[^\d\n]{0,24}(?:ending|ends|slutter|slutar|"
    r"last four|sidste fire|sista fyra)(?: (?:in|with|på|med))?:?\s*(?P<end>\d{4})(?!\d)"
    r"|(?:cvv|cvc|csc)2?\W{0,3}(?:is |er |är |kode |kod |code )?(?P<check>\d{3,4})(?!\d)"
    r"|exp(?:iry|ires?|\.)?(?: date)?:?\s*(?P<expiry>\d{2}/\d{2,4}))",
    re.IGNORECASE,
)
# Without one of these an expiry date is that of a jar.
_CARD_SAID = re.compile(
    r"\b(?:cards?|kort\w*|visa|mastercard|amex|cv[vc]2?|csc)\b|\[card\]|\d(?:[ -]?\d){14}",
    re.IGNORECASE,
)
_MINIMUM_DIGITS = 7
_FEWEST_DIGITS_WHOLE = 8
_BOOKLAND = ("978", "979")


def find_digit_runs(text: str) -> Iterator[Candidate]:
    """Yields phones, cards and national numbers."""
    for match in _RUN.finditer(text):
        start = match.start()
        while start > 0 and text[start - 1] in "+(" and match.start() - start < 2:
            start -= 1
        end = end_before_measure(text, start, match.end(), _FEWEST_DIGITS_WHOLE)
        run = Run(text[start:end], text[max(0, start - 40) : start])
        candidate = _judge(run)
        if candidate:
            kind, certain = candidate
            yield Candidate(kind, start, end, certain)
    for detail in _CARD_DETAIL.finditer(text):
        if detail["expiry"] and not _CARD_SAID.search(text):
            continue
        yield Candidate(Kind.CARD, *detail.span(detail.lastgroup or 0), certain=True)


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
        return Kind.CARD, not run.digits.startswith(_BOOKLAND)
    kind = Kind.PHONE if count <= 13 else Kind.ID_NUMBER
    return (kind, False) if cued or not is_plain_number(run) else None


def is_plausible_date(digits: str) -> bool:
    """Whether six digits read as DDMMYY or YYMMDD.

    Coordination numbers add 60 or 40 to the day, synthetic ones 40 or 80 to the month.
    """
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
