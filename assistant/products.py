"""Which products articles link to, and who publishes them: told by the links, never by likeness."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.composition import Piece, Statements, compose
from assistant.function_words import content_stems
from assistant.provenance import MAX_ARTICLES, Provenance, find_byline
from index.keyword import stem_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.composition import Composition
    from index.entry import Entry
    from index.records import Sentence
    from prompts.texts import Texts

_ASKING_STEMS = frozenset(
    stem_words(
        "product products brand brands sell sells sold selling sale shop store buy available offer"
        " advertise advertised advertisement promote promoted sponsor sponsored link linked name"
        " named mention mentioned list listed recommend recommended article articles page site"
        " website clinic company supplement supplements"
    )
)
_LINE = re.compile(
    r"^(?P<product>.{3,90}?\b\d+\s?(?i:\w+\s)?(?i:capsules?|tablets?|softgels?|sachets?|ml|g|kg|mg|st|"
    r"pcs|kapsler|kapslar|tabletter|breve|portioner|stk)\b\.?)\s+[–—-]\s+"
    r"(?P<maker>[^\W\d_a-zà-ÿ][^–—:]{1,50})$"
)
"""A product with its size and its maker, as shops write it."""


def answer_about_products(
    question: str, entries: Sequence[Entry], replies: Texts
) -> Provenance | None:
    """The sentences in which articles link to what is for sale; None where none does.

    Args:
        question: as understood; where it names anything beside products, only such are listed.
        entries: the articles that may be meant, the likeliest first.
        replies: in the reader's language.
    """
    wanted = set(content_stems(question)) - _ASKING_STEMS
    found = [(entry, _find_offers(entry, wanted)) for entry in entries]
    selling = [(entry, offers) for entry, offers in found if offers][:MAX_ARTICLES]
    return Provenance(_list_offers(selling, replies)) if selling else None


def find_makers(thing: Sequence[str], entries: Sequence[Entry]) -> Provenance | None:
    """The lines "NAME, 30 capsules – MAKER" of a product; None where no such line is of it.

    Args:
        thing: the words that say which product.
        entries: of the library.
    """
    wanted = {stem for word in thing for stem in stem_words(word)}
    lines = [
        Piece(entry, sentence, "item")
        for entry in entries
        for sentence in entry.sentences
        if (line := _LINE.match(entry.quote(sentence)))
        and wanted
        and wanted <= set(stem_words(line["product"]))
    ]
    return Provenance(compose(lines[:MAX_ARTICLES])) if lines else None


def _find_offers(entry: Entry, wanted: set[str]) -> list[Sentence]:
    """An article's sentences with links to products, those that hold all that is wanted."""
    links = [link for link in entry.article.links if link.commercial]
    offers = [
        s
        for s in entry.sentences
        if any(s.start < link.end and link.start < s.end for link in links)
    ]
    return [s for s in offers if wanted <= _stems_around(entry, s)]


def _stems_around(entry: Entry, sentence: Sentence) -> set[str]:
    """The stems of a sentence, its headings and its article's title and publisher."""
    article = entry.article
    section = article.blocks[sentence.block].section
    words = [entry.quote(sentence), *section, article.title, article.publisher or ""]
    return set(stem_words(" ".join(words)))


def _list_offers(selling: Sequence[tuple[Entry, list[Sentence]]], replies: Texts) -> Composition:
    """Each article by name with its publisher, as title and byline say them, and its links.

    That the products are for sale is said beside it, once (`notice.products`).
    """
    told = Statements()
    paragraphs: list[str] = []
    for entry, offers in selling:
        article, byline = entry.article, find_byline(entry, "publisher")
        if byline is not None and article.publisher:
            known = {"title": article.title, "publisher": article.publisher}
            lead = told.say_of(entry, replies.fill("provenance.products_by", **known), byline)
        else:
            lead = told.say(replies.fill("provenance.products", title=article.title), entry)
        lines = [lead]
        lines += [f"- {told.say(entry.quote(sentence), entry, sentence)}" for sentence in offers]
        paragraphs.append("\n".join(lines))
    return told.set("\n\n".join(paragraphs))
