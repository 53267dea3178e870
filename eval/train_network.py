"""The reader's network in torch: as it is trained, and as it is written for the assistant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from assistant.answerability.layers import export_network, load_layers
from eval.train_encoder import Encoder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from eval.train_encoder import Kind

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

    def judge_spans(self, states: Tensor, spans: Tensor) -> Tensor:
        """The same for many sentences of each pair at once, quickly.

        Args:
            states: `(pairs, n, size)`.
            spans: `(pairs, sentences, 2)` first piece and the one after the last; no piece is
                in two sentences.

        Returns:
            `(pairs, sentences)`.
        """
        pairs, length, size = states.shape
        at = torch.arange(length, device=states.device)
        within = (at >= spans[..., :1]) & (at < spans[..., 1:])  # (pairs, sentences, n)
        mean = torch.bmm(within.to(states.dtype), states)
        mean = mean / within.sum(-1, keepdim=True).clamp(min=1).to(states.dtype)
        of = torch.where(within.any(1), within.float().argmax(1), spans.shape[1])
        highest = states.new_full((pairs, spans.shape[1] + 1, size), BELOW_ALL)
        index = of[..., None].expand(-1, -1, size)
        highest = highest.scatter_reduce(1, index, states, "amax")[:, :-1]
        pair = states[:, :1].expand(-1, spans.shape[1], -1)
        odds: Tensor = self.layers(torch.cat([pair, mean, highest], dim=-1).float()).squeeze(-1)
        return odds


class Reader(nn.Module):
    """A cross-encoder (Nogueira and Cho 2019, arXiv 1901.04085) that judges each sentence."""

    def __init__(self, kind: Kind, folder: Path) -> None:
        """An encoder with the weights of a folder, and a new head."""
        super().__init__()
        self.encoder = Encoder(kind, folder)
        self.head = Head(kind.width)

    def forward(self, ids: Tensor, side: Tensor, present: Tensor, spans: Tensor) -> Tensor:
        """Log odds `(pairs, sentences)`; the arguments as of `Encoder` and `judge_spans`."""
        return self.head.judge_spans(self.encoder(ids, side, present), spans)

    def take_weights(self, named: Mapping[str, Tensor]) -> None:
        """Takes over weights that are named as in `Network`."""
        self.encoder.take_weights(named)
        self.head.load_state_dict({name: named[f"head.{name}"] for name in self.head.state_dict()})

    def name_weights(self) -> dict[str, Tensor]:
        """As `Network` names them."""
        head = {f"head.{name}": tensor for name, tensor in self.head.state_dict().items()}
        return self.encoder.name_weights() | {name: one.cpu() for name, one in head.items()}


class Network(nn.Module):
    """What is written for the assistant: a `Reader` over states before MiniLM's first layer."""

    def __init__(self) -> None:
        """MiniLM's layers and a new head."""
        super().__init__()
        self.layers: nn.ModuleList = load_layers()
        self.head = Head(SIZE)

    def forward(self, states: Tensor, present: Tensor, row: Tensor, within: Tensor) -> Tensor:
        """Log odds of each sentence, `(sentences,)`; the arguments as in `Pieces`."""
        mask = ((1 - present) * -1e4)[:, None, None, :]
        for layer in self.layers:
            found: Any = layer(states, attention_mask=mask)
            states = found[0] if isinstance(found, tuple) else found
        odds: Tensor = self.head(states, row, within)
        return odds

    def export(self, path: Path) -> None:
        """Writes what `assistant.reader` runs."""
        pairs, sentences = {0: "passages", 1: "pieces"}, {0: "sentences", 1: "pieces"}
        inputs = {
            "states": (torch.zeros(2, 8, SIZE), pairs),
            "present": (torch.ones(2, 8), pairs),
            "row": (torch.tensor([0, 1]), {0: "sentences"}),
            "within": (torch.ones(2, 8), sentences),
        }
        export_network(self, inputs, {"odds": {0: "sentences"}}, path)
