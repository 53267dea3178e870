"""Codes told by their shape some words after a cue, ends of national numbers, masked cards."""

import re
from collections.abc import Iterator

from assistant.privacy.name_reader import is_shouted
from assistant.privacy.records import Candidate, Kind
from assistant.privacy.reference_numbers import BOOKING, INSURANCE, LINK, OTHER, TRIAL

# A booking's code of capitals alone, where a cue and no shouting stand before it: "XKQPLM".
_LETTER_CODE = re.compile(
    rf"(?<![^\W_])(?:{BOOKING}|{INSURANCE})?[- ]?(?:code|kode|kod|reference|referanse|referens|ref)"
    rf"(?:number|nummer)?{LINK}(?P<code>(?-i:[A-Z]{{5,8}}))(?![^\W_])",
    re.IGNORECASE,
)
# A token that can only be a code, some words after its cue: "reference for my visit is LM-20418".
_CODE_SHAPED = re.compile(
    rf"(?<![^\W_])(?:{BOOKING}|{INSURANCE}|{OTHER}|code|kode|kod|conf)\b\.?[^.!?\n\d]{{0,40}}?\s"
    r"(?P<code>(?-i:[A-Z]{1,4}[- ]?\d(?:[- ]?[A-Z\d]){3,}))(?![^\W_])",
    re.IGNORECASE,
)
# The end of a national number that stands alone: "pnr 12345", "siste fire er 2345".
_LAST_DIGITS = re.compile(
    r"\b(?:p\.?nr|f\.?nr|personn\w+|fødselsn\w+|last (?:four|4|five|5)|"
    r"(?:sidste|siste|sista) (?:fire|fem|fyra|4|5)|(?:fire|fyra) (?:sidste|siste|sista))"
    r"(?: digits| cifre| siffer| siffror)?[ .:]*(?:is|are|er|är)?[ :]*"
    r"(?P<code>\d{4,5})(?![\w-])",
    re.IGNORECASE,
)
_MASKED_CARD = re.compile(r"(?<!\w)\d{4}(?:[- ]?[xX*•]{4}){1,2}[- ]?\d{4}(?!\w)")
_DIGIT = re.compile(r"\d")


def find_codes(text: str) -> Iterator[Candidate]:
    """Yields codes, ends of national numbers and masked cards."""
    for match in () if is_shouted(text) else _LETTER_CODE.finditer(text):
        yield Candidate(Kind.BOOKING_NUMBER, *match.span("code"), certain=True)
    if not _DIGIT.search(text):
        return
    for match in _MASKED_CARD.finditer(text):
        yield Candidate(Kind.CARD, *match.span(), certain=True)
    for match in _LAST_DIGITS.finditer(text):
        yield Candidate(Kind.ID_NUMBER, *match.span("code"), certain=True)
    for match in _CODE_SHAPED.finditer(text):
        if not TRIAL.match(match["code"]):
            yield Candidate(Kind.BOOKING_NUMBER, *match.span("code"))
