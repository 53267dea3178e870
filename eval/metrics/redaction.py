"""Personal data that a redacted text still holds, and harmless words that it lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_DIGITS: Final = 6
"""From this many digits on, an identifier also leaks when only its spacing has changed."""

_NOT_DIGITS = re.compile(r"\D+")


def find_leaks(redacted: str, identifiers: Sequence[str]) -> list[str]:
    """The identifiers that can still be read in the redacted text."""
    return [identifier for identifier in identifiers if _holds(redacted, identifier)]


def find_lost(redacted: str, keep: Sequence[str]) -> list[str]:
    """The words that should have been kept and are gone."""
    text = _flatten(redacted)
    return [words for words in keep if _flatten(words) not in text]


def _holds(redacted: str, identifier: str) -> bool:
    words = re.escape(_flatten(identifier))
    if re.search(rf"(?<!\w){words}(?!\w)", _flatten(redacted)):
        return True
    digits = _NOT_DIGITS.sub("", identifier)
    return len(digits) >= LEAST_DIGITS and digits in _NOT_DIGITS.sub("", redacted)


def _flatten(text: str) -> str:
    return " ".join(text.casefold().split())
