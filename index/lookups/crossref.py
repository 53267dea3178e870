"""Crossref's REST API: what a DOI names, and whether the work was retracted or corrected."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote as percent_encode

from index.errors import UnreadableSource
from index.lookups.records import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.fetching import Fetcher

BATCH = 40
_NOT_FOUND = 404
_CORRECTIONS = frozenset({"correction", "corrigendum", "erratum"})
_RETRACTIONS = frozenset({"retraction", "withdrawal", "removal"})


@dataclass(frozen=True, slots=True)
class Crossref:
    """Crossref as this program asks it.

    Attributes:
        fetcher: asks, at a polite pace.
        url: where the API answers.
        email: whom Crossref may write to; it serves those who say so first.
        today: ISO date, noted beside what is found.
    """

    fetcher: Fetcher
    url: str
    email: str | None
    today: str

    def look_up(self, dois: Sequence[str]) -> dict[str, Work]:
        """DOI → what it names, for up to `BATCH` DOIs in lower case.

        Raises:
            UnreadableSource: Crossref does not answer, or not as its manual says.
        """
        plain = [doi for doi in dois if "," not in doi]  # a comma ends a filter's value
        found: dict[str, Any] = {}
        if plain:
            wanted = ",".join(f"doi:{doi}" for doi in plain)
            message = self._ask("works", {"filter": wanted, "rows": str(len(plain))})
            items = message.get("items", []) if message else []
            found = {str(item.get("DOI", "")).lower(): item for item in items}
        for doi in dois:
            if "," in doi:
                found[doi] = self._ask(f"works/{percent_encode(doi, safe='')}", {})
        return {doi: read_work(found.get(doi), self.today) for doi in dois}

    def _ask(self, path: str, parameters: dict[str, str]) -> Any:
        """The message of an answer; None where the work is not known."""
        sent = {**parameters, **({"mailto": self.email} if self.email else {})}
        # The address names forty works: what the fetcher says of it is not for people.
        try:
            reply = self.fetcher.ask(f"{self.url.rstrip('/')}/{path}", sent)
        except UnreadableSource:
            message = f"Crossref ({self.url}) does not answer; check the network, or try later"
            raise UnreadableSource(message) from None
        if reply.status == _NOT_FOUND and path != "works":
            return None
        told = _read_message(reply.body) if reply.status < 400 else None
        if told is None:
            raise UnreadableSource(
                f"Crossref ({self.url}) answers {reply.status}, or something else than its manual "
                "says; try later"
            )
        return told


def _read_message(body: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(body)
    except ValueError:
        return None
    message = record.get("message") if isinstance(record, dict) else None
    return message if isinstance(message, dict) else None


def read_work(item: Any, today: str) -> Work:
    """A work from its item; nothing stands for a DOI that Crossref does not know."""
    if not isinstance(item, dict):
        return Work(found=False, checked=today)
    titles = item.get("title") or [""]
    subtitles = item.get("subtitle") or []
    title = ": ".join([str(titles[0]), *map(str, subtitles[:1])])
    updates = {
        str(one.get("type", "")).casefold(): str(one.get("DOI", ""))
        for one in item.get("updated-by") or []
        if isinstance(one, dict)
    }
    marked = title.casefold().startswith(("retracted", "withdrawn"))
    dates = (item.get("issued") or {}).get("date-parts") or [[None]]
    year = dates[0][0] if dates[0] else None
    journals = item.get("container-title") or [""]
    return Work(
        found=True,
        title=title,
        year=str(year) if year else None,
        source=str(journals[0]),
        retracted=marked or bool(_RETRACTIONS & set(updates)),
        erratum=next(
            (f"https://doi.org/{updates[one]}" for one in sorted(_CORRECTIONS & set(updates))), None
        ),
        checked=today,
    )
