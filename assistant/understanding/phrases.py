"""Noun phrases of a text, found by its function words: what a later question may lean on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.understanding.words import (
    DETERMINERS,
    FUNCTION_WORDS,
    Token,
    closed,
    is_noun_like,
    predicates,
    tokenize,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME_LINKS = closed("of the and de la van von der du den & for in's")
SUBJECTS = closed("i you we they he she it who")
HELPING = closed("do does did can could will would should must may might")
TERMS = closed("term word expression")
MAX_WORDS = 8
OPENERS = frozenset('.?!:;"“-•')


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase where it stands.

    Attributes:
        text: as written, with its article.
        start: offset in the text.
        name: whether it is written as a name, in capitals within a sentence.
        words: its words, lower-cased, without the article.
        before: the lower-cased word or mark right before it, its article left out.
        after: the lower-cased word or mark right behind it.
    """

    text: str
    start: int
    name: bool
    words: tuple[str, ...]
    before: str = ""
    after: str = ""

    @property
    def end(self) -> int:
        """Offset behind its last character."""
        return self.start + len(self.text)

    @property
    def key(self) -> str:
        """The phrase for comparison."""
        return " ".join(self.words)


def find_phrases(text: str) -> list[Phrase]:
    """The noun phrases and names of a text, in order; they may overlap."""
    tokens = tokenize(text)
    found = _find_names(text, tokens) + _find_chunks(text, tokens)
    unique = {(phrase.start, phrase.end): phrase for phrase in found}
    return sorted(unique.values(), key=lambda phrase: (phrase.start, -phrase.end))


def _find_chunks(text: str, tokens: Sequence[Token]) -> list[Phrase]:
    """Runs of words that may be nouns, with the article before them."""
    found: list[Phrase] = []
    start = 0
    for position in range(len(tokens) + 1):
        if position < len(tokens) and _may_be_noun(tokens, position):
            continue
        behind = _drop_verb(tokens, start, _drop_participles(tokens, start, position))
        behind = _drop_predicates(tokens, start, behind)
        if behind > start + 1 and tokens[start].lower in TERMS:
            start += 1  # "the term psychobiotics"
        if behind > start:
            found.append(_phrase(text, tokens, start, behind))
        start = position + 1
    return [phrase for phrase in found if len(phrase.words) <= MAX_WORDS]


def _find_names(text: str, tokens: Sequence[Token]) -> list[Phrase]:
    """Runs of capitalised words, with the small words inside them, and quoted titles."""
    found: list[Phrase] = []
    position = 0
    while position < len(tokens):
        end = _name_end(tokens, position)
        if end > position and not _modifies(tokens, end):
            found.append(_phrase(text, tokens, position, end))
        position = max(end, position + 1)
    return [phrase for phrase in found if len(phrase.words) <= MAX_WORDS]


def _modifies(tokens: Sequence[Token], behind: int) -> bool:
    """Whether a name stands before a noun that it describes: "Cochrane review"."""
    following = tokens[behind] if behind < len(tokens) else None
    return following is not None and following.text.islower() and is_noun_like(following.lower)


def _name_end(tokens: Sequence[Token], start: int) -> int:
    """Position behind the name that begins at `start`, or `start` where none does."""
    if not _is_name_token(tokens, start):
        return start
    end = start + 1
    while end < len(tokens):
        ahead = end
        while ahead < len(tokens) and tokens[ahead].lower in NAME_LINKS and ahead - end < 2:
            ahead += 1
        if ahead < len(tokens) and _is_capital(tokens[ahead]) and not _is_closed(tokens[ahead]):
            end = ahead + 1
        else:
            break
    return end


def _is_name_token(tokens: Sequence[Token], position: int) -> bool:
    if position >= len(tokens):
        return False
    token = tokens[position]
    if not _is_capital(token) or _is_closed(token):
        return False
    opens = position == 0 or tokens[position - 1].text in OPENERS
    return not opens or is_noun_like(token.lower)


def _is_capital(token: Token) -> bool:
    return token.text[0].isupper()


def _is_closed(token: Token) -> bool:
    return token.lower in FUNCTION_WORDS and not (len(token.text) > 1 and token.text.isupper())


def _may_be_noun(tokens: Sequence[Token], position: int) -> bool:
    token = tokens[position]
    before = tokens[position - 1].lower if position else ""
    if before in SUBJECTS and token.text[0].islower():
        return False  # "how do I book": a verb follows
    if before == "how" and not _names_on(tokens, position + 1):
        return False  # "how long", "how late is": what it is like is asked
    return (token.is_word and is_noun_like(token.lower)) or _is_name_token(tokens, position)


def _names_on(tokens: Sequence[Token], position: int) -> bool:
    """Whether a word that may be a noun stands here: "how gut bacteria talk"."""
    return position < len(tokens) and is_noun_like(tokens[position].lower)


def _phrase(text: str, tokens: Sequence[Token], first: int, behind: int) -> Phrase:
    run = tokens[first:behind]
    words = tuple(token.lower.removesuffix("'s") for token in run)
    capital = all(_is_capital(token) or token.lower in NAME_LINKS for token in run)
    opens = first == 0 or tokens[first - 1].text in OPENERS
    name = capital and (not opens or len(run) > 1 or run[0].text[1:].isupper())
    determined = first > 0 and tokens[first - 1].lower in DETERMINERS
    start = tokens[first - 1].start if determined else run[0].start
    owns = run[-1].lower.endswith("'s")
    end = run[-1].end - (2 if owns else 0)
    lead = first - determined - 1
    before = tokens[lead].lower if lead >= 0 else ""
    after = "'s" if owns else tokens[behind].lower if behind < len(tokens) else ""
    return Phrase(text[start:end], start, name, words, before, after)


def _drop_verb(tokens: Sequence[Token], start: int, behind: int) -> int:
    """Position behind the run without the verb that "does" or "can" needs: "does Flow cost"."""
    first = start - 1 if start and tokens[start - 1].lower in DETERMINERS else start
    helped = first > 0 and tokens[first - 1].lower in HELPING
    ends = behind == len(tokens) or not tokens[behind].is_word
    return behind - 1 if helped and ends and behind - start > 1 else behind


def _drop_predicates(tokens: Sequence[Token], start: int, behind: int) -> int:
    """Position behind the run without what is said of it: "is magnesium good", "which is best"."""
    if start and tokens[start - 1].lower in DETERMINERS:
        return behind
    while behind > start and tokens[behind - 1].text in predicates():
        behind -= 1
    return behind


def _drop_participles(tokens: Sequence[Token], start: int, behind: int) -> int:
    """Position behind the run without the verbs at its end: "the sum agreed", "Taylor defeated"."""
    while behind > start and tokens[behind - 1].text.endswith("ed") and tokens[behind - 1].is_word:
        behind -= 1
    return behind
