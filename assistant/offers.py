"""What publishers say of themselves: "We investigate ... with colonoscopy", "Our clinic sells ...".

Patients ask for it in words of their own ("can I have a colonoscopy at yours?"). Such a question is
asked again with the verb of each sentence that may answer: "Do you investigate colonoscopy?".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from assistant.answerability.alignment import closeness
from assistant.function_words import content_words
from assistant.intents import words_of_offers
from assistant.naming import sites_of
from index.keyword import WORD, stem_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from assistant.evidence import WordWeights
    from index.entry import Entry
    from index.library import Library
    from index.records import Sentence

NEAREST = 4
"""Sentences whose verbs a question is asked again with."""

LEAST_HELD = 0.55
"""How well the sentence must hold the thing that is asked for, from 0 to 1, each word weighed."""

_SUBJECT = re.compile(
    r"^(?:(?:at|here|hos|her|här)\b[^,.;:]{0,40},?\s+)?"
    r"(?P<self>(?:we|I|vi|jeg|jag)|(?:our|the|vores|vår|vårt)\s+(?:own\s+)?(?P<house>\w+))\b",
    re.IGNORECASE,
)
_HOUSES = frozenset(
    stem_words(
        "clinic practice hospital shop department unit centre center pharmacy laboratory"
        " klinik hospital butik afdeling apotek praksis klinik sjukhus butik avdelning mottagning"
    )
)
_BEFORE_VERBS = frozenset(
    stem_words(
        "do does did don t not can cannot could will would may also therefore usually normally"
        " never only still always ikke inte kan vil ska skal også också aldrig bare bara"
    )
)
_NO_VERBS = frozenset(stem_words("is are was has have had er var har är"))
_KIND = re.compile(
    r"\b(?:what|which|hvad|hvilke|vad|vilka)\s+(?P<kind>[^?]*?)\s*\b(?:do|does|can|could|are|is|have|"
    r"has|will|tilbyder|kan|laver|har|erbjuder|gör)\b",
    re.IGNORECASE,
)
_WORDINGS = {
    "en": ("Do you {verb} {thing}?", "What do we {verb} with {thing}?"),
    "da": ("{verb} I {thing}?", "Hvad {verb} vi med {thing}?"),
    "sv": ("{verb} ni {thing}?", "Vad {verb} vi med {thing}?"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A sentence in which a publisher says what it does.

    Attributes:
        verb: what it does, as one asks for it: "sell".
    """

    entry: Entry
    sentence: Sentence
    verb: str

    @property
    def key(self) -> tuple[str, int]:
        """Article id and sentence number."""
        return self.entry.article.id, self.sentence.number


@dataclass(frozen=True, slots=True)
class Offers:
    """The sentences of a library in which publishers speak of themselves.

    Attributes:
        all: the sentences.
        vectors: theirs, `(n, d) float32`.
    """

    all: tuple[Offer, ...]
    vectors: NDArray[np.float32]

    @classmethod
    def of(cls, library: Library) -> Offers:
        """Those of a library."""
        found: list[Offer] = []
        for entry in library.entries.values():
            sites = sites_of(entry)
            offers = (read_offer(entry, sentence, sites) for sentence in entry.sentences)
            found += filter(None, offers)
        vectors = (
            library.read_vectors([offer.key for offer in found]) if found else np.zeros((0, 1))
        )
        return cls(tuple(found), vectors.astype(np.float32))

    def holds(self, key: tuple[str, int]) -> bool:
        """Whether a sentence, by article id and number, is one of them."""
        return any(offer.key == key for offer in self.all)

    def find_nearest(self, vector: NDArray[np.float32], sites: frozenset[str]) -> list[Offer]:
        """The nearest to a text, of the sites that are meant.

        Args:
            vector: the text's embedding, `(d,) float32`.
            sites: names of publishers, run together; of all where there are none.
        """
        near = self.vectors @ vector if self.all else np.zeros(0)
        order = [self.all[i] for i in np.argsort(near)[::-1]]
        meant = (offer for offer in order if not sites or sites & sites_of(offer.entry))
        return list(islice(meant, NEAREST))


def ask_with(offer: Offer, thing: Sequence[str], question: str) -> Iterator[str]:
    """The question with the verb of a sentence, in the wordings that the reader knows.

    Args:
        offer: the sentence.
        thing: what is asked for; empty where a kind is ("which examinations?").
        question: as understood.
    """
    kind = _KIND.search(question)
    words = " ".join(thing) or (kind["kind"] if kind else "")
    for wording in _WORDINGS.get(offer.entry.article.language, _WORDINGS["en"]):
        text = wording.format(verb=offer.verb, thing=words or "it")
        yield text[0].upper() + text[1:]


def asks_kind(question: str) -> bool:
    """Whether a question asks what or which, of offers of any kind: "what does the clinic do?"."""
    return bool(_KIND.search(question))


def find_thing(question: str, names: frozenset[str]) -> list[str]:
    """The words that say what is asked for, in order.

    Args:
        question: as understood.
        names: of the publishers, in lower case.
    """
    return [
        word
        for word in content_words(question)
        if word.casefold() not in names and not words_of_offers().intersection(stem_words(word))
    ]


def share_held(thing: Sequence[str], offer: Offer, weights: WordWeights) -> float:
    """How much of a thing a sentence holds, from 0 to 1; all of nothing."""
    if not thing:
        return 1.0
    counted = np.array([weights.weight(stem_words(word)[0]) for word in thing])
    near = closeness(thing, offer.entry.quote(offer.sentence))
    return float((counted * near).sum() / max(counted.sum(), 1e-6))


def read_offer(entry: Entry, sentence: Sentence, sites: frozenset[str]) -> Offer | None:
    """The sentence as an offer, if its publisher is the one who does what it says."""
    if entry.article.blocks[sentence.block].kind in {"heading", "byline", "reference"}:
        return None
    quote = entry.quote(sentence)
    found = _SUBJECT.match(quote)
    if found and (found["house"] is None or set(stem_words(found["house"])) <= _HOUSES):
        verb = _find_verb(quote[found.end() :], third=found["house"] is not None)
    else:
        words = list(WORD.finditer(quote))[:4]
        lengths = range(1, len(words) + 1)
        end = next((n for n in lengths if _joined(words[:n]) in sites), None)
        verb = _find_verb(quote[words[end - 1].end() :], third=True) if end else None
    return Offer(entry, sentence, verb) if verb else None


def _joined(words: Sequence[re.Match[str]]) -> str:
    return "".join(word.group().casefold() for word in words)


def _find_verb(behind: str, *, third: bool) -> str | None:
    """The verb behind a subject, as one says it of "you"; none where it only "is" or "has"."""
    words = (word.casefold() for word in WORD.findall(behind)[:6])
    likely = (w for w in words if not _BEFORE_VERBS.intersection(stem_words(w)) and w[-2:] != "ly")
    verb = next(likely, None)
    if verb is None or _NO_VERBS.intersection(stem_words(verb)):
        return None
    return re.sub(r"(?<=[^s])s$", "", re.sub(r"ies$", "y", verb)) if third else verb
