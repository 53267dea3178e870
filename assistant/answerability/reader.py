"""The reader: a small transformer that reads a question and a candidate side by side.

Its inputs are MiniLM's word-piece vectors (no layer of MiniLM is run), and for each piece how near
the nearest piece of the other side is, whether it occurs there, and how rare it is: what a reader
this small can't find out by itself (as in DrQA, Chen et al. 2017). Two layers of width 64 then
learn which words matter and whether the sentence holds what the question asks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import nn
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.answerability.pieces import Pieces

WIDTH = 64
HEADS = 4
LAYERS = 2
FEATURES = 7
LONGEST = 168
CONTEXT, SENTENCE, PADDING = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs of a question and a candidate, padded.

    Attributes:
        ids: `(n, l)` word pieces, the question's before the candidate's.
        parts: `(n, l)` 0 question, 1 context, 2 sentence, 3 padding.
    """

    ids: torch.Tensor
    parts: torch.Tensor


def make_batch(pairs: Sequence[tuple[Pieces, Pieces]]) -> Batch:
    """Puts pairs of pieces into tensors."""
    longest = max(len(question.ids) + len(candidate.ids) for question, candidate in pairs)
    ids = torch.zeros((len(pairs), longest), dtype=torch.long)
    parts = torch.full((len(pairs), longest), PADDING, dtype=torch.long)
    for row, (question, candidate) in enumerate(pairs):
        length = len(question.ids) + len(candidate.ids)
        ids[row, :length] = torch.tensor(question.ids + candidate.ids)
        parts[row, :length] = torch.tensor(question.parts + candidate.parts)
    return Batch(ids, parts)


class Reader(nn.Module):
    """Log odds that the candidate's sentence answers the question.

    Args:
        vectors: `(30522, 384)` MiniLM's word-piece vectors; not trained, not saved.
        rarity: `(30522,)` inverse document frequency of each piece, from 0 to 1.
    """

    vectors: torch.Tensor
    directions: torch.Tensor
    rarity: torch.Tensor

    def __init__(self, vectors: torch.Tensor, rarity: torch.Tensor) -> None:
        super().__init__()
        centred = vectors - vectors.mean(dim=0)
        self.register_buffer("vectors", centred * 4, persistent=False)
        self.register_buffer("directions", functional.normalize(centred, dim=-1), persistent=False)
        self.register_buffer("rarity", rarity)
        self.project = nn.Linear(vectors.shape[1], WIDTH)
        self.describe = nn.Linear(FEATURES, WIDTH)
        self.part = nn.Embedding(4, WIDTH)
        self.position = nn.Embedding(LONGEST, WIDTH)
        self.layers = nn.ModuleList(_Layer() for _ in range(LAYERS))
        self.attend = nn.Linear(WIDTH, 2)
        self.judge = nn.Sequential(
            nn.LayerNorm(2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH), nn.GELU(), nn.Linear(WIDTH, 1)
        )
        self.point = nn.Linear(WIDTH, 1)
        self.dropout = nn.Dropout(0.1)

    def forward(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """Gives `(n,)` log odds for the pairs and `(n, l)` for each piece to be of the answer."""
        kept = batch.parts != PADDING
        hidden = self.project(self.vectors[batch.ids]) + self.describe(self._match(batch))
        hidden = hidden + self.part(batch.parts) + self.position.weight[: batch.ids.shape[1]]
        hidden = self.dropout(hidden)
        mask = torch.zeros(kept.shape).masked_fill(~kept, float("-inf"))[:, None, None, :]
        for layer in self.layers:
            hidden = layer(hidden, mask)
        weight = self.attend(hidden)  # (n, l, 2): one pool over the question, one over the rest
        question = (batch.parts == 0)[..., None]
        other = ((batch.parts == SENTENCE) | (batch.parts == CONTEXT))[..., None]
        pools = [
            (torch.softmax(weight[..., [i]].masked_fill(~own, -1e9), dim=1) * hidden).sum(dim=1)
            for i, own in enumerate((question, other))
        ]
        return self.judge(torch.cat(pools, dim=-1))[:, 0], self.point(hidden)[..., 0]

    def _match(self, batch: Batch) -> torch.Tensor:
        """`(n, l, FEATURES)`: how each piece is met on the other side."""
        direction = self.directions[batch.ids]  # (n, l, 384)
        near = direction @ direction.transpose(1, 2)  # (n, l, l)
        same = (batch.ids[:, :, None] == batch.ids[:, None, :]).float()
        ordinary = batch.ids > 998  # special pieces and punctuation meet nothing
        question = (batch.parts == 0) & ordinary
        rarity = self.rarity[batch.ids]
        columns = []
        for part in (SENTENCE, CONTEXT):
            target = (batch.parts == part) & ordinary
            # the question looks at this part; this part looks at the question
            allowed = (question[:, :, None] & target[:, None, :]) | (
                target[:, :, None] & question[:, None, :]
            )
            met = torch.where(allowed, same, 0).amax(dim=2)
            columns += [torch.where(allowed, near, 0).amax(dim=2), met, met * rarity]
        return torch.stack([*columns, rarity], dim=-1)


class _Layer(nn.Module):
    """A transformer layer with normalisation before each part."""

    def __init__(self) -> None:
        super().__init__()
        self.before_attention = nn.LayerNorm(WIDTH)
        self.heads = nn.Linear(WIDTH, 3 * WIDTH)
        self.join = nn.Linear(WIDTH, WIDTH)
        self.widen = nn.Sequential(
            nn.LayerNorm(WIDTH), nn.Linear(WIDTH, 2 * WIDTH), nn.GELU(), nn.Linear(2 * WIDTH, WIDTH)
        )
        self.dropout = nn.Dropout(0.1)

    def forward(self, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        pairs, length, _ = hidden.shape
        heads = self.heads(self.before_attention(hidden)).view(pairs, length, 3, HEADS, -1)
        query, key, value = heads.permute(2, 0, 3, 1, 4)
        attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        attended = attended.transpose(1, 2).reshape(pairs, length, WIDTH)
        hidden = hidden + self.dropout(self.join(attended))
        widened: torch.Tensor = self.dropout(self.widen(hidden))
        return hidden + widened
