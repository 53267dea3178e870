"""Entries of a reference list → `Reference`: number, text, PMID, DOI, URL.

Identifiers are taken where the entry names them as such; nothing is guessed or looked up.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.records import Reference

if TYPE_CHECKING:
    from index.readers.inline import Run

_HEADING_WORDS = (
    r"reference list|references?|bibliography|works cited|literature(?: cited)?|sources?|"
    r"citations?|footnotes?|scientific references|further reading and references|"
    r"referencer|referenceliste|kilder|kildeliste|kildehenvisninger|litteratur|litteraturliste|"
    r"referenser|referenslista|källor|källförteckning|litteraturförteckning|"
    r"referanser|referanseliste|literatur|literaturverzeichnis|quellen"
)
_HEADING = re.compile(
    rf"^(?:\d+\.?\s+)?(?:{_HEADING_WORDS})(?:\s+(?:and|og|och|&|&amp;)\s+(?:{_HEADING_WORDS}))?"
    r"(?:\s*\([^)]*\))?\s*:?$",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"^\s*(?:\[(?P<a>\d{1,3})\]\s*:?|\((?P<b>\d{1,3})\)|(?P<c>\d{1,3})[.)](?!\d))\s*"
)
_PMID = re.compile(
    r"(?:PMID|Pub\s?Med(?:\s*-?\s*(?:ID|nr|no|number))?)\s*(?:\([^)]*\))?\s*[.:#]*\s*(\d{1,8})(?!\d|\.\d)",
    re.IGNORECASE,
)
_PMID_URL = re.compile(
    r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,8})(?!\d)"
)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>\]}|]+", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"\]]+", re.IGNORECASE)
_CUE = re.compile(r"^(?:PMID|Pub\s?Med(?:\s*ID)?)\s*:?\s*\d{1,8}\s*[:.–—-]\s+(?=\S)", re.IGNORECASE)
LOOKS_CITED = re.compile(r"\b(?:19|20)\d\d\b|\bet al\b|\bISBN\b|\bdoi\b", re.IGNORECASE)


def is_reference_heading(text: str) -> bool:
    """Whether a heading opens a list of references."""
    return bool(_HEADING.match(text.strip()))


def is_reference_entry(text: str, links: tuple[str, ...] = ()) -> bool:
    """Whether a paragraph below such a heading reads like an entry and not like prose."""
    return bool(
        split_number(text)[0]
        or LOOKS_CITED.search(text)
        or _PMID.search(text)
        or _URL.search(text)
        or any("pubmed" in href or "doi.org" in href for href in links)
    )


def split_number(text: str) -> tuple[int | None, str]:
    """`[3] Furness JB.` → (3, `Furness JB.`); (None, text) where the entry has no number."""
    match = _NUMBER.match(text)
    if not match:
        return None, text
    return int(match["a"] or match["b"] or match["c"]), text[match.end() :]


def parse_reference(run: Run, number: int) -> Reference:
    """What an entry says of the work that it names.

    Args:
        run: the entry's text and links, its number cut off.
        number: the number that the article's markers call it by.
    """
    hrefs = [link.href for link in run.links if link.href.lower().startswith(("http:", "https:"))]
    everything = " ".join([run.text, *hrefs])
    pmid = _PMID_URL.search(everything) or _PMID.search(run.text)
    doi = _DOI.search(everything)
    urls = hrefs + [trim(url) for url in _URL.findall(run.text)]
    text = _CUE.sub("", run.text) or run.text
    return Reference(
        number=number,
        text=text,
        pmid=pmid[1].lstrip("0") or None if pmid else None,
        doi=trim(doi[0]) if doi else None,
        url=urls[0] if urls else None,
    )


def trim(identifier: str) -> str:
    """An identifier or URL without the punctuation of the sentence that it ends."""
    previous = None
    while identifier != previous:
        previous = identifier
        identifier = identifier.rstrip(".,;:'’”")
        if identifier.endswith(")") and identifier.count(")") > identifier.count("("):
            identifier = identifier[:-1]
    return identifier
