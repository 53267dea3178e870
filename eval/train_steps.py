"""Steps of a reader's training on a processor, until the time is up."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import torch
from torch import nn

from eval.train_loss import measure_loss

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torch import Tensor

    from eval.train_batches import Batches
    from eval.train_network import Reader

FROZEN = 2
"""Lower layers that stay as they are: training costs a third less."""

WARM_UP = 20


def take_steps(
    reader: Reader,
    drawn: Iterable[tuple[Batches, Tensor]],
    seconds: float,
    rates: tuple[float, float],
) -> None:
    """Trains in place until the time is up, the rates falling to nothing.

    Args:
        reader: to train.
        drawn: lessons and pairs of them to read in each step, without end.
        seconds: how long.
        rates: of the layers and of the head.
    """
    reader.train()
    reader.encoder.layers[:FROZEN].requires_grad_(requires_grad=False)
    groups = [
        {"params": list(reader.encoder.layers[FROZEN:].parameters())},
        {"params": list(reader.head.parameters())},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.03)
    begun = time.monotonic()
    for step, (batches, pairs) in enumerate(drawn, start=1):
        left = 1 - (time.monotonic() - begun) / seconds
        if left <= 0:
            return
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * min(1.0, step / WARM_UP) * left
        loss = measure_loss(*batches.judge(reader, pairs))
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        optimiser.step()
        if not step % 20:
            print(f"{step} steps, {left:.0%} of the time left, loss {loss:.3f}", flush=True)
