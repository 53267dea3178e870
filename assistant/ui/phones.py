"""The numbers that a page may offer to call: those of the clinic's country, and no others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import SettingsError
from prompts.guidance import GuidanceError, load_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assistant.settings import Settings

WRITTEN_NUMBER = re.compile(r"\+?\d[\d -]*\d")


@dataclass(frozen=True, slots=True)
class PhoneBook:
    """Numbers as they are written in texts, each with what is dialled.

    Attributes:
        emergency: the number to call in an emergency, as it is written.
        dialled: written number → digits to dial, with + before a country code.
    """

    emergency: str
    dialled: Mapping[str, str]

    def link(self, written: str) -> str:
        """The `tel:` address of a written number."""
        return f"tel:{self.dialled[written]}"

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the numbers stand in `text`, from left to right: start and end."""
        for match in re.finditer(self._pattern, text):
            yield match.span()

    @property
    def _pattern(self) -> str:
        longest_first = sorted(self.dialled, key=len, reverse=True)
        return rf"(?<![\w+,.-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-]|[.,]\d)"


def open_phone_book(settings: Settings) -> PhoneBook:
    """The numbers of the clinic's country, the clinic's own where it gives any.

    Raises:
        SettingsError: if the clinic's file of numbers cannot be used.
    """
    try:
        services = load_numbers(settings.numbers_file)[settings.country]
    except GuidanceError as error:
        message = f"GUTBRAIN_NUMBERS_FILE cannot be used: {error}."
        raise SettingsError(message) from error
    dialled = {
        written: service["call"]
        for service in services.values()
        for written in WRITTEN_NUMBER.findall(service["name"])
    }
    emergency = WRITTEN_NUMBER.findall(services["emergency"]["name"])
    first = emergency[0] if emergency else services["emergency"]["call"]
    return PhoneBook(first, {first: services["emergency"]["call"], **dialled})
