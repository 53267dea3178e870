"""A chat model as judge of answers: optional, named, asked several times, its spread shown.

A judge that fails, or replies with something else than was asked for, leaves the score unmeasured.
"""

from eval.judging.chat_judge import ChatJudge, Judgement

__all__ = ["ChatJudge", "Judgement"]
