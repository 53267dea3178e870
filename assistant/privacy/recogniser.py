"""The one shape that every recogniser has: text → candidates, pure and in any order."""

from collections.abc import Iterator
from typing import Protocol

from assistant.privacy.records import Candidate


class Recogniser(Protocol):
    """Finds identifiers of one family of kinds in a flattened message."""

    def __call__(self, text: str) -> Iterator[Candidate]:
        """Yields candidates; their offsets are offsets into `text`."""
        ...
