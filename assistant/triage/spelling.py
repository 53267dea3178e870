"""Puts right one slip in a word, where it makes a word that dangers are told in.

"My tonge is swelling": neither the rules nor MiniLM's pieces know the tongue in it. A word that
neither MiniLM nor the exemplars know is read as the commonest word of dangers that is one letter
left out, put in, exchanged or swapped away (Damerau 1964, Commun ACM 7:171) and begins alike.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import OSA

from assistant.answerability.pieces import load_tokenizer

SHORTEST = 4
LEAST_SEEN = 2
"""A word of one message alone may be a slip itself."""

LEAST_TOLD, LEAST_SHARE = 3, 0.3
"""In how many dangers a word stands, and in what share of its messages these are."""

_WORD = re.compile(rf"[a-z]{{{SHORTEST},}}")


class Spelling:
    """Knows words, and which of those that dangers are told in a misspelt one may be."""

    def __init__(self, dangers: Sequence[str], known: Iterable[str]) -> None:
        """Words of dangers, commonest first, and others that stay as they are."""
        self._known = {*dangers, *known}
        self._meant: dict[str, str] = {}
        for word in dangers:
            for short in _shorten(word):
                self._meant.setdefault(short, word)

    def correct(self, english: str) -> str:
        """The text with slips put right."""
        return _WORD.sub(lambda match: self._correct(match.group()), english)

    def _correct(self, word: str) -> str:
        if word in self._known:
            return word
        found = (self._meant.get(short) for short in _shorten(word))
        near = (one for one in found if one and OSA.distance(one, word, score_cutoff=1) <= 1)
        return next((one for one in near if one[0] == word[0]), word)


def _shorten(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


@cache
def load_spelling() -> Spelling:
    """The words that come with the weights."""
    text = files("assistant.triage").joinpath("weights/words.json").read_text(encoding="utf-8")
    words = json.loads(text)
    vocabulary = load_tokenizer().get_vocab()
    dangers = [word for word in words["dangers"] if word in vocabulary]
    return Spelling(dangers, {*words["dangers"], *words["others"], *vocabulary})


def sort_words(english: Iterable[tuple[str, bool]]) -> dict[str, list[str]]:
    """What `load_spelling` reads, from messages and whether each is dangerous."""
    seen: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for text, dangerous in english:
        seen[dangerous].update(set(_WORD.findall(text)))
    both = seen[0] + seen[1]
    known = [word for word, times in both.most_common() if times >= LEAST_SEEN]
    dangers = [
        word
        for word in known
        if seen[1][word] >= LEAST_TOLD and seen[1][word] >= LEAST_SHARE * both[word]
    ]
    return {"dangers": dangers, "others": sorted(set(known) - set(dangers))}
