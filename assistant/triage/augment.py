"""Makes harder copies of training messages: buried among polite sentences, or misspelt."""

import random
import re
from collections.abc import Sequence

from assistant.triage.exemplars import Exemplar

_SHORTEST_WORD = 4


def bury(message: str, fillers: Sequence[str], chance: random.Random) -> str:
    """Puts one or two ordinary messages of the same language before and after."""
    before = [_end(text) for text in chance.sample(list(fillers), k=chance.choice((1, 2)))]
    after = [_end(text) for text in chance.sample(list(fillers), k=chance.choice((0, 1)))]
    return " ".join([*before, _end(message), *after])


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
    return copies
