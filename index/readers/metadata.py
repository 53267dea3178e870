"""What a source says about its article, beside the article itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Metadata:
    """Title, origin and dates as a reader found them; None where the source does not say.

    Attributes:
        name: what the article's id is made of where it has no URL.
        language: as declared; the text itself may overrule it.
        declared_path: a path that the text says it comes from (`/en/blog/x/`).
        flags: what the reader wants known.
        translations: addresses of the same article in other languages.
    """

    source: str
    name: str
    format: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    credentials: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    declared_path: str | None = None
    flags: tuple[str, ...] = ()
    translations: tuple[str, ...] = ()
