"""Text → sentences, by offsets; article → the units that can be cited.

syntok (Leitner) finds the boundaries; it is led past what it does not know: abbreviations of
Danish, Swedish and Norwegian, sentences behind a web address, and one-letter vitamins.
"""

from __future__ import annotations

import re
from itertools import pairwise

from syntok import segmenter

from index.records import Article, Block, Sentence

_LONG_ITEM_WORDS = 40
"""List items up to this length are cited whole: cut, most would lose what they are about."""

_BEFORE_NUMBER_WORDS = """
kl ca nr no fig figs tab vol pp afs stk kap sec eq ref tel tlf
"""
_BEFORE_NUMBER = frozenset(_BEFORE_NUMBER_WORDS.split())
_NEVER_LAST_WORDS = """
dr prof mr mrs ms vs e.g i.e eg ie cf approx bl.a t.ex f.eks dvs d.v.s t.o.m bl f.ex fx evt inkl
incl ekskl excl resp jf jfr jmf mht ift pga p.g.a m.h.t i.f.t hhv osv.dr med.dr
s.k o.lign obs.nr ssp subsp spp cand bl.a et.al z.b d.h
"""
_NEVER_LAST = frozenset(_NEVER_LAST_WORDS.split())
_CAPITAL = "(?=[\"“„‘'«(\\[]*[A-ZÆØÅÄÖÜÉ])"
_STARTERS = (
    "(?=(?:The|They|This|That|These|Those|It|Its|We|You|Your|He|She|If|In|On|At|As|A|An|For|When|"
    "Do|Don['’]t|Not|No|Yes|But|And|Or|So|Then|Det|Den|De|Der|Du|Vi|Hvis|Når|Om|När|Man|Jeg|Jag)"
    "[\\s,])"
)
_CERTAIN = (
    # Behind a web address: its last dot is not part of it.
    re.compile(r"(?:https?://|www\.)\S*[\w/][.!?]\s+" + _CAPITAL),
    # Behind a vitamin's or a type's letter, which looks like an initial.
    re.compile(
        r"\b(?i:vitamin|hepatitis|type|grade|group|typ|grupp|gruppe)\s+[A-Z]\d*\.\s+"
        r"(?=[A-ZÆØÅÄÖ][^\W\d_]+)"
    ),
    # Behind a number with a decimal mark or of three and more digits, which is no ordinal.
    re.compile(r"(?:\d[.,:]\d+|\d{3})[.]\s+" + _CAPITAL),
    # Behind an abbreviation that may end a sentence, where the next word starts one.
    re.compile(r"\b(?:[ap]\.m|[A-Z]\.[A-Z]|etc|m\.m|m\.v|mv|osv|Ltd|Inc)\.\s+" + _STARTERS),
    # Where the space was lost between two sentences.
    re.compile(r"(?<=\s)[^\W\d_A-Z]{3,}[.!?](?=[A-ZÆØÅÄÖ][a-zæøåäö]+\s)"),
)
_LAST_WORD = re.compile(r"([^\s(\[\"“„'‘«]+?)[.]+[\"”’'»)\]]*\s*$")
_SPECIES = re.compile(r"(?:^|[\s(\[\"“])[A-Z]\.\s*$")
_CLOSING = re.compile(r"[\"”’'»)\]]+")
_REACH = 120
"""Characters before a boundary that are looked at: a sentence may be as long as an article."""


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of every sentence of `text`, in order, without the white space between them."""
    certain = {match.end() for pattern in _CERTAIN for match in pattern.finditer(text)}
    found = {
        tokens[0].offset for paragraph in segmenter.analyze(text) for tokens in paragraph if tokens
    }
    cuts = sorted({0, *found, *certain, len(text)})
    spans: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        span = _strip(text, start, end)
        if span and spans and start not in certain and _continues(text, spans[-1], span):
            spans[-1] = (spans[-1][0], span[1])
        elif span:
            spans.append(span)
    return spans


def _strip(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A span without white space at its ends; None where nothing is left."""
    words = text[start:end]
    stripped = words.strip()
    if not stripped:
        return None
    start += len(words) - len(words.lstrip())
    return start, start + len(stripped)


def _continues(text: str, before: tuple[int, int], span: tuple[int, int]) -> bool:
    """Whether a span that syntok has set apart belongs to the one before it."""
    last, this = text[max(before[0], before[1] - _REACH) : before[1]], text[span[0] : span[1]]
    if before[1] == span[0]:
        # Nothing between: inside a word, an address or a number.
        return True
    if _CLOSING.fullmatch(this) or not any(character.isalnum() for character in this):
        return True
    if last.endswith((":", ";", ",")):
        return True
    word = _LAST_WORD.search(last)
    if word is None:
        return last[-1:].isalnum() and this[:1].islower()
    return _abbreviates(word[1].lower().rstrip("."), last, this)


def _abbreviates(word: str, last: str, this: str) -> bool:
    """Whether the full stop behind `word` ends an abbreviation and not the sentence."""
    first = this.lstrip("\"“„‘'«([")[:1]
    if word in _NEVER_LAST:
        return True
    if first.isdigit():
        return word in _BEFORE_NUMBER and last.lower() != "no."
    if first.islower():
        return not last.endswith(("?", "!"))
    ordinal = word.isdigit() and len(word) <= 2 and _starts_with_month(this)
    return ordinal or bool(
        _SPECIES.search(last) and not re.search(r"\bvitamin [A-Z]\.\s*$", last, re.IGNORECASE)
    )


_MONTHS = re.compile(
    r"(?:jan|feb|mar|apr|ma[jiy]|jun|jul|aug|sep|o[kc]t|nov|de[sc])[a-zæøåä]*\b", re.IGNORECASE
)


def _starts_with_month(text: str) -> bool:
    return bool(_MONTHS.match(text))


def find_sentences(article: Article) -> tuple[Sentence, ...]:
    """The units of an article that can be cited, in reading order.

    Paragraphs are split; list items (unless longer than 40 words), table rows, bylines and
    reference entries stay whole; headings are no sentences. A marker belongs to the sentence that
    it stands in or right behind.
    """
    sentences: list[Sentence] = []
    marks = sorted(article.marks, key=lambda mark: mark.offset)
    next_mark = 0
    for position, block in enumerate(article.blocks):
        spans = _spans(article, block)
        for index, (start, end) in enumerate(spans):
            last = index == len(spans) - 1
            numbers: list[int] = []
            until = block.end if last else end
            while next_mark < len(marks) and marks[next_mark].offset <= until:
                numbers += (
                    marks[next_mark].numbers if marks[next_mark].offset >= block.start else ()
                )
                next_mark += 1
            bound = tuple(dict.fromkeys(numbers))
            sentences.append(Sentence(len(sentences), start, end, position, bound))
    return tuple(sentences)


def _spans(article: Article, block: Block) -> list[tuple[int, int]]:
    """Spans of a block's sentences in the article's offsets."""
    text = article.text[block.start : block.end]
    if block.kind == "heading" or not text.strip():
        return []
    splits = block.kind == "paragraph" or (
        block.kind == "list_item" and len(text.split()) > _LONG_ITEM_WORDS
    )
    if not splits:
        return [(block.start, block.end)]
    return [(block.start + start, block.start + end) for start, end in split_sentences(text)]
