"""The trained network, opened once: log odds that sentences answer a question."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.reader.pairs import make_pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.reader.network import Network
    from index.token_vectors import TokenVectors

WEIGHTS = Path(__file__).parent / "weights.npz"


class Reader:
    """Reads sentences for a question; made by `open_reader`."""

    def __init__(self, network: Network) -> None:
        self._network = network.eval()
        self._rarity = network.rarity.numpy()

    def read(
        self, question: TokenVectors, sentences: Sequence[TokenVectors]
    ) -> NDArray[np.float64]:
        """Log odds that each sentence answers, `(n,)`.

        All sentences are read in one pass of the network.
        """
        import torch

        if not sentences:
            return np.zeros(0)
        pairs = make_pairs([(question, sentence) for sentence in sentences], self._rarity)
        arrays = (pairs.pieces, pairs.signs, pairs.side, pairs.present)
        with torch.inference_mode():
            odds = self._network(*(torch.from_numpy(array) for array in arrays))
        return np.asarray(odds.numpy(), dtype=np.float64)


@cache
def open_reader(weights: Path = WEIGHTS) -> Reader:
    """The reader with the weights of this package, or others of the same network."""
    import torch

    from assistant.reader.network import Network

    network = Network()
    with np.load(weights) as file:
        network.load_state_dict(
            {key: torch.from_numpy(file[key].astype(np.float32)) for key in file.files}
        )
    return Reader(network)
