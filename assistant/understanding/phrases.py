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
    tokenize,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME_LINKS = closed("of the and de la van von der du den & for in's")
MAX_WORDS = 8


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase where it stands.

    Attributes:
        text: as written, with its article.
        start: offset in the text.
        name: whether it is written as a name, in capitals within a sentence.
        words: its words, lower-cased, without the article.
    """

    text: str
    start: int
    name: bool
    words: tuple[str, ...]

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
    run: list[Token] = []
    for position, token in enumerate([*tokens, Token(".", ".", len(text))]):
        if (token.is_word and is_noun_like(token.lower)) or _is_name_token(tokens, position):
            run.append(token)
            continue
        if run:
            found.append(_phrase(text, tokens, run))
        run = []
    return [phrase for phrase in found if len(phrase.words) <= MAX_WORDS]


def _find_names(text: str, tokens: Sequence[Token]) -> list[Phrase]:
    """Runs of capitalised words, with the small words inside them, and quoted titles."""
    found: list[Phrase] = []
    position = 0
    while position < len(tokens):
        end = _name_end(tokens, position)
        if end > position:
            found.append(_phrase(text, tokens, list(tokens[position:end]), name=True))
        position = max(end, position + 1)
    return [phrase for phrase in found if len(phrase.words) <= MAX_WORDS]


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
    opens = position == 0 or tokens[position - 1].text in '.?!:"“'
    return not opens or is_noun_like(token.lower)


def _is_capital(token: Token) -> bool:
    return token.text[0].isupper()


def _is_closed(token: Token) -> bool:
    return token.lower in FUNCTION_WORDS and not (len(token.text) > 1 and token.text.isupper())


def _phrase(text: str, tokens: Sequence[Token], run: list[Token], *, name: bool = False) -> Phrase:
    words = tuple(token.lower.removesuffix("'s") for token in run)
    name = name or all(_is_capital(token) or token.lower in NAME_LINKS for token in run)
    start = run[0].start
    before = [token for token in tokens if token.end <= start][-1:]
    if before and before[0].lower in DETERMINERS:
        start = before[0].start
    return Phrase(text[start : run[-1].end], start, name, words)
