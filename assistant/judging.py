"""What is said to who asks for what only a doctor can judge: an article's general words or none.

A diagnosis and leave to start, stop or change a medicine are never given. But "can I just stop my
antidepressant?" is answered by "Never stop an antidepressant on your own", and that is given, with
a word on who decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.concerns import allows_answer
from assistant.intake import restrains
from assistant.referents import lead_in_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.composition import Piece
    from assistant.concerns import Concern
    from assistant.evidence import Candidate

FIRM = 0.8
"""Probability from which on a general answer is given to who may have asked for a diagnosis, with a
word on that. Of 52 training questions of this kind 35 are answered so, two of which no article
answers. What only restrains may be said from the usual threshold on: of 49 training questions on a
medicine 18 are, one of which no article answers."""


def keep_general(
    pieces: Sequence[Piece],
    best: Candidate,
    probability: float,
    judgement: Concern | None,
    concerns: Mapping[Concern, float],
) -> list[Piece]:
    """The pieces of an answer that may be said; none where the question is left to a doctor.

    Args:
        pieces: as chosen without regard to what is asked for.
        best: the candidate that answers best.
        probability: that the articles answer.
        judgement: what is asked for where only a doctor can judge it of a person.
        concerns: what the question touches.
    """
    if judgement is None:
        return list(pieces)
    if judgement == "stop_medicine":
        return _keep_restraint(pieces) if _is_restraint(best) else []
    return list(pieces) if probability >= FIRM and allows_answer(judgement, concerns) else []


def _is_restraint(best: Candidate) -> bool:
    lead_in = lead_in_of(best.entry, best.sentence)
    return restrains(best.quote) or (lead_in is not None and restrains(best.entry.quote(lead_in)))


def _keep_restraint(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces by which nobody changes a medicine; items with the lead-in that says so."""
    kept: list[Piece] = []
    led = False
    for piece in pieces:
        said = piece.entry.quote(piece.sentence)
        restrained = restrains(said)
        if piece.style != "item":
            led = restrained and said.endswith(":")
        if restrained or (led and piece.style == "item"):
            kept.append(piece)
    return kept
