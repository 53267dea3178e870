"""Makes harder copies of training messages: buried, misspelt, beside a question or a name."""

import random
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.triage.exemplars import Exemplar

_SHORTEST_WORD = 4
_LONGEST_QUESTION = 110
ASKED = 0.3
"""How many exemplars get a copy beside a general question."""


def bury(message: str, fillers: Sequence[str], chance: random.Random) -> str:
    """Puts one or two ordinary messages of the same language before and after."""
    before = [_end(text) for text in chance.sample(list(fillers), k=chance.choice((1, 2)))]
    after = [_end(text) for text in chance.sample(list(fillers), k=chance.choice((0, 1)))]
    return " ".join([*before, _end(message), *after])


def ask(message: str, questions: Sequence[str], chance: random.Random) -> str:
    """Puts a general question behind the message, sometimes before it.

    Most harmless messages that tell of something end with a question to the library; without
    these copies a danger that does so was taken for one of them.
    """
    question = chance.choice(questions)
    return f"{_end(message)} {question}" if chance.random() < 0.8 else f"{question} {message}"


def list_questions(exemplars: Sequence[Exemplar], language: str) -> list[str]:
    """The short questions among the ordinary messages of a language."""
    return [
        one.message
        for one in exemplars
        if (one.kind, one.language) == ("ordinary", language)
        and one.message.rstrip().endswith("?")
        and not one.history
        and len(one.message) < _LONGEST_QUESTION
    ]


def introduce(message: str, language: str, chance: random.Random) -> str:
    """Puts a name, number, address or date of birth before or after: it tells nothing of danger."""
    forms = _load_details()[language]
    said: str = chance.choice(forms["said"])
    said = said.replace("{street}", chance.choice(forms["streets"]))
    said = said.replace("{name}", chance.choice(forms["names"]))
    said = re.sub("#", lambda _: chance.choice("0123456789"), said)
    return f"{_end(message)} {said}" if chance.random() < 0.6 else f"{_end(said)} {message}"


@cache
def _load_details() -> dict[str, Any]:
    text = files("assistant.triage").joinpath("lexicon/details.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def misspell(message: str, chance: random.Random, share: float = 0.15) -> str:
    """Swaps, drops or doubles a letter in a share of the longer words."""
    return re.sub(
        rf"[^\W\d_]{{{_SHORTEST_WORD},}}",
        lambda match: _slip(match.group(), chance) if chance.random() < share else match.group(),
        message,
    )


def _slip(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    return chance.choice(
        (
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + word[place + 1 :],
            word[: place + 1] + word[place:],
        )
    )


def _end(text: str) -> str:
    return text if text.rstrip().endswith((".", "!", "?")) else text.rstrip() + "."


def augment(exemplars: Sequence[Exemplar], seed: int) -> list[tuple[int, str]]:
    """Gives (index of the exemplar, harder copy), one or two for each, the same for the same seed.

    Ordinary messages are buried too, so that length and politeness tell nothing.
    """
    chance = random.Random(seed)  # noqa: S311 - shuffles training text, guards nothing
    fillers = {
        language: [
            one.message for one in exemplars if one.kind == "ordinary" and one.language == language
        ]
        for language in ("en", "da", "sv")
    }
    copies: list[tuple[int, str]] = []
    for index, exemplar in enumerate(exemplars):
        if chance.random() < 0.5:
            copies.append((index, bury(exemplar.message, fillers[exemplar.language], chance)))
        if chance.random() < 0.5:
            copies.append((index, misspell(exemplar.message, chance)))
    return copies + _ask_all(exemplars, random.Random(seed))  # noqa: S311 - as above


def _ask_all(exemplars: Sequence[Exemplar], chance: random.Random) -> list[tuple[int, str]]:
    """(Index, copy beside a question) of some that ask nothing themselves."""
    questions = {language: list_questions(exemplars, language) for language in ("en", "da", "sv")}
    return [
        (index, ask(one.message, questions[one.language], chance))
        for index, one in enumerate(exemplars)
        if "?" not in one.message and chance.random() < ASKED and questions[one.language]
    ]
