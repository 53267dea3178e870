"""The tagger's network in torch, and how it is written for `tagger`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.answerability.layers import export_network, load_layers, read_weights
from assistant.privacy.pieces import FEATURES
from assistant.privacy.tagger import LABELS

if TYPE_CHECKING:
    from pathlib import Path

SIZE, HIDDEN = 384, 192


class TaggerNetwork(nn.Module):
    """The lower layers of MiniLM over its first states, and a head over each piece.

    Args:
        layers: how many of MiniLM's six; three are shipped.
    """

    def __init__(self, layers: int = 3) -> None:
        super().__init__()
        self.layers: nn.ModuleList = load_layers(quick=True)[:layers]
        self.look = nn.Linear(FEATURES, SIZE)
        nn.init.normal_(self.look.weight, std=0.02)
        nn.init.zeros_(self.look.bias)
        self.hidden = nn.Linear(SIZE + FEATURES, HIDDEN)
        self.out = nn.Linear(HIDDEN, len(LABELS))
        self.drop = nn.Dropout(0.1)

    def forward(self, states: Tensor, seen: Tensor, present: Tensor | None = None) -> Tensor:
        """Scores `(texts, pieces, labels)`; `present` `(texts, pieces)` is 0 where filled up."""
        mask = None if present is None else ((1 - present) * -1e4)[:, None, None, :]
        states = states + self.look(seen)
        for layer in self.layers:
            found: Any = layer(states, attention_mask=mask)
            states = found[0] if isinstance(found, tuple) else found
        joined = torch.cat([self.drop(states), seen], dim=-1)
        scores: Tensor = self.out(self.drop(functional.gelu(self.hidden(joined))))
        return scores

    def load(self, path: Path) -> None:
        """Takes up what `export` wrote: weights in seven bits each."""
        self.load_state_dict(read_weights(path, self.state_dict()))

    def export(self, path: Path) -> None:
        """Writes what `assistant.privacy.tagger` runs."""
        axes = {0: "texts", 1: "pieces"}
        inputs = {
            "states": (torch.zeros(1, 8, SIZE), axes),
            "seen": (torch.zeros(1, 8, FEATURES), axes),
        }
        export_network(self, inputs, {"scores": axes}, path)
