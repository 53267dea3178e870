"""Answer + judge → scores of a case, and whether the judge agrees with the labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eval.verdict import plain_text

if TYPE_CHECKING:
    from assistant.answer import Answer
    from eval.judging.chat_judge import ChatJudge, Judgement

NAMES: Final = ("judge_support", "judge_completeness", "judge_tone", "judge_spread")


def score_by_judge(
    judge: ChatJudge, answer: Answer, facts: list[str], *, right: bool
) -> dict[str, float | str]:
    """Scores by the judge, or why they were not measured.

    Args:
        judge: the model.
        answer: what came.
        facts: what must be said: the case's facts, or the words of its gold sentences.
        right: the label's verdict, with which the judge's on completeness is compared.
    """
    if answer.kind != "answer":
        return dict.fromkeys(NAMES, "nothing was answered")
    text = plain_text(answer)
    judgements = {
        "judge_support": judge.judge(
            "support", answer=text, quotes=[source.quote for source in answer.sources]
        ),
        "judge_tone": judge.judge("tone", answer=text),
    }
    if facts:
        judgements["judge_completeness"] = judge.judge(
            "completeness", question=answer.standalone_question, facts=facts, answer=text
        )
    return {
        **{name: _score(judgement) for name, judgement in judgements.items()},
        **_compare(judgements, right=right),
    }


def _score(judgement: Judgement) -> float | str:
    return judgement.reason if judgement.score is None else judgement.score


def _compare(judgements: dict[str, Judgement], *, right: bool) -> dict[str, float | str]:
    """The widest spread, and whether the judge and the labels agree."""
    measured = [judgement for judgement in judgements.values() if judgement.score is not None]
    compared: dict[str, float | str] = {
        "judge_spread": max(judgement.spread for judgement in measured)
        if measured
        else "the judge gave no verdict"
    }
    complete = judgements.get("judge_completeness")
    if complete and complete.score is not None:
        compared["judge_agreement"] = float((complete.score > 0.5) == right)
    return compared
