"""One source → its articles now, those that are as they were taken from the library."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from index.loaded import Loaded, Request, Unchanged
from index.readers import Problem
from index.reading import covers, read_loaded
from index.sources import load
from index.sync.report import SourceReport
from index.sync.state import Item, SourceState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from index.reading import Reading
    from index.records import Article
    from index.settings import Settings
    from index.sync.plan import PlannedSource

MAX_LOSS = 1 / 3
"""Share of a source's articles that may go in one sync without anybody being asked."""

_COMPARED_EVERY = timedelta(days=1)


@dataclass(slots=True)
class Visit:
    """A visit to one source as it goes on.

    Attributes:
        source: what the plan says of it.
        before: what was known of it.
        library: the articles in the library, by id.
        reading: the articles of the whole sync.
        items: what is known of it now.
        problems: what went wrong.
        left_out: what gives no article.
        is_unread: whether the source itself could not be read.
        is_refused: whether it lost more than goes without asking.
    """

    source: PlannedSource
    before: SourceState
    library: Mapping[str, Article]
    reading: Reading
    items: dict[str, Item] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)
    fetched: int = 0
    unchanged: int = 0
    is_unread: bool = False
    is_refused: bool = False

    def run(self, settings: Settings, tell: Callable[[], None]) -> None:
        """Reads what the source holds; what fails keeps its articles."""
        request = Request(
            limit_bytes=settings.max_source_bytes,
            seen={key: item.stamp for key, item in self._usable().items() if item.stamp},
            accept=self.source.accepts,
            categories=self.source.categories,
            languages=self.source.languages,
            thorough=self.is_compared,
        )
        private = settings.allow_private_addresses
        for found in load(self.source.address, request, allow_private=private):
            if isinstance(found, Problem):
                self._note(found)
            elif isinstance(found, Unchanged):
                self._keep(
                    found.source, replace(self.before.items[found.source], stamp=found.stamp)
                )
            else:
                self._read(found, settings.max_source_bytes)
            tell()
        self._keep_failed()

    @property
    def orphans(self) -> frozenset[str]:
        """Items left out as a repetition of an article that has gone since."""
        articles = self.reading.articles
        return frozenset(
            key for key, item in self.items.items() if item.same_as and item.same_as not in articles
        )

    @property
    def is_compared(self) -> bool:
        """Whether it is time to compare lists whole."""
        last = self.before.compared
        return not last or datetime.fromisoformat(last) + _COMPARED_EVERY < datetime.now(UTC)

    @property
    def lost(self) -> tuple[str, ...]:
        """Ids of articles in the library that came from this source and are nowhere now."""
        held = self.before.articles & self.library.keys()
        return tuple(sorted(held - self.reading.articles.keys()))

    def state(self, now: str) -> SourceState:
        """What to remember of the source."""
        whole = self.is_compared and not self.problems
        return SourceState(
            self.items, rules_of(self.source), now if whole else self.before.compared
        )

    def report(self) -> SourceReport:
        """What became of it."""
        return SourceReport(
            name=self.source.title,
            articles=len({key for item in self.items.values() for key in item.articles}),
            fetched=self.fetched,
            unchanged=self.unchanged,
            lost=self.lost,
            problems=tuple(self.problems),
            left_out=tuple(self.left_out),
            failed=self.is_refused or self.is_unread,
            passing=self.is_unread,
        )

    def _usable(self) -> dict[str, Item]:
        """Items that need not be sent again: by the same rules, and what they gave is there."""
        if self.before.rules != rules_of(self.source):
            return {}
        return {
            key: item
            for key, item in self.before.items.items()
            if all(article in self.library for article in item.articles)
            and (item.same_as is None or item.same_as in self.library)
        }

    def _read(self, loaded: Loaded, limit_bytes: int) -> None:
        """Takes the articles of what was sent, unless it is the same as before."""
        checksum = hashlib.sha256(loaded.data).hexdigest()
        known = self._usable().get(loaded.source)
        if known is not None and known.checksum == checksum:
            self._keep(loaded.source, replace(known, stamp=loaded.stamp or ""))
            return
        self.fetched += 1
        result = read_loaded(loaded, limit_bytes)
        item = Item(stamp=loaded.stamp or "", checksum=checksum)
        for problem in result.problems:
            held = self._articles_at(problem.source, loaded.source) if problem.failed else ()
            if held:
                self._note(problem)
                for article_id in held:
                    self._retain(article_id)
                # Without stamp and checksum, so that it is asked for again next time.
                item = Item(articles=(*item.articles, *held))
            else:
                item = replace(item, reason=problem.reason)
                self.left_out.append(replace(problem, failed=False))
        for article in result.articles:
            item = self._take(article, item)
        self.items[loaded.source] = item

    def _articles_at(self, place: str, key: str) -> tuple[str, ...]:
        """Ids of the library's articles that an item gave and that came from one place in it."""
        ids = self.before.items.get(key, Item()).articles
        return tuple(i for i in ids if i in self.library and self.library[i].source == place)

    def _take(self, article: Article, item: Item) -> Item:
        """Adds an article in the words of the plan; what is known of its item then."""
        languages = self.source.languages
        if languages and article.language not in languages:
            reason = f"is in another language ({article.language}) than this source's"
            self.left_out.append(Problem(article.source, reason, failed=False))
            return replace(item, reason=reason)
        if self.source.publisher:
            article = replace(article, publisher=self.source.publisher)
        taken = self.reading.take(article)
        if taken is article:
            return replace(item, articles=(*item.articles, article.id))
        self.left_out.append(self.reading.problems.pop())
        return replace(item, same_as=taken.id)

    def _keep(self, key: str, item: Item) -> None:
        """Takes the articles of something that is as it was."""
        self.unchanged += 1
        for article_id in item.articles:
            self._retain(article_id)
        if item.reason:
            self.left_out.append(Problem(key, item.reason, failed=False))
        self.items[key] = item

    def _retain(self, article_id: str) -> None:
        """Keeps an article of the library as it is there."""
        article = self.library.get(article_id)
        if article is not None and article_id not in self.reading.articles:
            self.reading.keep(article)

    def _note(self, problem: Problem) -> None:
        (self.problems if problem.failed else self.left_out).append(problem)
        self.is_unread |= problem.failed and problem.source == self.source.address

    def _keep_failed(self) -> None:
        """Keeps what could not be read this time."""
        for key, item in self.before.items.items():
            failed = any(covers(problem.source, key) for problem in self.problems)
            if key not in self.items and failed:
                self._keep(key, item)

    def refuse_losses(self) -> None:
        """Keeps everything where more is missing than goes without asking."""
        lost, held = self.lost, self.before.articles & self.library.keys()
        if len(lost) <= MAX_LOSS * len(held):
            return
        for key, item in self.before.items.items():
            if key not in self.items and any(article in lost for article in item.articles):
                self._keep(key, item)
        for article_id in lost:
            self._retain(article_id)
        reason = (
            f"has lost {len(lost)} of its {len(held)} articles, which is more than a third; they "
            "were kept. If they are to go, run `python -m index sync --accept-losses`"
        )
        self.problems.append(Problem(self.source.address, reason))
        self.is_refused = True


def rules_of(source: PlannedSource) -> str:
    """Changes whenever what is wanted of a source does."""
    text = json.dumps(source.model_dump(mode="json"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
