"""PubMed's E-utilities: what a PubMed number names, and which number a title has.

Batched `esummary` and `esearch` in JSON, as the E-utilities' manual has them (NBK25499).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.errors import UnreadableSource
from index.evidence.wording import drop_authors
from index.lookups.records import Suggestion, Work
from index.lookups.verdicts import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.fetching import Fetcher
    from index.records import Reference

BATCH = 200
"""Numbers in one request; a GET with more is longer than some proxies let through."""
_CANDIDATES = 5
_ATTEMPTS = 4
_LEAST_WORDS = 3
_RETRACTED = "retracted publication"
_ENDS = re.compile(r"(?:(?<=[^\W\d_]{2})|(?<=[)\]”\"]))[.?!](?:\s+|$)|\s[–—]\s")
"""Between the parts of a reference; a single letter before a stop is an initial."""


@dataclass(frozen=True, slots=True)
class PubMed:
    """PubMed as this program asks it.

    Attributes:
        fetcher: asks, at the pace that PubMed allows.
        url: where the E-utilities answer.
        key: a key for them, if there is one.
        email: whom PubMed may write to.
        today: ISO date, noted beside what is found.
    """

    fetcher: Fetcher
    url: str
    key: str | None
    email: str | None
    today: str

    def look_up(self, pmids: Sequence[str]) -> dict[str, Work]:
        """Number → what it names, for up to `BATCH` numbers.

        Raises:
            UnreadableSource: PubMed does not answer, or not as its manual says.
        """
        rows = self._ask("esummary.fcgi", {"id": ",".join(pmids)}).get("result", {})
        return {pmid: read_summary(rows.get(pmid), self.today) for pmid in pmids}

    def suggest(self, reference: Reference) -> Suggestion:
        """The work that a reference names by its words; one without a number if none is found."""
        for title in list(guess_titles(reference.text))[:_ATTEMPTS]:
            parameters = {"term": title, "field": "title", "retmax": str(_CANDIDATES)}
            found = self._ask("esearch.fcgi", parameters).get("esearchresult", {})
            ids = [str(one) for one in found.get("idlist", []) if str(one) != reference.pmid]
            for pmid, work in self.look_up(ids).items() if ids else ():
                if names(reference, work):
                    return Suggestion(pmid, work.title, self.today)
        return Suggestion(None, "", self.today)

    def _ask(self, tool: str, parameters: dict[str, str]) -> dict[str, Any]:
        given = {"api_key": self.key, "email": self.email, "tool": "gutbrain"}
        sent = {"db": "pubmed", "retmode": "json", **parameters}
        sent |= {name: value for name, value in given.items() if value}
        # The address holds the key: what the fetcher says of it is not told on.
        try:
            reply = self.fetcher.get(self.url.rstrip("/") + "/" + tool, sent)
        except UnreadableSource:
            message = f"PubMed ({self.url}) does not answer; check the network, or try later"
            raise UnreadableSource(message) from None
        record = _read_answer(reply.body)
        if record is None:
            message = f"PubMed ({self.url}) answers something else than its manual says; try later"
            raise UnreadableSource(message)
        return record


def _read_answer(body: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(body)
    except ValueError:
        return None
    return record if isinstance(record, dict) and not record.get("error") else None


def read_summary(row: Any, today: str) -> Work:
    """A work from its row of `esummary`; rows of unknown numbers hold an error or are missing."""
    if not isinstance(row, dict) or "error" in row or not row.get("title"):
        return Work(found=False, checked=today)
    types = tuple(str(one) for one in row.get("pubtype", []))
    notices = [one for one in row.get("references", []) if isinstance(one, dict)]
    kinds = {
        str(one.get("reftype", "")).casefold(): str(one.get("refsource", "")) for one in notices
    }
    retracted = _RETRACTED in {one.casefold() for one in types} or "retraction in" in kinds
    year = re.search(r"\d{4}", str(row.get("pubdate", "")))
    return Work(
        found=True,
        title=str(row["title"]).strip().rstrip("."),
        year=year[0] if year else None,
        source=str(row.get("source", "")),
        types=types,
        retracted=retracted,
        erratum=kinds.get("erratum in"),
        checked=today,
    )


def guess_titles(text: str) -> Iterator[str]:
    """The parts of a reference that may be its title, the longest first, each also to its colon."""
    parts = _ENDS.split(drop_authors(text))
    for part in sorted(parts, key=lambda part: -len(part.split())):
        for title in dict.fromkeys((part, part.split(":")[0])):
            words = re.findall(r"[^\W_]+", title)
            if len(words) >= _LEAST_WORDS:
                yield " ".join(words)
