"""The reader's network in torch, to be trained: MiniLM's six layers, and a head over sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.answerability.layers import export_network, load_layers
from assistant.answerability.pieces import load_frame, load_vectors

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.reader.pieces import Pieces

SIZE = 384
BELOW_ALL = -1e4
"""Below any state: what does not belong to a sentence is never its highest value."""


class Head(nn.Module):
    """Judges sentences by the states of their pair.

    A sentence is judged by the state of the whole pair and the mean and the highest values of
    its own pieces' states.
    """

    def __init__(self, size: int) -> None:
        """A new head over states of that size."""
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(3 * size, SIZE), nn.GELU(), nn.Dropout(0.1), nn.Linear(SIZE, 1)
        )

    def forward(self, states: Tensor, row: Tensor, within: Tensor) -> Tensor:
        """Log odds of each sentence, `(sentences,)`, of `(pairs, n, size)` states."""
        own = states[row]  # (sentences, n, size)
        inside = within[..., None]
        mean = (own * inside).sum(1) / inside.sum(1).clamp(min=1)
        highest = (own + (1 - inside) * BELOW_ALL).amax(1)
        odds: Tensor = self.layers(torch.cat([own[:, 0], mean, highest], dim=-1)).squeeze(-1)
        return odds


class Network(nn.Module):
    """A cross-encoder (Nogueira and Cho 2019, arXiv 1901.04085) that judges each sentence.

    MiniLM's piece vectors stay as they are and are no part of it.
    """

    def __init__(self, *, quick: bool = False) -> None:
        """MiniLM's layers and a new head.

        Args:
            quick: a fused attention, without dropout of its own; it cannot be exported.
        """
        super().__init__()
        self._frame = [torch.from_numpy(array) for array in (load_vectors(), *load_frame())]
        self.layers: nn.ModuleList = load_layers(quick=quick)
        self.head = Head(SIZE)

    def forward(self, states: Tensor, present: Tensor, row: Tensor, within: Tensor) -> Tensor:
        """Log odds of each sentence, `(sentences,)`; the arguments as in `Pieces`."""
        mask = ((1 - present) * -1e4)[:, None, None, :]
        for layer in self.layers:
            found: Any = layer(states, attention_mask=mask)
            states = found[0] if isinstance(found, tuple) else found
        odds: Tensor = self.head(states, row, within)
        return odds

    def judge(self, pieces: Pieces) -> Tensor:
        """Log odds for pieces that are laid out, on this network's device."""
        device = next(self.parameters()).device
        self._frame = [array.to(device) for array in self._frame]
        vectors, places, sides, scale, shift = self._frame
        ids, side, present, row, within = on_device(pieces, device)
        states = vectors[ids] + places[: ids.shape[1]] + sides[side]
        states = functional.layer_norm(states, (SIZE,), scale, shift, 1e-12)
        odds: Tensor = self(states, present, row, within)
        return odds

    def export(self, path: Path) -> None:
        """Writes what `assistant.reader` runs."""
        plain = Network()
        plain.load_state_dict(self.state_dict())
        pairs, sentences = {0: "passages", 1: "pieces"}, {0: "sentences", 1: "pieces"}
        inputs = {
            "states": (torch.zeros(2, 8, SIZE), pairs),
            "present": (torch.ones(2, 8), pairs),
            "row": (torch.tensor([0, 1]), {0: "sentences"}),
            "within": (torch.ones(2, 8), sentences),
        }
        export_network(plain, inputs, {"odds": {0: "sentences"}}, path)


def on_device(pieces: Pieces, device: torch.device) -> list[Tensor]:
    """The arrays of `Pieces`, in their order."""
    arrays = (pieces.ids, pieces.side, pieces.present, pieces.row, pieces.within)
    return [torch.from_numpy(array).to(device) for array in arrays]
