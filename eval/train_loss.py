"""How far a reader's log odds are from the labels and from what its teacher says."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from eval.train_lessons import NO_SENTENCE

FROM_TEACHER = 0.6
"""How much the teacher's odds count, where it gave any, beside the labels."""

ALONE = 0.3
"""How much each sentence alone counts beside the choice among all and none."""

NEVER = -1e4


def measure_loss(odds: Tensor, labels: Tensor, taught: Tensor) -> Tensor:
    """The mean over questions.

    Args:
        odds: `(questions, sentences)` of all passages that were read of each.
        labels: likewise, as in `Lessons`.
        taught: likewise, a teacher's log odds; NaN without.
    """
    known, gold = labels >= 0, labels == 1
    answered = torch.where(gold.any(1), _add(odds, gold), 0.0)
    alone = functional.binary_cross_entropy_with_logits(odds, gold.float(), reduction="none")
    right = _add_none(odds, known) - answered + ALONE * _mean(alone, known)
    loss = torch.where(known.any(1), right, 0.0)
    told = taught.isfinite() & (labels > NO_SENTENCE)
    learnt = (1 - FROM_TEACHER) * loss + FROM_TEACHER * _follow(odds, taught, told)
    return torch.where(told.any(1), learnt, loss).mean()


def _follow(odds: Tensor, taught: Tensor, told: Tensor) -> Tensor:
    """The same against the teacher's likelihoods (Hinton et al. 2015, arXiv 1503.02531)."""
    said = torch.where(told, taught, NEVER)
    theirs, ours = (
        torch.log_softmax(functional.pad(scores, (0, 1)), 1)
        for scores in (said, odds.masked_fill(~told, NEVER))
    )
    alone = functional.binary_cross_entropy_with_logits(odds, torch.sigmoid(said), reduction="none")
    return (theirs.exp() * (theirs - ours)).sum(1) + ALONE * _mean(alone, told)


def _add(odds: Tensor, kept: Tensor) -> Tensor:
    return torch.logsumexp(odds.masked_fill(~kept, NEVER), 1)


def _add_none(odds: Tensor, kept: Tensor) -> Tensor:
    """With one more, whose log odds are 0: that none answers."""
    return torch.logsumexp(functional.pad(odds.masked_fill(~kept, NEVER), (0, 1)), 1)


def _mean(values: Tensor, kept: Tensor) -> Tensor:
    return (values * kept).sum(1) / kept.sum(1).clamp(min=1)
