"""What the networks of triage are trained on: exemplars as triage reads them, and harder copies."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from assistant.triage.augment import ASKED, ask, bury, introduce, list_questions, misspell
from assistant.triage.reading import Reader
from assistant.triage.records import URGENCIES
from assistant.triage.train import list_topics, load_as_read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from assistant.triage.exemplars import Exemplar

SEEDS = (7, 8)
"""Two rounds of copies: each epoch draws others."""

FOLDS = 3
LONGEST_FILLER = 120
BURIED, MISSPELT = 0.9, 0.75
"""How many exemplars are buried once, and how many misspelt in each of two rounds."""

ASKED_BURIED, ASKED_MISSPELT = 0.15, 0.25
"""The same of questions that are long, and ordinary, already."""

INTRODUCED = 0.06
"""How many exemplars get a copy with who writes beside them."""

SLIPS = (0.1, 0.2, 0.35)
"""Shares of the longer words that are misspelt."""


@dataclass(frozen=True, slots=True)
class TrainingTexts:
    """Texts and what is true of them.

    Attributes:
        plain: as a network is given them; the exemplars first, then the copies.
        owners: which exemplar each is, or is a copy of.
        levels: of the exemplars, places in `URGENCIES`.
        labels: of the exemplars, the topic of a danger or the kind of a harmless message.
        english: of the exemplars, whether they are English.
        folds: of the exemplars, which teacher does not see them; paraphrases stand together.
        label_names: what labels stand for.
    """

    plain: Sequence[str]
    owners: NDArray[np.int64]
    levels: NDArray[np.int64]
    labels: NDArray[np.int64]
    english: NDArray[np.bool_]
    folds: NDArray[np.int64]
    label_names: Sequence[str]

    @property
    def own(self) -> int:
        """How many exemplars there are."""
        return len(self.levels)


def load_texts() -> TrainingTexts:
    """Reads all exemplars and makes their copies, the same each time."""
    exemplars = load_as_read()
    copies = [pair for seed in SEEDS for pair in _copy(exemplars, random.Random(seed))]
    texts = [one.message for one in exemplars] + [text for _, text in copies]
    names = list_labels(exemplars)
    return TrainingTexts(
        plain=[reading.plain for reading in Reader().read_all(texts)],
        owners=np.array([*range(len(exemplars)), *(owner for owner, _ in copies)]),
        levels=np.array([URGENCIES.index(one.urgency) for one in exemplars]),
        labels=np.array([names.index(_label(one)) for one in exemplars]),
        english=np.array([one.language == "en" for one in exemplars]),
        folds=np.array([crc32(one.group.encode()) % FOLDS for one in exemplars]),
        label_names=names,
    )


def list_labels(exemplars: Sequence[Exemplar]) -> list[str]:
    """What the second head tells apart: topics first, then kinds of harmless messages."""
    return list_topics(exemplars) + sorted({one.kind for one in exemplars if one.urgency == "none"})


def _label(exemplar: Exemplar) -> str:
    return exemplar.topic if exemplar.urgency != "none" else exemplar.kind


def _copy(exemplars: Sequence[Exemplar], chance: random.Random) -> Iterator[tuple[int, str]]:
    """(Exemplar, harder copy): buried among short ordinary messages, introduced, or misspelt."""
    fillers = {
        language: [
            one.message
            for one in exemplars
            if (one.kind, one.language) == ("ordinary", language)
            and not one.history
            and len(one.message) < LONGEST_FILLER
        ]
        for language in ("en", "da", "sv")
    }
    questions = {language: list_questions(exemplars, language) for language in fillers}
    for owner, one in enumerate(exemplars):
        if not one.history and "?" not in one.message and chance.random() < ASKED:
            yield owner, ask(one.message, questions[one.language], chance)
        asked = one.id.startswith("asked_") and one.urgency == "none"
        if not one.history and chance.random() < (ASKED_BURIED if asked else BURIED):
            yield owner, bury(one.message, fillers[one.language], chance)
        if not one.history and chance.random() < INTRODUCED:
            yield owner, introduce(one.message, one.language, chance)
        for _ in range(2):
            if chance.random() < (ASKED_MISSPELT if asked else MISSPELT):
                yield owner, misspell(one.message, chance, chance.choice(SLIPS))
