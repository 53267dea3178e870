"""Postal addresses of other countries: a street word of theirs, or a number, a name and a postcode.

"77 Rue des Lilas, 75019 Paris", "Lindenstraße 14", "ul. Długa 3/5", "Calle Mayor 8, 3B".
"""

import re
from collections.abc import Iterator

from assistant.privacy.records import Candidate, Kind

_CAPITALISED = r"[^\W\d_a-zæøåäöüß][\w.'-]*"
_SMALL = r"(?:de|des|du|del|della|dei|di|da|la|le|las|los|den|der|von|am|an|im|zum|zur|van|het)"
_NAMES = rf"{_CAPITALISED}(?:[ \t]+(?:{_SMALL}[ \t]+){{0,2}}{_CAPITALISED}){{0,3}}"
_NUMBER = r"\d{1,4}[A-Za-z]?(?:[/-]\d{1,4}[A-Za-z]?)?"
# Five digits, or as in Poland and Portugal with a dash; then the town.
_LONG_POST = r"(?:[A-Z]{1,2}-)?(?:\d{5}|\d{2}-\d{3}|\d{4}-\d{3}|\d{4} ?[A-Z]{2})" rf"[ \t]+{_NAMES}"
# Four digits alone are as often a year; they count only after a street word.
_POST = rf"(?:{_LONG_POST}|\d{{4}}[ \t]+{_NAMES})"
_STREET = (
    r"(?:[Rr]ue|[Aa]venue|[Aa]llée|[Cc]hemin|[Cc]alle|[Aa]venida|[Aa]vda\.?|Plaza|Paseo|Via|Viale|"
    r"Piazza|Corso|Rua|Praça|[Uu]lica|[Uu]l\.|Aleja|[Uu]litsa|Strada)"
)
_GERMAN = r"[^\W\d_]+(?:straße|strasse|str\.|weg|gasse|platz|damm|straat|laan|plein|gracht|katu)"
_TAIL = (
    rf"(?:[ \t]*,[ \t]*\d{{1,2}}[ ]?[ºª°]?[ ]?[A-Z]?\b)?(?:[ \t]*[,\n][ \t]*(?:{_POST}|{_NAMES}))?"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NUMBER},?[ \t]+{_STREET}[ \t]+(?:{_SMALL}[ \t]+){{0,2}}{_NAMES}{_TAIL}",
        rf"\b{_STREET}[ \t]+(?:{_SMALL}[ \t]+){{0,2}}{_NAMES},?[ \t]+(?:n[.º°]?[ ]?)?"
        rf"{_NUMBER}{_TAIL}",
        rf"\b(?-i:[A-ZÄÖÜ]){_GERMAN}[ \t]+{_NUMBER}{_TAIL}",
        rf"(?:{_NUMBER},?[ \t]+{_NAMES}|\b{_NAMES}[ \t]+{_NUMBER}),[ \t]*{_LONG_POST}",
        # American: a numbered street without a word for it, a flat, a town and its code.
        r"\d{1,5}[ \t]+(?:[NSEW]{1,2}\.?[ \t]+)?\d{1,3}(?:st|nd|rd|th)(?:[ \t]+(?:St|Ave|Street|"
        r"Avenue)\.?)?"
        rf"[ \t]*,?[ \t]*(?:(?i:apt|unit|suite|ste|#)\.?[ \t]*\w{{1,5}})?[ \t]*,[ \t]*{_NAMES},?"
        r"(?:[ \t]+[A-Z]{2})?[ \t]+\d{5}",
    )
)
_DIGIT = re.compile(r"\d")


def find_foreign_addresses(text: str) -> Iterator[Candidate]:
    """Yields streets with a number, with the postcode and the town that follow."""
    if not _DIGIT.search(text):
        return
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield Candidate(Kind.ADDRESS, *match.span())
