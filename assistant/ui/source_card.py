"""A source as a reader sees it: the quote in its passage, whose it is, when, and where to go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

from index.citations import quote_checksum
from prompts.dates import write_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.answer import CitedReference, Source
    from index.records import Reference
    from prompts.texts import Texts

CHECKS_WORTH_SHOWING = frozenset({"verified", "mismatch", "not_found", "retracted"})

RESERVED_DOMAINS = frozenset({"example", "invalid", "test"})


@dataclass(frozen=True, slots=True)
class ReferenceCard:
    """An entry of the article's reference list with the places where the work can be read."""

    number: int
    text: str
    links: tuple[tuple[str, str], ...]
    check: str | None
    warning: bool


@dataclass(frozen=True, slots=True)
class PassageLine:
    """A line of a passage; `quote` is empty but for the line that holds it."""

    before: str = ""
    quote: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class SourceCard:
    """What the sources panel shows of one source.

    Attributes:
        key: names the card on the page: the source's number, or `r1` for related reading.
        passage: the lines around the quote, one of which holds it.
        byline: publisher and date in one line.
        web_link: the article's own address at the quote, where it has one.
        link: address that opens the article at the quote: its own, or its page in the library.
        language: name of the article's language, where the page is in another one.
    """

    key: str
    article_id: str
    number: int | None
    title: str
    publisher: str | None
    author: str | None
    published: str | None
    modified: str | None
    section: tuple[str, ...]
    quote: str
    start: int
    end: int
    passage: tuple[PassageLine, ...]
    byline: str
    web_link: str | None
    link: str
    evidence: str | None
    commercial: bool
    language: str | None
    article_language: str
    references: tuple[ReferenceCard, ...]


def make_source_card(source: Source, key: str, texts: Texts) -> SourceCard:
    """The card of `source` in the words of `texts`."""
    published = write_date(source.published, texts) if source.published else None
    byline = " · ".join(part for part in (source.publisher, published) if part)
    evidence = source.evidence
    web_link = web_address(source.link) or web_address(source.url)
    foreign = source.language != texts.language
    return SourceCard(
        key=key,
        article_id=source.article_id,
        number=source.n,
        title=source.title,
        publisher=source.publisher,
        author=source.author,
        published=published,
        modified=write_date(source.modified, texts) if source.modified else None,
        section=(
            *source.section,
            *([texts.fill("sources.page", page=str(source.page))] if source.page else []),
        ),
        quote=source.quote,
        start=source.start,
        end=source.end,
        passage=split_passage(source),
        byline=byline,
        web_link=web_link,
        link=web_link or article_address(source),
        evidence=texts.get(f"evidence.{evidence}", evidence) if evidence else None,
        commercial=source.commercial,
        language=texts.get(f"languages.{source.language}", source.language) if foreign else None,
        article_language=source.language,
        references=tuple(make_reference_card(entry, texts) for entry in source.references),
    )


def make_reference_card(reference: CitedReference | Reference, texts: Texts) -> ReferenceCard:
    """The card of one reference."""
    shown = reference.check in CHECKS_WORTH_SHOWING
    return ReferenceCard(
        number=reference.number,
        text=reference.text,
        links=reference_links(reference, texts),
        check=texts[f"sources.check_{reference.check}"] if shown else None,
        warning=shown and reference.check != "verified",
    )


def reference_links(
    reference: CitedReference | Reference, texts: Texts
) -> tuple[tuple[str, str], ...]:
    """Name and address of every place where the work can be read; the plain one only if alone."""
    links: list[tuple[str, str]] = []
    if reference.pmid and reference.pmid.isdigit():
        links.append(
            (texts["sources.pubmed"], f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid}/")
        )
    if reference.doi:
        links.append((texts["sources.doi"], f"https://doi.org/{percent_encode(reference.doi)}"))
    plain = web_address(reference.url)
    if plain and not links:
        links.append((texts["sources.web"], plain))
    return tuple(links)


def split_passage(source: Source) -> tuple[PassageLine, ...]:
    """The passage line by line, with the quote marked in its place.

    The quote alone where it is not a slice of the passage, so that nothing wrong is ever marked.
    """
    start = source.start - source.passage_start
    end = start + len(source.quote)
    if start < 0 or source.passage[start:end] != source.quote:
        return (PassageLine(quote=source.quote),)
    *lines_before, before = source.passage[:start].split("\n")
    after, *lines_after = source.passage[end:].split("\n")
    return (
        *(PassageLine(before=line) for line in lines_before if line.strip()),
        PassageLine(before, source.quote, after),
        *(PassageLine(before=line) for line in lines_after if line.strip()),
    )


def group_by_article(cards: Iterable[SourceCard]) -> list[list[SourceCard]]:
    """The cards of each article together, articles in order of their first card."""
    groups: dict[str, list[SourceCard]] = {}
    for card in cards:
        groups.setdefault(card.article_id, []).append(card)
    return list(groups.values())


def web_address(url: str | None) -> str | None:
    """`url`, if a reader can be sent there: http or https, to a host that can exist.

    Hosts under `.example` and the like are reserved for samples (RFC 2606) and lead nowhere.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host = parts.hostname or ""
    reserved = host.rpartition(".")[2] in RESERVED_DOMAINS
    return url if parts.scheme in {"http", "https"} and host and not reserved else None


def article_address(source: Source) -> str:
    """Where the library itself shows the article of `source`, at the quote."""
    name = percent_encode(source.article_id, safe="")
    quote = quote_checksum(source.quote)
    return f"/articles/{name}?start={source.start}&end={source.end}&quote={quote}#quote"
