"""Lessons on a GPU: passages are drawn, laid out and read without a loop over texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn import functional

from assistant.reader.pieces import BEGINS, ENDS
from eval.train_encoder import ROUNDED_UP
from eval.train_lessons import NO_SENTENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from torch import Tensor

    from eval.train_lessons import Lessons
    from eval.train_network import Reader

A_STEP, PASSAGES = 64, 3
"""Questions of a step, and how many passages are read of each, as the assistant does."""

TOLD_ALONE = 0.5
"""How often a passage of which only a teacher knows something may be drawn."""

BETWEEN = 12.0
"""Lengths differ by this much within a step, so that no two passes have the same ones."""


class Batches:
    """All lessons on one device."""

    def __init__(self, lessons: Lessons, device: torch.device) -> None:
        """Without a teacher."""
        self.device = device

        def move(array: NDArray[np.generic]) -> Tensor:
            return torch.from_numpy(array).to(device)

        self._passages, self._passage_lengths = (
            move(lessons.passages),
            move(lessons.passage_lengths).long(),
        )
        self._questions, self._question_lengths = (
            move(lessons.questions),
            move(lessons.question_lengths).long(),
        )
        self._spans, self._pairs = move(lessons.spans), move(lessons.pairs).long()
        self._of = move(lessons.pair_questions).long(), move(lessons.pair_passages).long()
        self.labels = move(lessons.labels)
        self._taught = torch.full(self.labels.shape, torch.nan, device=device)

    def teach(self, taught: NDArray[np.float32]) -> None:
        """Takes a teacher's log odds, `(pairs, sentences)`; NaN where it gave none."""
        self._taught = torch.from_numpy(taught).to(self.device)

    def measure(self, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many pieces pairs have, `(pairs,)`."""
        return np.asarray(self._measure(torch.from_numpy(pairs).to(self.device)).cpu())

    def _measure(self, pairs: Tensor) -> Tensor:
        question, passage = (one[pairs] for one in self._of)
        return self._question_lengths[question] + self._passage_lengths[passage] + 3

    def draw(
        self,
        questions: NDArray[np.intp],
        chance: np.random.Generator,
        a_step: int = A_STEP,
        passages: int = PASSAGES,
    ) -> Iterator[Tensor]:
        """Steps of `(a_step, passages)` pairs, -1 where a question has fewer."""
        drawn = self._draw_passages(torch.from_numpy(questions).to(self.device), passages)
        drawn = drawn[(drawn >= 0).any(1)]
        lengths = torch.where(drawn >= 0, self._measure(drawn.clamp(min=0)), 0).amax(1)
        order = torch.argsort(lengths + BETWEEN * torch.rand(len(drawn), device=self.device))
        for start in chance.permutation(range(0, len(drawn), a_step)):
            yield drawn[order[start : start + a_step]]

    def _draw_passages(self, questions: Tensor, passages: int) -> Tensor:
        """One passage that answers, of the others the first found most often."""
        pairs = self._pairs[questions]
        there, safe = pairs >= 0, pairs.clamp(min=0)
        labels = self.labels[safe]
        gold = (labels == 1).any(-1) & there
        coin = torch.rand(len(pairs), 1, device=self.device) < TOLD_ALONE
        known = (labels >= 0).any(-1) | (self._taught[safe].isfinite().any(-1) & coin)
        rank = torch.arange(pairs.shape[1], device=self.device)
        # The highest keys with this noise are a draw without replacement (Gumbel's trick).
        noise = -torch.log(-torch.log(torch.rand(pairs.shape, device=self.device).clamp(1e-9)))
        keys = (noise - torch.log(rank + 1.5)).masked_fill(~(known & there), -torch.inf)
        one = torch.rand(pairs.shape, device=self.device).masked_fill(~gold, -1.0).argmax(1)
        answered = gold.any(1).nonzero().squeeze(1)
        keys[answered, one[answered]] = torch.inf
        highest = keys.topk(min(passages, pairs.shape[1]), 1)
        return torch.where(highest.values > -torch.inf, pairs.gather(1, highest.indices), -1)

    def judge(self, reader: Reader, drawn: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Log odds, labels and what a teacher says: `(questions, sentences of all passages)`."""
        flat = drawn.view(-1)
        there, safe = flat >= 0, flat.clamp(min=0)
        odds = torch.zeros(len(flat), self.labels.shape[1], device=self.device)
        odds[there] = self.read(reader, flat[there]).nan_to_num(0.0)
        labels = torch.where(there[:, None], self.labels[safe], NO_SENTENCE)
        taught = torch.where(there[:, None], self._taught[safe], torch.nan)
        found = (one.view(len(drawn), -1) for one in (odds, labels, taught))
        return next(found), next(found), next(found)

    def read(self, reader: Reader, pairs: Tensor) -> Tensor:
        """Log odds of the sentences of pairs, `(pairs, sentences)`; NaN where there is none."""
        pairs = pairs.to(self.device)
        question, passage = (one[pairs] for one in self._of)
        asked, told = self._question_lengths[question], self._passage_lengths[passage]
        first = (asked + 2)[:, None]
        length = int((asked + told).max()) + 3
        length += -length % ROUNDED_UP
        ids, side = self._lay_out(question, passage, length)
        present = torch.arange(length, device=self.device) < (asked + told + 3)[:, None]
        there = self.labels[pairs] > NO_SENTENCE
        most = int(there.any(0).nonzero().max()) + 1
        spans = self._spans[passage, :most].long() + first[..., None]
        odds = reader(ids, side, present, spans)
        odds = functional.pad(odds, (0, there.shape[1] - most))
        return torch.where(there, odds, torch.nan)

    def _lay_out(self, question: Tensor, passage: Tensor, length: int) -> tuple[Tensor, Tensor]:
        """Pieces and sides `(pairs, length)`, as `assistant.reader.pieces` has them."""
        at = torch.arange(length, device=self.device)[None]
        asked = self._question_lengths[question][:, None]
        first = asked + 2
        last = first + self._passage_lengths[passage][:, None]
        words, text = self._questions[question].long(), self._passages[passage].long()
        own = words.gather(1, (at - 1).clamp(0, words.shape[1] - 1).expand(len(words), -1))
        read = text.gather(1, (at - first).clamp(0, text.shape[1] - 1))
        ids = torch.where((at >= 1) & (at <= asked), own, 0)
        ids = torch.where((at >= first) & (at < last), read, ids)
        ids = torch.where((at == first - 1) | (at == last), ENDS, ids)
        ids = torch.where(at == 0, BEGINS, ids)
        return ids, ((at >= first) & (at <= last)).long()
