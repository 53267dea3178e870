"""The network: word pieces of a question and a sentence → log odds that the sentence answers."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from index.token_vectors import WIDTH

SIZE = 96
LAYERS = 2
HEADS = 4
SIGNS = 3
"""Of each piece: whether the other side holds it, the cosine of the nearest there, its rarity."""

VOCABULARY = 30522


class Network(nn.Module):
    """Two layers of self-attention over both texts' pieces, then both texts pooled.

    Vaswani et al. 2017 (arXiv 1706.03762), with the norm before each step; about 200,000 weights.

    Attributes:
        rarity: `(30522,)` inverse document frequency of each piece, learned with the weights.
    """

    rarity: Tensor

    def __init__(self, dropout: float = 0.2) -> None:
        super().__init__()
        self.register_buffer("rarity", torch.zeros(VOCABULARY))
        self.pieces = nn.Linear(WIDTH, SIZE)
        self.signs = nn.Linear(SIGNS, SIZE)
        self.side = nn.Embedding(2, SIZE)
        self.norm = nn.LayerNorm(SIZE)
        self.drop_pieces = nn.Dropout(dropout / 2)
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList(
            nn.TransformerEncoderLayer(
                SIZE,
                HEADS,
                2 * SIZE,
                dropout,
                activation="gelu",
                batch_first=True,
                norm_first=True,
            )
            for _ in range(LAYERS)
        )
        self.attention = nn.Linear(SIZE, 2)
        self.judge = nn.Sequential(
            nn.LayerNorm(4 * SIZE),
            nn.Linear(4 * SIZE, SIZE),
            nn.GELU(),
            nn.Dropout(dropout),
            nn.Linear(SIZE, 1),
        )

    def forward(self, pieces: Tensor, signs: Tensor, side: Tensor, present: Tensor) -> Tensor:
        """Judges pairs of texts.

        Args:
            pieces: `(pairs, n, 160)` vectors of the question's and then the sentence's pieces.
            signs: `(pairs, n, 3)`.
            side: `(pairs, n)` 0 in the question, 1 in the sentence.
            present: `(pairs, n)` False where a text is filled up.

        Returns:
            `(pairs,)` log odds.
        """
        state = self.pieces(self.drop_pieces(pieces)) + self.signs(signs) + self.side(side)
        state = self.drop(self.norm(state))  # (pairs, n, size)
        for layer in self.layers:
            state = layer(state, src_key_padding_mask=~present)
        weights = self.attention(state)  # (pairs, n, 2)
        asked, said = present & (side == 0), present & (side == 1)
        pooled = [
            _attend(state, weights[..., 0], asked),
            _attend(state, weights[..., 1], said),
            _highest(state, asked),
            _highest(state, said),
        ]
        odds: Tensor = self.judge(torch.cat(pooled, dim=-1)).squeeze(-1)
        return odds


def _attend(state: Tensor, weights: Tensor, mask: Tensor) -> Tensor:
    """The mean of the masked states, weighed: `(pairs, size)`."""
    shares = torch.softmax(weights.masked_fill(~mask, -1e4), dim=1)
    return (shares.unsqueeze(-1) * state).sum(dim=1)


def _highest(state: Tensor, mask: Tensor) -> Tensor:
    """The highest value of each feature among the masked states: `(pairs, size)`."""
    return state.masked_fill(~mask.unsqueeze(-1), -1e4).amax(dim=1)
