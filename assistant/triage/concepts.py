"""Finds concepts (chest pain, stopping a medicine, a plan to die) in English or glossed text."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

_WORD_END = r"(?:s|es|d|ed|ing|ting|ren)?(?!\w)"
"""What is said ends with its word: nobody wants to die in "I want to diet", no ex is in "the exit".

English endings are let through, so that expressions need not spell each of them.
"""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a concept is said: its name and where it starts and ends in the clause."""

    concept: str
    start: int
    end: int


def load_concepts() -> dict[str, re.Pattern[str]]:
    """Reads the packaged concepts; gives a compiled expression for each name."""
    text = files("assistant.triage").joinpath("lexicon/concepts.toml").read_text(encoding="utf-8")
    sections = tomllib.loads(text)
    return {
        name: re.compile(rf"\b(?:{pattern}){_WORD_END}")
        for section in sections.values()
        for name, pattern in section.items()
    }


def find_mentions(text: str, concepts: Mapping[str, re.Pattern[str]]) -> list[Mention]:
    """Gives every mention of every concept, in the order of the concepts."""
    return [
        Mention(name, match.start(), match.end())
        for name, pattern in concepts.items()
        for match in pattern.finditer(text)
    ]
