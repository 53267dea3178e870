"""Asks any LangChain chat model for a verdict, several times.

Verdicts are graded as in TREC RAG 2024 (arXiv 2504.15205): full 1, partial 0.5, none 0.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from assistant.generation import recording
from eval.judging.judgement import NoGrade, repeat
from prompts.judging import VERSION, render

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from eval.judging.judgement import Judged, Judgement

GRADES: Final = {"yes": 1.0, "partly": 0.5, "no": 0.0}
_FIRST_WORD = re.compile(r"\w+")


class ChatJudge:
    """A judge that is asked the project's own questions.

    Args:
        model: any LangChain chat model.
        name: how the report names it.
        repeats: how often each question is put.
    """

    metrics = ("judge_support", "judge_completeness", "judge_tone")
    compared = "judge_completeness"

    def __init__(self, model: BaseChatModel, name: str, repeats: int = 3) -> None:
        if repeats < 1:
            raise ValueError(f"repeats is {repeats}; needed: at least 1")
        self._model = model
        self._repeats = repeats
        self.name = name

    def describe(self) -> dict[str, Any]:
        """What a manifest says of it."""
        return {"model": self.name, "repeats": self._repeats, "prompts": VERSION}

    def judge_answer(self, judged: Judged) -> dict[str, Judgement]:
        """Support and tone; completeness where it is known what must be said."""
        text = judged.text
        judgements = {
            "judge_support": self.judge("support", answer=text, quotes=judged.quotes),
            "judge_tone": self.judge("tone", answer=text),
        }
        if judged.facts:
            judgements["judge_completeness"] = self.judge(
                "completeness", question=judged.question, facts=judged.facts, answer=text
            )
        return judgements

    def judge(self, criterion: str, **values: Any) -> Judgement:
        """The verdict on one criterion of `prompts.judging`, by the values its template names."""
        question = render(criterion, **values)
        return repeat(lambda: self._ask(question), self._repeats)

    def _ask(self, question: str) -> float:
        with recording(on=False):
            reply = self._model.invoke(question).text
        grade = read_grade(reply)
        if grade is None:
            raise NoGrade("the judge's reply was none of yes, partly and no")
        return grade


def read_grade(reply: str) -> float | None:
    """The grade that a reply begins with; None where it begins with another word."""
    word = _FIRST_WORD.search(reply.casefold())
    return GRADES.get(word.group()) if word else None
