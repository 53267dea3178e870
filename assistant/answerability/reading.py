"""Runs the reader on a question's candidates; its weights are part of this package."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.answerability.pieces import candidate_pieces, load_vectors, question_pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.answerability.features import Candidate
    from assistant.answerability.reader import Reader

WEIGHTS = Path(__file__).parent / "weights" / "reader.npz"


def read_candidates(
    question: str, candidates: Sequence[Candidate], reader: Reader | None = None
) -> NDArray[np.float32]:
    """The reader's log odds that each candidate answers.

    Args:
        question: as understood, standing alone.
        candidates: at least one.
        reader: another reader than the package's, while training.

    Returns:
        `(n,) float32`.
    """
    import torch

    from assistant.answerability.reader import make_batch

    asked = question_pieces(question)
    pairs = [(asked, candidate_pieces(c.context, c.sentence)) for c in candidates]
    with torch.inference_mode():
        logits, _ = (reader or load_reader(WEIGHTS))(make_batch(pairs))
    return np.asarray(logits.numpy(), dtype=np.float32)


@lru_cache(maxsize=4)
def load_reader(path: Path) -> Reader:
    """A reader with weights that `save_reader` wrote, ready to read."""
    import torch

    from assistant.answerability.reader import Reader

    reader = Reader(torch.from_numpy(load_vectors()), torch.zeros(30_522))
    with np.load(path) as arrays:
        state = {name: torch.from_numpy(arrays[name].astype(np.float32)) for name in arrays.files}
    reader.load_state_dict(state)
    return reader.eval()


def save_reader(reader: Reader, path: Path) -> None:
    """Writes what was trained, as half floats; MiniLM's vectors are not part of it."""
    state = {name: value.numpy().astype(np.float16) for name, value in reader.state_dict().items()}
    np.savez_compressed(path, **state)
