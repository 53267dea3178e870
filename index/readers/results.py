"""What reading a source gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.records import Article


@dataclass(frozen=True, slots=True)
class Problem:
    """A source, or a part of one, that was not taken, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The articles of a source and what in it was left out."""

    articles: tuple[Article, ...] = ()
    problems: tuple[Problem, ...] = ()
