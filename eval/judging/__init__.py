"""Chat models as judges of answers: optional, named, asked several times, their spread shown.

The questions are the project's own (`ChatJudge`), or those of Ragas or DeepEval, where installed.
A judge that fails, or replies with something else than was asked for, leaves the score unmeasured.
"""

from eval.judging.chat_judge import ChatJudge
from eval.judging.judgement import Judge, Judged, Judgement
from eval.judging.opening import open_judge

__all__ = ["ChatJudge", "Judge", "Judged", "Judgement", "open_judge"]
