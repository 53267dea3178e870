"""Answer + judge → scores of a case, and whether the judge agrees with the labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eval.judging.judgement import Judged
from eval.verdict import plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.answer import Answer
    from eval.judging.judgement import Judge, Judgement


def score_by_judge(
    judge: Judge, answer: Answer, facts: Sequence[str], *, right: bool
) -> dict[str, float | str]:
    """Scores by the judge, or why they were not measured.

    Args:
        judge: the model.
        answer: what came.
        facts: what must be said: the case's facts, or the words of its gold sentences.
        right: the label's verdict, with which the judge's is compared.
    """
    if answer.kind != "answer":
        return dict.fromkeys((*judge.metrics, "judge_spread"), "nothing was answered")
    quotes = tuple(source.quote for source in answer.sources)
    judged = Judged(answer.standalone_question, plain_text(answer), quotes, tuple(facts))
    judgements = judge.judge_answer(judged)
    return {
        **{name: _score(judgement) for name, judgement in judgements.items()},
        "judge_spread": _find_spread(judgements),
        **_compare(judgements.get(judge.compared), right=right),
    }


def _score(judgement: Judgement) -> float | str:
    return judgement.reason if judgement.score is None else judgement.score


def _find_spread(judgements: dict[str, Judgement]) -> float | str:
    """The widest spread of the verdicts that were given."""
    spreads = [each.spread for each in judgements.values() if each.score is not None]
    return max(spreads) if spreads else "the judge gave no verdict"


def _compare(judgement: Judgement | None, *, right: bool) -> dict[str, float | str]:
    """Whether the judge and the labels agree; nothing where the case gave it nothing to judge."""
    if judgement is None:
        return {}
    if judgement.score is None:
        return {"judge_agreement": judgement.reason}
    return {"judge_agreement": float((judgement.score > 0.5) == right)}
