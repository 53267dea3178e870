"""What a reader is not shown: hidden text, letters of other alphabets, an interest in selling."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.audit.findings import Basis, Hit
from index.audit.wordings import word
from index.keyword import stem_words
from index.look_alikes import find_mixed_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.entry import Entry
    from index.records import Link

_MAX_NAME_WORDS = 8


def find_hidden_text(entry: Entry, _: Basis) -> Iterator[Hit]:
    """Pages that hold text which people cannot see."""
    if "hidden-text" in entry.article.flags:
        yield Hit.on_article(word("hidden"))


def find_mixed_letters(entry: Entry, _: Basis) -> Iterator[Hit]:
    """Words whose letters come from two alphabets and look like one."""
    text = entry.article.text
    for start, end in find_mixed_words(text):
        yield Hit(start, end, word("mixed-letters", said=text[start:end]))


def find_commercial_interest(entry: Entry, _: Basis) -> Iterator[Hit]:
    """Articles that sell, told with what they both sell and write about."""
    article = entry.article
    if not article.commercial:
        return
    selling = [link for link in article.links if link.commercial]
    if not selling:
        yield Hit.on_article(word("asks-to-buy"))
        return
    praised = [link for link in selling if _is_written_about(entry, link)]
    first = (praised or selling)[0]
    host = urlsplit(first.url).hostname or first.url
    name = "sells-and-writes" if praised else "sells"
    yield Hit(first.start, first.end, word(name, count=len(selling), host=host))


def _is_written_about(entry: Entry, link: Link) -> bool:
    """Whether the words of a link stand in the article's text outside links, too."""
    article = entry.article
    words = article.text[link.start : link.end]
    names = {stem for stem in stem_words(words, (article.language,)) if len(stem) > 3}
    if not names or len(words.split()) > _MAX_NAME_WORDS:
        return False
    linked = [(one.start, one.end) for one in article.links]
    body = " ".join(
        entry.quote(sentence)
        for sentence in entry.sentences
        if not any(start < sentence.end and sentence.start < end for start, end in linked)
    )
    return bool(names & set(stem_words(body, (article.language,))))
