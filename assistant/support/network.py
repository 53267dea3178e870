"""The network that reads a claim beside what it cites, and not word by word.

A cross-encoder: MiniLM's layers over both texts, trained on true and false claims on the training
articles (`train_network`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.answerability.pieces import load_first_states, load_tokenizer
from index.onnx_session import open_session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent / "network.onnx"
"""MiniLM's layers and the head in whole numbers of eight bits; its own piece vectors are used."""

CLAIM_PIECES = 64
CONTEXT_PIECES = 28
MOST_PIECES = 144
"""More of a claim, of a context and of all together is not read."""

BEGINS, ENDS, COLON = 101, 102, 1024
"""MiniLM's special pieces [CLS] and [SEP], and the one that parts a context from its sentences."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Claims beside their evidence, filled up to the same length `n`.

    Attributes:
        ids: `(claims, n) int64`, pieces of MiniLM's vocabulary.
        side: `(claims, n) int64`, 0 in the claim, 1 in the evidence.
        present: `(claims, n) float32`, 0 where a row is filled up.
        claimed: `(claims, n) float32`, 1 at the pieces of the claim.
    """

    ids: NDArray[np.int64]
    side: NDArray[np.int64]
    present: NDArray[np.float32]
    claimed: NDArray[np.float32]


class SupportNetwork:
    """Reads claims; made by `open_network`."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def judge(self, claim: str, evidence: Sequence[str], context: str = "") -> float:
        """Log odds that the evidence, taken together, bears the claim."""
        pieces = lay_out([(claim, evidence, context)])
        inputs = {
            "states": load_first_states(pieces.ids, pieces.side),
            "present": pieces.present,
            "claimed": pieces.claimed,
        }
        (odds,) = self._session.run(["odds"], inputs)
        return float(odds[0])


def lay_out(claims: Sequence[tuple[str, Sequence[str], str]]) -> Pieces:
    """Claims, what each cites and the context of that → pieces, claim first."""
    rows = [_lay_out_one(*claim) for claim in claims]
    ids = np.zeros((len(rows), max(len(row) for row, _ in rows)), dtype=np.int64)
    side = np.zeros_like(ids)
    present = np.zeros(ids.shape, dtype=np.float32)
    claimed = np.zeros(ids.shape, dtype=np.float32)
    for number, (row, own) in enumerate(rows):
        ids[number, : len(row)] = row
        side[number, own + 2 : len(row)] = 1
        present[number, : len(row)] = 1
        claimed[number, 1 : own + 1] = 1
    return Pieces(ids, side, present, claimed)


def _lay_out_one(claim: str, evidence: Sequence[str], context: str) -> tuple[list[int], int]:
    own = _cut(claim or ".")[:CLAIM_PIECES]
    above = [*_cut(context)[:CONTEXT_PIECES], COLON] if context else []
    beside = above + [piece for quote in evidence for piece in _cut(quote)]
    return [BEGINS, *own, ENDS, *beside[: MOST_PIECES - len(own) - 3], ENDS], len(own)


def reads_whole(claim: str) -> bool:
    """Whether a claim is short enough to be read to its end."""
    return len(_cut(claim)) <= CLAIM_PIECES


def _cut(text: str) -> list[int]:
    pieces: list[int] = load_tokenizer().encode(text, add_special_tokens=False).ids
    return pieces


@cache
def open_network(weights: Path = WEIGHTS) -> SupportNetwork:
    """The network with the weights of this package."""
    return SupportNetwork(open_session(weights))
