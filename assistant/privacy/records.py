"""The records of redaction: what may be found, where it stands, and the redacted text."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of identifiers; each value is also the word inside its placeholder."""

    EMAIL = "e-mail"
    PHONE = "phone"
    ID_NUMBER = "id number"
    NAME = "name"
    ADDRESS = "address"
    DATE_OF_BIRTH = "date of birth"
    CARD = "card"
    IBAN = "IBAN"
    BOOKING_NUMBER = "booking number"
    INSURANCE_NUMBER = "insurance number"
    LINK = "link"
    HANDLE = "handle"

    @property
    def placeholder(self) -> str:
        """What stands in the redacted text instead of the identifier."""
        return f"[{self.value}]"


@dataclass(frozen=True, slots=True)
class Found:
    """One identifier: `text[start:end]` of the original message."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Redaction:
    """A message without its identifiers, and what was found, in order of the message."""

    text: str
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that a recogniser takes for an identifier.

    A certain candidate (a cue such as "CPR", a check digit) stands even where a medical look-alike
    was seen; any other yields to it.
    """

    kind: Kind
    start: int
    end: int
    certain: bool = False
