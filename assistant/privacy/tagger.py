"""Finds what the rules left: a network tells, piece by piece, what identifies a person.

MiniLM's lower layers, trained on (`train_tagger`), over word pieces. It is opened with the first
message that is redacted, and reads a message only after the rules have taken out what they know.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.privacy.look_alikes import find_placeholders
from assistant.privacy.records import Candidate, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from assistant.privacy.pieces import Pieces

LABELS = ("none", "name", "address", "phone", "e-mail", "date of birth", "code", "link", "handle")
"""What the network tells apart; a code is any number by which a person is filed."""

WEIGHTS = Path(__file__).parent / "data" / "tagger.onnx"
MOST_PIECES = 96
"""Longer messages are read in windows."""

STEP = 72
"""From one window's begin to the next; of what two windows read, each gives the half nearer it."""

SURE, SURE_BESIDE, LIKELY = 0.8, 0.5, 0.35
"""How sure the tagger must be of one word of an identifier; of one in a message that holds others;
and of the words on either side. Chosen so that of the look-alikes in messages that training had
not seen no more than 2.5 % were harmed (docs/privacy.md)."""

BEGINS, ENDS = 101, 102
"""MiniLM's special pieces [CLS] and [SEP]."""

LEAST_DIGITS = {Kind.PHONE: 6, Kind.DATE_OF_BIRTH: 4}
"""With fewer, written as digits, it is no phone ("8-10 and 12-14") and no date with its year."""

_SAYS = re.compile(r"\w")
_NAME_WORD = re.compile(r"[A-ZÆØÅÄÖ][^\W\d_]{2,}")

_KINDS = tuple(Kind.ID_NUMBER if label == "code" else Kind(label) for label in LABELS[1:])


def find_tagged(text: str) -> Iterator[Candidate]:
    """Yields runs of words that the network takes for one identifier, and names said again."""
    from assistant.privacy.pieces import lay_out

    pieces = lay_out(text)
    if not len(pieces.ids):
        return
    likely = _by_words(open_tagger().tag(pieces), pieces)
    kinds = np.where(likely[:, 0] < 1 - LIKELY, likely[:, 1:].argmax(axis=1), -1)
    personal = bool(find_placeholders(text)) or likely[:, 0].min() < 1 - SURE
    enough = SURE_BESIDE if personal else SURE
    for kind, run in groupby(range(len(kinds)), key=lambda piece: int(kinds[piece])):
        members = list(run)
        start, end = pieces.places[members[0]][0], pieces.places[members[-1]][1]
        if kind < 0 or likely[members, 0].min() >= 1 - enough:
            continue
        if _SAYS.search(text, start, end) and _has_digits_enough(_KINDS[kind], text[start:end]):
            yield Candidate(_KINDS[kind], start, end)
            if _KINDS[kind] is Kind.NAME:
                yield from _find_again(text, text[start:end])


def _has_digits_enough(kind: Kind, words: str) -> bool:
    digits = sum(character.isdigit() for character in words)
    return not digits or digits >= LEAST_DIGITS.get(kind, 0)


def _find_again(text: str, name: str) -> Iterator[Candidate]:
    for word in _NAME_WORD.findall(name):
        for match in re.finditer(rf"(?<![\w-]){re.escape(word)}(?:s?(?![\w-]))", text):
            yield Candidate(Kind.NAME, match.start(), match.start() + len(word))


def _by_words(likely: NDArray[np.float32], pieces: Pieces) -> NDArray[np.float32]:
    """The pieces of one word are judged together: by their mean."""
    words = np.cumsum(pieces.seen[:, 11] == 0) - 1
    sums = np.zeros((words[-1] + 1, likely.shape[1]), dtype=np.float32)
    np.add.at(sums, words, likely)
    means: NDArray[np.float32] = (sums / np.bincount(words)[:, None])[words]
    return means


class Tagger:
    """Reads pieces; made by `open_tagger`."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def tag(self, pieces: Pieces) -> NDArray[np.float32]:
        """How likely each piece has each of `LABELS`, `(n, labels)`."""
        count = len(pieces.ids)
        likely = np.zeros((count, len(LABELS)), dtype=np.float32)
        for start in starts_of_windows(count):
            window = slice(start, start + MOST_PIECES)
            read = self._read(pieces.ids[window], pieces.seen[window])
            skipped = (MOST_PIECES - STEP) // 2 if start else 0
            likely[start + skipped : start + len(read)] = read[skipped:]
        return likely

    def _read(self, ids: NDArray[np.int64], seen: NDArray[np.float32]) -> NDArray[np.float32]:
        from assistant.answerability.pieces import load_first_states

        framed = np.concatenate([[BEGINS], ids, [ENDS]])[None]
        states = load_first_states(framed, np.zeros_like(framed))
        beside = np.pad(seen, ((1, 1), (0, 0)))[None]
        (scores,) = self._session.run(["scores"], {"states": states, "seen": beside})
        odds = np.exp(scores[0, 1:-1] - scores[0, 1:-1].max(axis=-1, keepdims=True))
        likely: NDArray[np.float32] = odds / odds.sum(axis=-1, keepdims=True)
        return likely


def starts_of_windows(count: int) -> range:
    """Where the windows of a message of `count` pieces begin."""
    return range(0, max(1, count - MOST_PIECES + STEP), STEP)


@cache
def open_tagger(weights: Path = WEIGHTS) -> Tagger:
    """The tagger with the weights of this package."""
    from index.onnx_session import open_session

    return Tagger(open_session(weights))
