"""What reading a source gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.records import Article


@dataclass(frozen=True, slots=True)
class Problem:
    """A source, or a part of one, that was not taken, and why.

    Attributes:
        source: the path or URL; a post of a list is `list (post's URL)`.
        reason: what is wrong and what to do, without the source's name.
        failed: False where the source was read well and itself says that it is not to be shown,
            as a draft does: what was taken from it earlier has to go.
    """

    source: str
    reason: str
    failed: bool = True


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The articles of a source and what in it was left out."""

    articles: tuple[Article, ...] = ()
    problems: tuple[Problem, ...] = ()
