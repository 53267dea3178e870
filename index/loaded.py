"""What a source gives: bytes to read, or the word that they are as they were."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from index.readers import MAX_SOURCE_BYTES

Accept = Callable[[str], bool]
"""Whether an address or a path inside a source is wanted."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The bytes of a source, or of one of the things that it holds.

    Attributes:
        data: as stored or sent.
        source: the path or URL that people know it by.
        url: the address of a fetched page, redirects followed.
        content_type: as the server sent it.
        name: for the ids of articles without a URL: the path relative to the folder that was read.
        stamp: changes whenever the thing does, so that next time it need not be sent again.
    """

    data: bytes
    source: str
    url: str | None = None
    content_type: str | None = None
    name: str | None = None
    stamp: str | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A thing that is there and, going by its stamp, as it was."""

    source: str
    stamp: str


def anything(_address: str) -> bool:
    """Wants all that a source holds."""
    return True


@dataclass(frozen=True, slots=True)
class Request:
    """How a source is to be read.

    Attributes:
        limit_bytes: longest file or answer that is taken.
        seen: source of a thing → its stamp when it was last read.
        accept: which of the addresses or paths in the source are wanted.
        categories: of a WordPress site, the slugs of the categories whose posts are wanted.
        languages: of a WordPress site, further languages to ask for.
        thorough: whether lists are compared whole, where a count would do.
    """

    limit_bytes: int = MAX_SOURCE_BYTES
    seen: Mapping[str, str] = field(default_factory=dict)
    accept: Accept = anything
    categories: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    thorough: bool = False
