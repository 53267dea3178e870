"""Asks any LangChain chat model for a verdict, several times.

Verdicts are graded as in TREC RAG 2024 (arXiv 2504.15205): full 1, partial 0.5, none 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from prompts.judging import VERSION, render

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

GRADES: Final = {"yes": 1.0, "partly": 0.5, "no": 0.0}
_FIRST_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge said to one question, asked several times.

    Attributes:
        score: mean grade, 0 to 1; None where it was not measured.
        spread: highest less lowest grade; 0 for a judge that does not change its mind.
        reason: why there is no score.
    """

    score: float | None
    spread: float = 0.0
    reason: str = ""


class ChatJudge:
    """A judge.

    Args:
        model: any LangChain chat model.
        name: how the report names it.
        repeats: how often each question is put.
    """

    def __init__(self, model: BaseChatModel, name: str, repeats: int = 3) -> None:
        if repeats < 1:
            raise ValueError(f"repeats is {repeats}; needed: at least 1")
        self._model = model
        self._repeats = repeats
        self.name = name

    def describe(self) -> dict[str, Any]:
        """What a manifest says of it."""
        return {"model": self.name, "repeats": self._repeats, "prompts": VERSION}

    def judge(self, criterion: str, **values: Any) -> Judgement:
        """The verdict on one criterion of `prompts.judging`, by the values its template names."""
        question = render(criterion, **values)
        grades = []
        for _ in range(self._repeats):
            try:
                reply = self._model.invoke(question).text
            except Exception as error:  # noqa: BLE001 (whatever a provider raises: not measured)
                return Judgement(None, reason=f"the judge failed: {type(error).__name__}")
            grade = read_grade(reply)
            if grade is None:
                return Judgement(None, reason="the judge's reply was none of yes, partly and no")
            grades.append(grade)
        return Judgement(sum(grades) / len(grades), max(grades) - min(grades))


def read_grade(reply: str) -> float | None:
    """The grade that a reply begins with; None where it begins with another word."""
    word = _FIRST_WORD.search(reply.casefold())
    return GRADES.get(word.group()) if word else None
