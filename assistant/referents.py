"""What a sentence is not understood without: the one before it, or what introduces its list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.understanding.words import closed, is_noun_like, tokenize
from index.records import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.entry import Entry

MOST_BEFORE = 2
"""How many sentences are said before one that leans on them."""

MOST_BEHIND = 2
"""How many sentences are said behind one that awaits a reply; "Not really." awaits more."""

SHORTEST_REPLY = 4
"""Words of a reply that says something by itself."""

_CLAIM = re.compile(r"[\"“‘'].*[\"”’']")
_LEANS_BACK = re.compile(
    r"^(?:it|its|they|their|them|this|that|these|those|he|she|such|both|then|but|however|instead"
    r"|also|for example|for instance|so|here|there|the (?:same|latter|former))\b",
    re.IGNORECASE,
)
_NAMES_IT = re.compile(
    r"^(?:\w+ ){1,2}(?:call|calls|called) (?:this|that|it|them)\b", re.IGNORECASE
)
_OF_ONE = closed("it its itself")
_OF_MANY = closed("they them their theirs themselves these")
_IRREGULAR = closed("people children women men bacteria")


def with_referent(entry: Entry, sentence: Sentence) -> list[Sentence]:
    """A sentence, and before it those that its words lean on."""
    said = [sentence]
    while len(said) <= MOST_BEFORE and leans_back(entry.quote(said[0])):
        before = entry.sentences[said[0].number - 1] if said[0].number > 0 else None
        if before is None or not _goes_on(entry, before, said[0]):
            break
        said.insert(0, before)
    return said


def with_reply(entry: Entry, sentence: Sentence) -> list[Sentence]:
    """A sentence, and behind one that only asks or only quotes a claim what is said to that.

    "A positive test means cancer." in quotation marks is what an article goes on to deny.
    """
    said = [sentence]
    while len(said) <= MOST_BEHIND and _awaits_reply(entry, said):
        following = entry.sentences[said[-1].number + 1 : said[-1].number + 2]
        if not following or not _goes_on_below(entry, said[-1], following[0]):
            break
        said += following
    return said


def lead_in_of(entry: Entry, sentence: Sentence) -> Sentence | None:
    """What introduces the list that a sentence is an item of: a sentence, or a heading as one.

    An item alone may say the opposite of its list: "are pregnant" of "Do not take it if you:".
    """
    block = entry.article.blocks[sentence.block]
    if block.kind != "list_item" or block.lead_in is None:
        return None
    said = [s for s in entry.sentences if s.block == block.lead_in]
    return said[-1] if said else as_sentence(entry, block.lead_in)


def as_sentence(entry: Entry, position: int) -> Sentence:
    """A block that holds no sentence, such as a heading, as one; its number is like no other."""
    block = entry.article.blocks[position]
    return Sentence(-position, block.start, block.end, position)


def leans_back(words: str) -> bool:
    """Whether a sentence points to what was said before.

    By how it opens, by naming "this", or by a pronoun with nothing of its number named before it.
    Of 2,791 sentences that eight readers judged within their paragraphs .37 of those that lean are
    taken for such, and .90 of what is taken leans (`python -m eval.measure_referents`).
    """
    return bool(_LEANS_BACK.match(words) or _NAMES_IT.match(words)) or _points_back(words)


def _points_back(words: str) -> bool:
    named_one = named_many = False
    for token in tokenize(words.replace("these:", ":")):  # points to what follows
        if token.lower in _OF_ONE:
            return not named_one
        if token.lower in _OF_MANY:
            return not named_many
        if token.is_word and is_noun_like(token.lower):
            many = token.lower in _IRREGULAR or re.search(r"[^s]s$", token.lower) is not None
            named_one, named_many = named_one or not many, named_many or many
        named_many = named_many or (token.lower == "and" and named_one)
    return False


def _awaits_reply(entry: Entry, said: Sequence[Sentence]) -> bool:
    """Whether what is said last is a question, a quoted claim, or a bare "No." to it."""
    words = entry.quote(said[-1])
    if len(said) > 1 and len(words.split()) < SHORTEST_REPLY:
        return True
    return words.endswith("?") or bool(_CLAIM.fullmatch(words.rstrip(".!")))


def _goes_on_below(entry: Entry, sentence: Sentence, following: Sentence) -> bool:
    """Whether a statement follows in the same paragraph, or in the next under its heading."""
    blocks = entry.article.blocks
    here, there = blocks[sentence.block], blocks[following.block]
    is_prose = here.kind == there.kind == "paragraph"
    if not is_prose or entry.quote(following).endswith("?"):
        return False
    return here.section == there.section and following.block - sentence.block < 2


def _goes_on(entry: Entry, before: Sentence, sentence: Sentence) -> bool:
    """Whether two sentences follow one another in a paragraph or in a list."""
    if before.block == sentence.block:
        return True
    group = entry.article.blocks[sentence.block].group
    return group is not None and entry.article.blocks[before.block].group == group
