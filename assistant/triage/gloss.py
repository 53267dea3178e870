"""Reads Danish and Swedish as English, word by word, so that one set of concepts serves all three.

It does not translate: word order stays, unknown words stay. Compounds that the glossary lacks are
split where both parts are known (`brystsmerter` → chest pain).
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from assistant.triage.records import Language

_TOKEN = re.compile(r"[^\W_]+(?:[-'/][^\W_]+)*|[^\w\s]")
_MAX_PHRASE_WORDS = 6
_SHORTEST_PART = 4


@dataclass(frozen=True, slots=True)
class Glossary:
    """Phrases and stems of one language with their English gloss."""

    phrases: Mapping[tuple[str, ...], str]
    stems: Mapping[str, str]

    def knows(self, word: str) -> bool:
        """True when the word stands in the glossary as it is or by its stem."""
        return (word,) in self.phrases or any(
            word[:length] in self.stems for length in range(len(word), 3, -1)
        )

    def look_up(self, word: str) -> str | None:
        """Gives the gloss of one word: exact, by stem, or as a compound of two known parts."""
        exact = self.phrases.get((word,))
        if exact is not None:
            return exact
        for length in range(len(word), 2, -1):
            gloss = self.stems.get(word[:length])
            if gloss is not None:
                return gloss
        return self._split_compound(word)

    def _split_compound(self, word: str) -> str | None:
        for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            head = self._part(word[:cut].removesuffix("s"))
            tail = self._part(word[cut:])
            if head is not None and tail is not None:
                return f"{head} {tail}"
        return None

    def _part(self, part: str) -> str | None:
        exact = self.phrases.get((part,))
        return exact if exact is not None else self.stems.get(part)


def load_glossaries() -> dict[Language, Glossary]:
    """Reads the packaged glossary: rows of gloss, Danish forms, Swedish forms."""
    table = files("assistant.triage").joinpath("lexicon/glossary.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(table)["rows"]
    return {"da": _build(rows, 1), "sv": _build(rows, 2)}


def _build(rows: list[list[str]], column: int) -> Glossary:
    phrases: dict[tuple[str, ...], str] = {}
    stems: dict[str, str] = {}
    for row in rows:
        for form in row[column].split():
            if form.endswith("*"):
                stems.setdefault(form[:-1], row[0])
            else:
                phrases.setdefault(tuple(form.split("_")), row[0])
    return Glossary(phrases, stems)


def gloss(text: str, glossary: Glossary) -> str:
    """Gives the text with every known phrase or word in English, punctuation kept."""
    tokens = _TOKEN.findall(text)
    output: list[str] = []
    position = 0
    while position < len(tokens):
        length, english = _longest(tokens, position, glossary)
        output.append(english)
        position += length
    return " ".join(output)


def _longest(tokens: list[str], start: int, glossary: Glossary) -> tuple[int, str]:
    for length in range(min(_MAX_PHRASE_WORDS, len(tokens) - start), 1, -1):
        found = glossary.phrases.get(tuple(tokens[start : start + length]))
        if found is not None:
            return length, found
    word = tokens[start]
    return 1, glossary.look_up(word) or word
