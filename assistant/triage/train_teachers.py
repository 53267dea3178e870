"""Larger networks that teach those of triage: MPNet's layers, each asked what it never saw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn

from assistant.triage.network import BEGINS, ENDS
from assistant.triage.records import URGENCIES
from assistant.triage.train_heads import Odds, Plan, TriageNetwork, fit
from assistant.triage.train_texts import FOLDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from assistant.triage.train_texts import TrainingTexts

PLAN = Plan(epochs=2, texts_a_step=192, rates=(1e-4, 1e-3), copies=0.15, seed=1)
SHIFT = 4
"""MPNet's vocabulary is MiniLM's, after four special pieces of its own: <s> <pad> </s> <unk>."""

READ_AT_ONCE = 256


class MPNet(nn.Module):
    """MPNet's layers; its piece vectors stay as they are."""

    width = 768

    def __init__(self, folder: Path) -> None:
        """`folder` holds the model."""
        super().__init__()
        from transformers import AutoModel

        self.model: Any = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        self.model.embeddings.requires_grad_(requires_grad=False)
        self.layers: nn.ModuleList = self.model.encoder.layer

    def begin(self, ids: NDArray[np.int64]) -> Tensor:
        """Pieces of MiniLM's vocabulary → states before the first layer."""
        own = torch.from_numpy(ids + SHIFT)
        for piece, special in ((BEGINS, 0), (ENDS, 2), (0, 1)):
            own[torch.from_numpy(ids == piece)] = special
        states: Tensor = self.model.embeddings(input_ids=own.to(self.model.device))
        return states

    def forward(self, states: Tensor, present: Tensor, first: int = 0) -> Tensor:
        """States before the layer `first` → states after the last."""
        return self.run(states, present, range(first, len(self.layers)))

    def run(self, states: Tensor, present: Tensor, places: range) -> Tensor:
        """States before the first of these layers → states after the last of them."""
        mask = ((1 - present) * -1e4)[:, None, None, :]
        bias = self.model.encoder.compute_position_bias(states)
        for layer in self.layers[places.start : places.stop]:
            states = layer(states, mask, bias)[0]
        return states


def teach(data: TrainingTexts, folder: Path, some: Sequence[int] | None = None) -> Odds:
    """What is likely of each text, by a teacher that saw neither it nor a paraphrase of it.

    Args:
        data: all texts.
        folder: of MPNet.
        some: read and teach these rows alone; the others keep odds of nothing at all.
    """
    rows = np.arange(len(data.plain)) if some is None else np.sort(np.array(some))
    odds = Odds(
        np.full((len(data.plain), len(URGENCIES)), 1 / len(URGENCIES), dtype=np.float32),
        np.full((len(data.plain), len(data.label_names)), 1 / len(data.label_names), np.float32),
    )
    for fold in range(FOLDS):
        own = data.folds[data.owners[rows]] == fold
        torch.manual_seed(PLAN.seed)
        teacher = TriageNetwork(MPNet(folder), len(data.label_names))
        fit(teacher, data, PLAN, _draw(data, rows[~own]))
        _ask(teacher, data, rows[own], odds)
    return odds


def _draw(data: TrainingTexts, rows: NDArray[np.int64]) -> list[int]:
    """An epoch's rows among these: all exemplars, and some copies."""
    copies = rows[rows >= data.own]
    chance = np.random.default_rng(PLAN.seed)
    drawn = chance.choice(copies, int(PLAN.copies * len(copies)), replace=False)
    return [*rows[rows < data.own].tolist(), *drawn.tolist()]


@torch.inference_mode()
def _ask(teacher: TriageNetwork, data: TrainingTexts, rows: NDArray[np.int64], odds: Odds) -> None:
    """Fills in the odds of these rows."""
    teacher.eval()
    ordered = sorted(rows.tolist(), key=lambda row: len(data.plain[row]))
    for start in range(0, len(ordered), READ_AT_ONCE):
        some = ordered[start : start + READ_AT_ONCE]
        for scores, said in zip(teacher.read([data.plain[row] for row in some]), odds, strict=True):
            said[some] = scores.softmax(-1).cpu().numpy()
