"""IBANs, with or without spaces (ISO 13616; check digits modulo 97)."""

import re
from collections.abc import Iterator

from assistant.privacy.records import Candidate, Kind

_LENGTHS = {
    "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20,
    "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GL": 18, "GR": 27, "HR": 21, "HU": 28,
    "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31,
    "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "TR": 26,
    "UA": 29,
}  # fmt: skip
_START = re.compile(r"(?<![^\W_])([A-Za-z]{2})[ -]?\d{2}[ -]?[A-Za-z0-9]{2}")
_SHORTEST_SHARE_OF_DIGITS = 0.5


def find_ibans(text: str) -> Iterator[Candidate]:
    """Yields IBANs of the length their country has; a wrong check digit is taken for a typo."""
    for match in _START.finditer(text):
        length = _LENGTHS.get(match[1].upper())
        end = _read_characters(text, match.start(), length) if length else None
        if end is not None:
            yield Candidate(Kind.IBAN, match.start(), end, certain=True)


def _read_characters(text: str, start: int, length: int) -> int | None:
    """Gives the end of `length` letters and digits; single spaces and hyphens do not count."""
    characters: list[str] = []
    for index in range(start, len(text)):
        if text[index].isascii() and text[index].isalnum():
            characters.append(text[index])
        elif text[index] not in " -" or text[index - 1] in " -":
            return None
        if len(characters) == length:
            closed = index + 1 == len(text) or not text[index + 1].isalnum()
            digits = sum(character.isdigit() for character in characters)
            enough = digits >= _SHORTEST_SHARE_OF_DIGITS * length
            return index + 1 if closed and enough else None
    return None
