"""Sentences of the library → sources that a reader can open and judge."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote as percent_encode

from assistant.answer import CitedReference, Source
from index.evidence import classify_claim, classify_reference, strongest

if TYPE_CHECKING:
    from index.entry import Entry
    from index.records import Article, Passage, Reference, Sentence

FRAGMENT_WORDS = 6
"""Words at each end of a long quote that find it in the page; more break on small differences."""


def cite(entry: Entry, sentence: Sentence, n: int | None = None) -> Source:
    """A sentence as a source, numbered `n`, or unnumbered as related reading."""
    article = entry.article
    quote = entry.quote(sentence)
    passage = _passage_around(entry, sentence)
    block = article.blocks[sentence.block]
    start, end = (passage.start, passage.end) if passage else (block.start, block.end)
    start -= _length_of_head(article, start)
    return Source(
        n=n,
        article_id=article.id,
        title=article.title,
        url=article.url,
        publisher=article.publisher,
        author=article.author,
        published=article.published,
        modified=article.modified,
        section=block.section,
        quote=quote,
        start=sentence.start,
        end=sentence.end,
        passage=article.text[start:end],
        passage_start=start,
        link=link_to_quote(article.url, quote) if article.url else None,
        references=tuple(_cited(entry, number) for number in _known(entry, sentence)),
        evidence=find_evidence(entry, sentence),
        commercial=article.commercial,
        language=article.language,
        page=block.page,
    )


def link_to_quote(url: str, quote: str) -> str:
    """A URL that opens a page at a quote (text fragment, WICG Scroll To Text Fragment)."""
    words = quote.replace(" | ", " ").split()
    if len(words) <= 2 * FRAGMENT_WORDS:
        return f"{url}#:~:text={_encode(' '.join(words))}"
    first, last = words[:FRAGMENT_WORDS], words[-FRAGMENT_WORDS:]
    return f"{url}#:~:text={_encode(' '.join(first))},{_encode(' '.join(last))}"


def reference_url(reference: Reference) -> str | None:
    """Where a reference can be read: PubMed, the DOI, or the URL that the article gives."""
    if reference.pmid:
        return f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid}/"
    if reference.doi:
        return f"https://doi.org/{percent_encode(reference.doi, safe='/:;()')}"
    return reference.url


def find_evidence(entry: Entry, sentence: Sentence) -> str | None:
    """The strongest kind of study that a sentence's references are, else the kind that it names.

    What a sentence says of animals stays animal work, even behind a review that covers more.
    """
    said = classify_claim(entry.quote(sentence))
    if said == "animal":
        return said
    behind = strongest(_cited(entry, number).evidence for number in _known(entry, sentence))
    return behind or said


def _length_of_head(article: Article, start: int) -> int:
    """How long the line of column names is that stands right above; 0 where none does."""
    block = next((block for block in article.blocks if block.start == start), None)
    head = f"{' | '.join(block.header)}\n" if block is not None and any(block.header) else ""
    return len(head) if article.text.endswith(head, 0, start) else 0


def _encode(text: str) -> str:
    # A dash has a meaning of its own in text fragments, and quote() leaves it alone.
    return percent_encode(text, safe="").replace("-", "%2D")


def _known(entry: Entry, sentence: Sentence) -> tuple[int, ...]:
    numbers = {reference.number for reference in entry.article.references}
    return tuple(number for number in sentence.references if number in numbers)


def _cited(entry: Entry, number: int) -> CitedReference:
    reference = next(r for r in entry.article.references if r.number == number)
    return CitedReference(
        number=reference.number,
        text=reference.text,
        pmid=reference.pmid,
        doi=reference.doi,
        url=reference_url(reference),
        check=reference.check,
        evidence=reference.evidence or classify_reference(reference.text),
    )


def _passage_around(entry: Entry, sentence: Sentence) -> Passage | None:
    for passage in entry.passages:
        if passage.start <= sentence.start and sentence.end <= passage.end:
            return passage
    return None
