"""Terms that articles define, with the sentence that does.

A definition is a sentence of the form "X is a …" that opens a paragraph or stands below a heading
that names X (lexico-syntactic patterns: Hearst 1992). A short form is defined by its long form.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.glossary.abbreviations import find_definitions
from index.keyword import stem_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.entry import Entry
    from index.records import Sentence

_MAX_TERM_WORDS = 5
_MAX_LOOSE_TERM_WORDS = 4
_MAX_DEFINITION_WORDS = 45
_DEFINES = re.compile(
    r"^(?:(?:The )?(?:term|word) )?(?:(?:The|A|An|Den|Det|De|En|Ett|Et) )?[“\"']?"
    r"(?P<term>[^\W\d_][\w’' -]{1,60}?)[”\"']?(?: \((?P<aside>[^()]{2,60})\))? "
    r"(?:is|are|means|refers? to|describes?|is called|är|betyder|er|kaldes) "
    r"(?P<article>an?|the|one of|any|en|ett|et|den|det|de)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"^(?:this|that|these|those|it|its|they|there|here|what|which|who|one|another|other|some|most|"
    r"many|both|each|all|he|she|we|you|det|den|de|dette|detta|disse|dessa|her|här|hvad|vad|"
    r"every|any|no|if|when|as|but|and|so)\b",
    re.IGNORECASE,
)
_RANKS = re.compile(
    r"\bone of the (?:most|commonest|main)\b|\b(?:en|et|ett) av de (?:vanligaste|mest)\b|"
    r"\ben af de (?:hyppigste|mest)\b",
    re.IGNORECASE,
)
"""Where a sentence says how frequent or weighty something is, not what it is."""

_OPEN = frozenset({"a", "an", "any", "one of", "en", "ett", "et"})


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the library.

    Attributes:
        term: as articles write it; the long form where there is a short one.
        short: its short form, if the articles define one.
        definition: the sentence that says what it is, word for word; None where only the short
            form is explained.
        article_id: where it is defined: `text[start:end]` is the definition, or the short form's
            first explanation.
    """

    term: str
    short: str | None
    definition: str | None
    article_id: str
    start: int
    end: int
    language: str


def make_glossary(entries: Iterable[Entry]) -> tuple[Term, ...]:
    """The terms that articles define, by name; of several definitions the one nearest its topic."""
    found: dict[str, list[tuple[int, Term]]] = defaultdict(list)
    longs: dict[str, Term] = {}
    for entry in entries:
        for rank, term in _find_defined(entry):
            found[_key(term.term)].append((rank, term))
        for term in _find_short_forms(entry):
            longs.setdefault(_key(term.term), term)
    terms = {key: min(ranked, key=lambda pair: pair[0])[1] for key, ranked in found.items()}
    for key, short in longs.items():
        terms[key] = _join(terms.get(key), short)
    return tuple(sorted(terms.values(), key=lambda term: (term.term.casefold(), term.article_id)))


def explain_terms(glossary: Iterable[Term]) -> dict[str, str]:
    """Each defined term, as written within a sentence and at its start → its definition."""
    meanings: dict[str, str] = {}
    for term in glossary:
        if term.definition:
            within = _lower_word(term.term)
            for name in (within, within[0].upper() + within[1:]):
                meanings.setdefault(name, term.definition)
    return meanings


def _find_defined(entry: Entry) -> Iterator[tuple[int, Term]]:
    """Terms that sentences of an article define, with a rank: 0 where the article is about them."""
    article = entry.article
    previous = -1
    for sentence in entry.sentences:
        block = article.blocks[sentence.block]
        opens, previous = sentence.block != previous, sentence.block
        if block.kind not in {"paragraph", "list_item"}:
            continue
        quote = entry.quote(sentence)
        match = _DEFINES.match(quote)
        if match is None or not _is_definition(quote, match["term"]):
            continue
        is_topic = _names(article.title, match["term"], article.language)
        is_headed = any(_names(line, match["term"], article.language) for line in block.section)
        if is_topic or is_headed or (opens and _stands_alone(match)):
            rank = 0 if is_topic else 1 if is_headed else 2
            yield rank, _make(entry, sentence, match["term"], match["aside"])


def _stands_alone(match: re.Match[str]) -> bool:
    """Whether a sentence defines its term wherever it stands, as `The treatment is …` does not."""
    words = match["term"].split()
    points = match[0].casefold().startswith("the ") and len(words) == 1
    is_open = match["article"].casefold() in _OPEN
    return is_open and not points and len(words) <= _MAX_LOOSE_TERM_WORDS


def _is_definition(quote: str, term: str) -> bool:
    return (
        len(term.split()) <= _MAX_TERM_WORDS
        and len(quote.split()) <= _MAX_DEFINITION_WORDS
        and not _POINTS_BACK.match(term)
        and not _RANKS.search(quote)
        and not quote.endswith(("?", ":"))
    )


def _make(entry: Entry, sentence: Sentence, term: str, aside: str | None) -> Term:
    is_short = bool(aside and sum(letter.isupper() for letter in aside) > 1 and " " not in aside)
    return Term(
        term=_lower(term),
        short=aside if is_short else None,
        definition=entry.quote(sentence),
        article_id=entry.article.id,
        start=sentence.start,
        end=sentence.end,
        language=entry.article.language,
    )


def _find_short_forms(entry: Entry) -> Iterator[Term]:
    """The long forms of an article's short forms, at the sentence that explains them first."""
    for sentence in entry.sentences:
        if entry.article.blocks[sentence.block].kind in {"reference", "byline"}:
            continue
        for short, long in find_definitions(entry.quote(sentence)):
            yield Term(
                long,
                short.removesuffix("s") if short[:-1].isupper() else short,
                None,
                entry.article.id,
                sentence.start,
                sentence.end,
                entry.article.language,
            )


def _join(defined: Term | None, short: Term) -> Term:
    """A definition with the short form that is explained elsewhere."""
    from dataclasses import replace

    return replace(defined, short=defined.short or short.short) if defined else short


def _names(line: str, term: str, language: str) -> bool:
    """Whether a title or heading holds all words of a term."""
    return set(stem_words(term, (language,))) <= set(stem_words(line, (language,)))


def _key(term: str) -> str:
    return " ".join(stem_words(term))


def _lower_word(term: str) -> str:
    """A term without a capital that may be a sentence's own; names of several capitals keep it."""
    first, _, rest = term.partition(" ")
    return first.lower() + term[len(first) :] if first[1:].islower() and not rest else term


def _lower(term: str) -> str:
    """A term without the capital of the sentence that it opened; names keep theirs."""
    first, _, rest = term.strip().partition(" ")
    plain = first[1:].islower() and (not rest or rest.islower())
    return term[0].lower() + term[1:] if plain and rest else term.strip()
