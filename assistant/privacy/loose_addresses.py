"""Addresses with no word for a street: told by a cue, a town, a county, or the rest beside them."""

import re
from collections.abc import Iterator

from assistant.privacy.addresses import TOWNS, UK_AREA
from assistant.privacy.records import Candidate, Kind

_CAPITALISED = r"(?-i:[A-ZÆØÅÄÖÉ])[\w.'-]*"
_NUMBER = r"\d{1,4}[A-Za-z]?(?:[/-]\d{1,3})?"
_WORDS = rf"{_CAPITALISED}(?:[ \t]+(?:(?:upon|on|under|by|of|the|de)[ \t]+)?{_CAPITALISED}){{0,3}}"
# One part of an address, between commas: capitalised words and numbers, no verb.
_PART = (
    rf"(?:{_CAPITALISED}|{_NUMBER})(?:[ \t]+(?:of[ \t]+)?(?:{_CAPITALISED}|{_NUMBER}|#\w+)){{0,4}}"
)
_SWEDISH_TOWNS = (
    "stockholm|sthlm|göteborg|malmö|uppsala|linköping|örebro|västerås|helsingborg|norrköping|"
    "jönköping|umeå|"
    "lund|borås|eskilstuna|gävle|sundsvall|karlstad|växjö|halmstad|luleå|kalmar|nacka|solna|"
    "östersund|falun"
)
_ABBREVIATED = r"(?-i:[A-ZÆØÅÄÖ][a-zæøåäö]{2,}(?:gt|vn|gd|g|v)\.)"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        # After the word itself, as in "address: Gjógvará 11, 350 Vestmanna".
        rf"\b(?:address|adresse|adressen|adress)[ \t]*(?:is|er|är|"
        rf":)?[ \t]*:?[ \t]+(?P<place>{_PART}(?:,[ \t]*{_PART}){{0,4}})",
        rf"(?P<place>{_WORDS}[ \t]+{_NUMBER},?[ \t]+(?:{TOWNS}|{_SWEDISH_TOWNS})"
        rf"\b(?:[ \t]+(?-i:[A-ZÆØÅ]{{1,2}})\b)?)",
        rf"(?P<place>{_ABBREVIATED}[ \t]*{_NUMBER}\b(?:[ \t]*,?[ \t]+{_CAPITALISED})?)",
        # "Knockroe, Ballina, Co Mayo"
        rf"(?P<place>(?:{_WORDS},[ \t]*){{1,3}}(?-i:Co\.?|County|Isle of)[ \t]+{_CAPITALISED})",
        # "9 Viewforth, Edinburgh EH10"
        rf"(?P<place>\b{_NUMBER}[ \t]+{_WORDS}(?:,[ \t]*{_WORDS})?,?[ \t]+"
        rf"(?-i:{UK_AREA}\d{{1,2}}))(?!\w)",
        # The part before or between what is known already.
        rf"(?:^|[,\n][ \t]*|\b(?:at|i|på)[ \t]+)(?P<place>{_WORDS}[ \t]+{_NUMBER})"
        rf"(?=,?[ \t]*\[address\])",
        rf"\[address\],?[ \t]+(?P<place>{_CAPITALISED})(?=,[ \t]*\[address\])",
        rf"\[address\],[ \t]*(?P<place>(?:{_WORDS},[ \t]*)?(?-i:[A-Z]{{2}}\b|\d{{4,5}}))(?![\w.])",
        rf"\bp\.?[ ]?o\.?[ ]?box[ \t]+\d{{1,6}},?[ \t]+(?P<place>{_WORDS}(?:,?[ \t]+[A-Z]{{2}})?)"
        rf"\b",
    )
)


def find_loose_addresses(text: str) -> Iterator[Candidate]:
    """Yields what a cue, a town's name or the rest of an address shows to be a part of one."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield Candidate(Kind.ADDRESS, *match.span("place"))
