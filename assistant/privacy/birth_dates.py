"""Dates of birth: a date in any common form beside a cue such as "born", "DOB", "født", "född"."""

import re
from collections.abc import Iterator

from assistant.privacy.records import Candidate, Kind

_MONTH = (
    r"(?:jan(?:uary|uari|uar)?|feb(?:ruary|ruari|ruar)?|mar(?:ch|ts|s)?|apr(?:il)?|"
    r"ma[yji]|juni|june?|jul[yi]?|"
    r"aug(?:usti|ust)?|sep(?:t(?:ember)?)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cs](?:ember)?)\b\.?"
)
_ORDINAL = r"(?:st|nd|rd|th|\.|:e|e)?"
_YEAR = r"(?:(?:18|19|20)\d{2}|'?\d{2})"
_DATE = (
    rf"(?:\d{{1,2}}\s?[./-]\s?\d{{1,2}}\s?[./ -]\s?{_YEAR}"
    r"|(?:19|20)\d{2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,2}"
    rf"|\d{{1,2}}{_ORDINAL}\s*(?:of\s+|-)?{_MONTH}(?:(?:,|\s|-)+{_YEAR})?"
    rf"|{_MONTH}\s+\d{{1,2}}{_ORDINAL}(?:(?:,|\s)+{_YEAR})?"
    r"|\d{1,2} \d{1,2} (?:18|19|20)?\d{2}"
    rf"|\d{{1,2}}{_ORDINAL}\s+(?:of|i)\s+(?:the\s+)?\d{{1,2}}{_ORDINAL},?\s+{_YEAR}"
    rf"|[a-zæøåäö-]{{4,20}}\s+(?:of\s+)?{_MONTH}\s+{_YEAR}"
    r"|\d{1,2}(?:jan|feb|mar|apr|ma[yji]|jun|jul|aug|sep|o[ck]t|nov|de[cs])\d{2,4}"
    r"|(?:19|20)\d{6}|\d{6}|\d{8})(?!\d)"
)
_CUE = (
    r"(?:\b(?:born(?: in (?-i:[A-ZÆØÅÄÖ]\w+))?|"
    r"turned \d{1,3}|fyl[ld]er(?: år| \d+)?|fyl[ld]te \d+|fyllde \d+|"
    r"d\.?\s?o\.?\s?b|date of birth|birth ?dat\w*|birthday\w*|bday|"
    r"b-day|birth|(?:jeg|jag) (?:er|är) (?:fra|från)(?=\s+\d)|(?:er |blev |är |ble )?f(?:ø|oe|o)"
    r"d+t\b|"
    r"f(?:ø|oe|o)dsels(?:dag|dato)\w*|f(?:ö|o)dd|f(?:ö|o)delse(?:dag|datum|tid|"
    r"dato)\w*|fødd|f|b(?=\.))\b\.?)"
)
_GAP = r"(?:[\s.,:;()=-]|\b(?:is|was|on|the|in|er|var|den|d|är|it's|of|my|i|his|her|at)\b){0,6}"
_CUED = re.compile(rf"{_CUE}(?:'s)?{_GAP}(?P<date>{_DATE})", re.IGNORECASE)
# A full date with its century may stand some words after the cue: "born on a leap day, 29 …".
_FULL_DATE = (
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:18|19|20)\d{{2}}|"
    rf"\d{{1,2}}{_ORDINAL}\s*(?:of\s+)?{_MONTH},?\s+"
    rf"(?:18|19|20)\d{{2}}|{_MONTH}\s+\d{{1,2}}{_ORDINAL},?\s+(?:18|19|20)\d{{2}})(?!\d)"
)
_CUED_AFAR = re.compile(
    r"\b(?<!\[date of )(?:born|birth(?:day)?|født|född|fødselsdag|födelsedag|"
    r"came into (?:the|this) world)\b"
    rf"[^.!?\n\d\[]{{1,30}}(?P<date>{_FULL_DATE})",
    re.IGNORECASE,
)
_BESIDE = r"\[(?:name|phone|id number|e-mail|address)\]"
_NUMERIC = r"(?:\d{1,2}[./-]\d{1,2}[./-](?:(?:19|20)\d{2}|\d{2})|(?:19|20)\d{2}-\d{2}-\d{2})(?!\d)"
# In a list of a person's data a bare date is that of birth: "[name], 02-05-85, [phone]".
_AMONG_DATA = re.compile(
    rf"{_BESIDE}[ \t]*[,;|/\n]?[ \t]*(?P<date>{_NUMERIC})(?=[ \t]*[,;|/\n]?[ \t]*{_BESIDE})"
    rf"|(?:^|\n)(?P<first>{_NUMERIC})[ \t]*[,;|\n][ \t]*{_BESIDE}"
)
_AFTER = re.compile(
    rf"(?<![\d.])(?P<date>{_DATE})\s*(?:[(,-]|is|er|är|was)*\s*(?:my|min|mitt|his|"
    r"her|hans|hendes|hennes)?\s*"
    r"(?:dob\b|d\.o\.b|date of birth|birthday|birth date|fødselsdag|fødselsdato|"
    r"födelsedag|födelsedatum|\(?født\)?$|"
    r"(?:when|the day|da|når|när)\s+\w+\s+(?:was born|blev født|ble født|föddes)\b)"
    rf"(?!{_GAP}(?:{_DATE}|\[date of birth\]))",
    re.IGNORECASE,
)
_LISTED = re.compile(
    rf"\b(?:patient|patienten|name|navn|namn|details|contact|oplysninger|uppgifter|data)"
    rf"\s*:[^\n\d:]{{2,40}}?[, (/|;-]+(?P<date>{_DATE})",
    re.IGNORECASE,
)
_HAS_DIGIT = re.compile(r"\d")
# Each pattern is tried only where one of these stands: a cheap look first.
_BIRTH = (
    "birth",
    "born",
    "bday",
    "b-day",
    "dob",
    "d.o",
    "d. o",
    "d o",
    "fød",
    "född",
    "föd",
    "foed",
    "fodd",
    "fodt",
    "fods",
    "fode",
    "turned",
    "fylde",
    "fylle",
    "fyldt",
    "fylld",
    "er fra",
    "föddes",
    "är från",
)
_PATTERNS = (
    (_CUED, (*_BIRTH, " f ", " f.", "f.", "b.")),
    (_AFTER, _BIRTH),
    (
        _LISTED,
        ("patient", "name", "navn", "namn", "details", "contact", "oplys", "uppgift", "data"),
    ),
    (_CUED_AFAR, ("born", "birth", "fød", "föd", "came into")),
    (_AMONG_DATA, ("]",)),
)


def find_birth_dates(text: str) -> Iterator[Candidate]:
    """Yields the dates that stand beside a cue of birth; the cue itself stays."""
    if not _HAS_DIGIT.search(text):
        return
    lowered = text.lower()
    for pattern, words in _PATTERNS:
        for match in pattern.finditer(text) if any(word in lowered for word in words) else ():
            group = match.lastgroup or "date"
            yield Candidate(Kind.DATE_OF_BIRTH, *match.span(group), certain=True)
