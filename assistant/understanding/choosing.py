"""Which phrase of the conversation a slot of the question stands for, or none.

A small network scores each phrase for a slot, and leaving the slot as it is; the best wins. It was
trained by `train_choice.py` to raise the expected token F1 against questions rewritten by people
(CANARD, Elgohary et al. 2019). It sees how phrases were used, never which words they are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.understanding.filling import ARTICLES
from assistant.understanding.words import (
    AUXILIARIES,
    FUNCTION_WORDS,
    closed,
    is_noun_like,
    relational_nouns,
    tokenize,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.understanding.discourse import Discourse, Mention
    from assistant.understanding.leaning import Slot

WEIGHTS = Path(str(resources.files("assistant.understanding"))) / "choice.npz"
KINDS = ("he", "she", "they", "it", "that", "that_noun", "end")
MAX_CANDIDATES = 80
PLURALS = closed("people men women children bacteria mice data feet teeth")
PLACES = frozenset(("in", "at", "on", "from", "to", "into", "near"))


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer: `tanh(x @ first + bias) @ second`; the trained ones side by side."""

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    first: NDArray[np.float32]
    bias: NDArray[np.float32]
    second: NDArray[np.float32]

    def score(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """Scores `(n,)` of features `(n, FEATURES)`."""
        scaled = (features - self.mean) / self.scale
        scores: NDArray[np.float32] = np.tanh(scaled @ self.first + self.bias) @ self.second
        return scores


def choose(
    slot: Slot, question: str, discourse: Discourse, network: Network | None = None
) -> Mention | None:
    """The mention that a slot stands for, or None where it is better left."""
    candidates = find_candidates(slot, question, discourse)
    if not candidates:
        return None
    main = discourse.mentions.get(discourse.main_key)
    if slot.needed and main is not None and (main in candidates or slot.kind == "end"):
        return _meant_by(slot, main, candidates)
    features = describe_all(slot, question, discourse, candidates)
    scores = (network or load_network()).score(features)
    best = int(scores[1:].argmax()) + 1 if slot.needed else int(scores.argmax())
    return candidates[best - 1] if best else None


def _meant_by(slot: Slot, main: Mention, candidates: Sequence[Mention]) -> Mention:
    """What the last answer calls the topic: "fermented foods" where "which foods" was asked."""
    fuller = (m for m in candidates if m.in_last_answer and len(m.words) > len(main.words))
    named = (m for m in fuller if m.words[-len(main.words) :] == main.words)
    return next(named, main) if slot.kind == "that" else main


def rank_mentions(slot: Slot, question: str, discourse: Discourse) -> list[Mention]:
    """The mentions that may fill a slot, the likeliest first."""
    candidates = find_candidates(slot, question, discourse)
    if not candidates:
        return []
    scores = load_network().score(describe_all(slot, question, discourse, candidates))[1:]
    return [candidates[int(i)] for i in (-scores).argsort(kind="stable")]


def find_candidates(slot: Slot, question: str, discourse: Discourse) -> list[Mention]:
    """The mentions that may fill a slot, the newest ones where there are many."""
    words = {token.lower for token in tokenize(question)}
    found = [
        mention
        for mention in discourse.mentions.values()
        if _agrees(slot, mention)
        and (not (set(mention.words) - FUNCTION_WORDS <= words) or slot.kind == "that_noun")
    ]
    found.sort(key=lambda m: (-m.last_exchange, -m.count))
    return found[:MAX_CANDIDATES]


def _agrees(slot: Slot, mention: Mention) -> bool:
    """Whether a slot can stand for a phrase: "they" for several, "he" for somebody.

    Names are let pass: a band is "they" too.
    """
    if slot.kind in {"he", "she"}:
        return mention.name or (mention.text[0].isupper() and mention.text[1:].islower())
    if slot.kind == "that_noun":
        named = mention.name and len(mention.words) > 1
        return named or slot.noun in ARTICLES or _shares(slot.noun, mention)
    if mention.name or slot.kind != "they":
        return True
    last = mention.words[-1]
    plural = last in PLURALS or (last.endswith("s") and not last.endswith(("ss", "us", "is")))
    return plural or " and " in mention.text


def _shares(noun: str, mention: Mention) -> bool:
    return noun.rstrip("s") in {word.rstrip("s") for word in mention.words}


def describe_all(
    slot: Slot, question: str, discourse: Discourse, candidates: Sequence[Mention]
) -> NDArray[np.float32]:
    """Features `(1 + candidates, FEATURES) float32`; the first row is leaving the slot."""
    context = _describe_context(slot, question, discourse)
    own = [_describe(slot, question, discourse, mention, candidates) for mention in candidates]
    rows = [context + [1.0] + [0.0] * len(own[0])] if own else []
    rows += [[*context, 0.0, *row] for row in own]
    return np.array(rows, dtype=np.float32)


def _describe_context(slot: Slot, question: str, discourse: Discourse) -> list[float]:
    tokens = [token for token in tokenize(question) if token.is_word]
    own = [t for t in tokens if is_noun_like(t.lower)]
    known = sum(t.lower in discourse.last_answer.casefold() for t in own)
    return [
        *(float(slot.kind == kind) for kind in KINDS),
        float(slot.possessive),
        min(len(tokens), 12) / 12,
        min(len(own), 5) / 5,
        known / max(1, len(own)),
        float(any(t.text[0].isupper() for t in tokens[1:])),
        float(any(t.lower == "the" for t in tokens)),
        float(any(t.lower in {"other", "else", "another", "more", "any"} for t in tokens)),
        min(discourse.size, 8) / 8,
        float(slot.start < len(question) / 3),
    ]


def _describe(
    slot: Slot,
    question: str,
    discourse: Discourse,
    mention: Mention,
    candidates: Sequence[Mention],
) -> list[float]:
    age = discourse.size - 1 - mention.last_exchange
    text = mention.text
    key = " ".join(mention.words)
    capitals = sum(word[0].isupper() for word in text.split())
    longer = any(
        m is not mention and m.name and f" {key} " in f" {' '.join(m.words)} " for m in candidates
    )
    holds = any(m is not mention and f" {' '.join(m.words)} " in f" {key} " for m in candidates)
    asked = {token.lower for token in tokenize(question)}
    last = mention.words[-1]
    return [
        float(age == 0),
        float(age == 1),
        math.log1p(age),
        float(mention.in_last_question),
        float(mention.in_last_answer),
        float(mention.in_last_question and mention.in_last_answer),
        math.log(max(1, mention.count)),
        math.log1p(mention.asked),
        float(mention.first_exchange == 0),
        mention.first_exchange / max(1, discourse.size),
        mention.place,
        float(mention.leads),
        float(mention.name),
        capitals / len(text.split()),
        min(len(mention.words), 6) / 6,
        float(len(mention.words) == 1),
        float(any(c.isdigit() for c in text)),
        float(last.endswith("s") and not last.endswith("ss")),
        float(" and " in text),
        float(text.casefold().startswith(("the ", "a ", "an "))),
        math.log1p(mention.filled.get(slot.kind, 0)),
        math.log1p(sum(mention.filled.values())),
        float(mention.filled_exchange == discourse.size - 1 and mention.filled_exchange >= 0),
        float(bool(slot.noun) and _shares(slot.noun, mention)),
        float(bool(slot.noun) and last.rstrip("s") == slot.noun.rstrip("s")),
        float(longer),
        float(holds),
        len(set(mention.words) & asked) / len(mention.words),
        float(mention.alone),
        float(capitals > 1 and mention.name),
        float(key == discourse.main_key),
        float(last in relational_nouns()),
        float(all(word in relational_nouns() for word in mention.words)),
        float(mention.before in PLACES),
        float(mention.before == "of"),
        float(mention.before in {"by", "with", "and", "for", "about"}),
        float(mention.before in AUXILIARIES),
        float(mention.before == "" or not mention.before[0].isalnum()),
        float(mention.after in AUXILIARIES),
        float(mention.after == "'s"),
        float(mention.after[:1].isalpha() and not is_noun_like(mention.after)),
    ]


@cache
def load_network() -> Network:
    """The trained network."""
    with np.load(WEIGHTS) as file:
        return Network(*(file[name] for name in ("mean", "scale", "first", "bias", "second")))
