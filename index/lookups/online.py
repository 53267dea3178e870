"""Looks up the references and links of a library, each once, and keeps what was said."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from index.errors import UnreadableSource
from index.fetching import Fetcher
from index.lookups import crossref, pubmed
from index.lookups.crossref import Crossref
from index.lookups.links import NO_SUCH_SERVER, find_status, is_known
from index.lookups.notebook import read_notebook, write_notebook
from index.lookups.pubmed import PubMed
from index.lookups.records import Lookups, work_keys
from index.lookups.verdicts import judge
from index.progress import silent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.entry import Entry
    from index.lookups.records import Suggestion, Work
    from index.progress import OnProgress
    from index.records import Reference
    from index.settings import Settings

_ANSWER_BYTES = 20_000_000
_PAGE_BYTES = 2_000_000
_PUBMED_SECONDS = 0.34
_PUBMED_SECONDS_WITH_KEY = 0.1
_CROSSREF_SECONDS = 0.2
_LINK_TRIES = 2


@dataclass(slots=True)
class Search:
    """Look-ups as they grow.

    Attributes:
        problems: services that could not be asked, and why.
    """

    settings: Settings
    today: date
    works: dict[str, Work] = field(default_factory=dict)
    suggestions: dict[str, Suggestion] = field(default_factory=dict)
    links: dict[str, tuple[int, str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def lookups(self) -> Lookups:
        """What is known by now."""
        return Lookups(self.works, self.suggestions, self.links)

    def is_old(self, checked: str) -> bool:
        """Whether something that was looked up on a day is to be looked up again."""
        return checked < (self.today - timedelta(days=self.settings.lookup_days)).isoformat()


def look_up_library(
    settings: Settings, entries: Sequence[Entry], on_progress: OnProgress = silent
) -> tuple[Lookups, tuple[str, ...]]:
    """Asks PubMed, Crossref and the linked servers about what is not known or known too long.

    Gives all look-ups and, for each service that could not be asked, why. What was learnt before a
    service failed is kept.

    Raises:
        HomeError: if the home's notebook cannot be read or written.
    """
    known = read_notebook(settings.home)
    search = Search(settings, datetime.now(UTC).date())
    search.works |= known.works
    search.suggestions |= known.suggestions
    search.links |= known.links
    references = [r for entry in entries for r in entry.article.references]
    _ask_about_works(search, references, on_progress)
    write_notebook(settings.home, search.lookups)
    _ask_about_links(search, entries, on_progress)
    write_notebook(settings.home, search.lookups)
    return search.lookups, tuple(search.problems)


def _ask_about_works(
    search: Search, references: Sequence[Reference], on_progress: OnProgress
) -> None:
    settings, today = search.settings, search.today.isoformat()
    pace = _PUBMED_SECONDS_WITH_KEY if settings.pubmed_key else _PUBMED_SECONDS
    # Who set these addresses meant them, wherever they lie.
    with (
        Fetcher(_ANSWER_BYTES, allow_private=True, polite_seconds=pace) as slow,
        Fetcher(_ANSWER_BYTES, allow_private=True, polite_seconds=_CROSSREF_SECONDS) as quick,
    ):
        service = PubMed(
            slow, str(settings.pubmed_url), settings.pubmed_key, settings.contact_email, today
        )
        agency = Crossref(quick, str(settings.crossref_url), settings.contact_email, today)
        wanted = _find_wanted(search, references)
        pmids = [key.removeprefix("pmid:") for key in wanted if key.startswith("pmid:")]
        dois = [key.removeprefix("doi:") for key in wanted if key.startswith("doi:")]
        try:
            for batch in _batches(pmids, pubmed.BATCH, "PubMed", on_progress):
                search.works |= {f"pmid:{k}": v for k, v in service.look_up(batch).items()}
        except UnreadableSource as error:
            search.problems.append(str(error))
        try:
            for batch in _batches(dois, crossref.BATCH, "Crossref", on_progress):
                search.works |= {f"doi:{k}": v for k, v in agency.look_up(batch).items()}
        except UnreadableSource as error:
            search.problems.append(str(error))
        if not search.problems:
            _ask_for_suggestions(search, references, service, on_progress)


def _ask_for_suggestions(
    search: Search, references: Sequence[Reference], service: PubMed, on_progress: OnProgress
) -> None:
    """Looks for the works whose identifiers are wrong by their words."""
    lost = {
        reference.text: reference
        for reference in references
        if judge(reference, search.lookups) in {"mismatch", "not_found"}
        and _is_due(search, reference)
    }
    try:
        for [text] in _batches(list(lost), 1, "Titles", on_progress):
            search.suggestions[text] = service.suggest(lost[text])
    except UnreadableSource as error:
        search.problems.append(str(error))


def _is_due(search: Search, reference: Reference) -> bool:
    known = search.suggestions.get(reference.text)
    return known is None or search.is_old(known.checked)


def _ask_about_links(search: Search, entries: Iterable[Entry], on_progress: OnProgress) -> None:
    today = search.today.isoformat()
    urls = {url for entry in entries for url in _find_urls(entry)}
    due = sorted(
        url for url in urls if url not in search.links or search.is_old(search.links[url][1])
    )
    allow_private = search.settings.allow_private_addresses
    # Without a network no name is known, and every link would count as dead.
    has_names = is_known(str(search.settings.pubmed_url))
    with Fetcher(_PAGE_BYTES, allow_private=allow_private, tries=_LINK_TRIES) as fetcher:
        for [url] in _batches(due, 1, "Links", on_progress):
            status = find_status(fetcher, url)
            if status is not None and (has_names or status != NO_SUCH_SERVER):
                search.links[url] = (status, today)


def _find_urls(entry: Entry) -> Iterator[str]:
    article = entry.article
    for url in [*(link.url for link in article.links), *(r.url for r in article.references)]:
        if url and url.startswith(("http://", "https://")) and not _is_identifier(url):
            yield url.split("#", 1)[0]


def _is_identifier(url: str) -> bool:
    """Whether a link is a PubMed number or a DOI, which are looked up as such."""
    return bool(re.match(r"https?://(?:[\w-]+\.)*(?:ncbi\.nlm\.nih\.gov|doi\.org)/", url))


def _find_wanted(search: Search, references: Iterable[Reference]) -> list[str]:
    keys = dict.fromkeys(key for reference in references for key in work_keys(reference))
    return [
        key for key in keys if key not in search.works or search.is_old(search.works[key].checked)
    ]


def _batches(
    items: Sequence[str], size: int, stage: str, on_progress: OnProgress
) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
        on_progress(stage, min(start + size, len(items)), len(items))
