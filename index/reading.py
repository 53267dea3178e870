"""Sources → articles: reads what a build was given, each article once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import NotAnArticle, SourceError
from index.loaded import Loaded, Request
from index.near_duplicates import Duplicates
from index.progress import silent
from index.readers import Problem, ReadResult, read
from index.sources import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.progress import OnProgress
    from index.records import Article
    from index.settings import Settings

SHOWN_PROBLEMS = 3


@dataclass(slots=True)
class Reading:
    """Articles by id as they are read, with what could not be taken and why."""

    articles: dict[str, Article] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _by_text: dict[str, Article] = field(default_factory=dict)
    _duplicates: Duplicates = field(default_factory=Duplicates)

    def take(self, article: Article) -> Article:
        """Adds an article unless the same one is there already; gives back the one that is."""
        other = self.articles.get(article.id) or self._by_text.get(article.text)
        other = other or self._duplicates.find(article)
        if other:
            reason = f"is the same article as {other.source}, which was taken"
            self.problems.append(Problem(article.source, reason, failed=False))
            return other
        self.articles[article.id] = article
        self._by_text[article.text] = article
        self._duplicates.add(article)
        return article

    def keep(self, article: Article) -> None:
        """Adds an article of the library that is as it was."""
        self.articles[article.id] = article
        self._by_text[article.text] = article
        self._duplicates.add(article)

    def keeps(self, article: Article) -> bool:
        """Whether an article that was not read again stays, since its source failed."""
        return any(
            problem.failed and covers(problem.source, article.source) for problem in self.problems
        )


def read_sources(
    settings: Settings, sources: Sequence[str], on_progress: OnProgress = silent
) -> Reading:
    """Reads every article of every source; what cannot be read is reported, not raised.

    Raises:
        NotAnArticle: if no source gave an article.
    """
    reading = Reading()
    request = Request(limit_bytes=settings.max_source_bytes)
    for source in sources:
        for found in load(source, request, allow_private=settings.allow_private_addresses):
            if isinstance(found, Problem):
                reading.problems.append(found)
            elif isinstance(found, Loaded):
                _take_all(reading, read_loaded(found, settings.max_source_bytes))
                on_progress("Reading", len(reading.articles), 0)
    if not reading.articles:
        raise NotAnArticle(_explain(reading.problems))
    return reading


def _take_all(reading: Reading, result: ReadResult) -> None:
    reading.problems.extend(result.problems)
    for article in result.articles:
        reading.take(article)


def read_loaded(loaded: Loaded, limit_bytes: int) -> ReadResult:
    """The articles in what a source gave; what cannot be read is a problem, never raised."""
    try:
        return read(
            loaded.data,
            source=loaded.source,
            content_type=loaded.content_type,
            url=loaded.url,
            name=loaded.name,
            limit_bytes=limit_bytes,
        )
    except SourceError as error:
        reason = str(error).removeprefix(f"{loaded.source}: ")
        return ReadResult(problems=(Problem(loaded.source, reason),))


def covers(failed: str, source: str) -> bool:
    """Whether a source that failed is, or holds, the one that an article came from."""
    failed, source = _complete(failed), _complete(source)
    # A post of a list is known as `list (address of the post)`.
    return source == failed or source.startswith((f"{failed}/", f"{failed} (", f"{failed}/ ("))


def _complete(source: str) -> str:
    """A source as it is found from any folder: a URL, or a path from the root."""
    is_url = "://" in source.split(" (", 1)[0]
    return (source if is_url else str(Path.cwd() / source)).rstrip("/")


def _explain(problems: Sequence[Problem]) -> str:
    """Why no source gave an article, in one line."""
    reasons = [f"{problem.source}: {problem.reason}" for problem in problems[:SHOWN_PROBLEMS]]
    if len(problems) > SHOWN_PROBLEMS:
        reasons.append(f"and {len(problems) - SHOWN_PROBLEMS} more")
    return f"No article was found, nothing was changed. {'; '.join(reasons)}"
