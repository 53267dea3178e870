"""Which stage a wrong answer is put down to, shown by counterfactuals where they can be tried.

In the order in which a question passes through: triage, reading, understanding, retrieval,
selection, citation, abstention. A stage is blamed when putting it right puts the answer right, or,
where that can't be tried, when it is the first one whose result is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eval.results import Blame
from eval.verdict import judge
from index.search import Hit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.answer import Answer
    from eval.cases import QuestionCase
    from eval.gold import Span
    from eval.results import Stage
    from eval.subject import Subject
    from eval.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Attempt:
    """A question that was answered.

    Attributes:
        case: what was wanted.
        answer: what came.
        verdict: what was right about it.
        gold: spans of each of the case's gold entries.
        hits: passages found for the question as it was understood.
    """

    case: QuestionCase
    answer: Answer
    verdict: Verdict
    gold: Sequence[Sequence[Span]]
    hits: Sequence[Hit]


def find_blame(attempt: Attempt, subject: Subject) -> Blame:
    """The stage to blame for a wrong answer; the subject is asked again, to see what would be."""
    case, answer, gold = attempt.case, attempt.answer, attempt.gold
    if "guidance" in {case.expected, answer.kind} or attempt.verdict.urgency is False:
        return Blame("triage", f"the urgency was {answer.urgency}, the answer's kind {answer.kind}")
    if gold and not any(gold):
        return Blame("reading", "the library does not hold the gold sentence")
    rewritten = _try_rewrite(case, gold, subject)
    if rewritten:
        reason = "a person's wording of the question is answered rightly"
        return Blame("understanding", reason, rewritten)
    if "smalltalk" in {case.expected, answer.kind}:
        return Blame("understanding", f"the answer's kind was {answer.kind}", rewritten)
    if case.expected == "abstain":
        reason = "it was answered although the library does not answer it"
        return Blame("abstention", reason, rewritten)
    stage, reason, given = _blame_answering(attempt, _try_gold(case, gold, subject))
    return Blame(stage, reason, rewritten, given)


def _blame_answering(attempt: Attempt, given: bool | None) -> tuple[Stage, str, bool | None]:
    """The blame among the stages from retrieval on, for a question that should be answered."""
    verdict = attempt.verdict
    rank = _find_rank(attempt.gold, attempt.hits)
    place = f"stood at rank {rank}" if rank else f"is not among the first {len(attempt.hits)}"
    if given:
        reason = f"the gold passage {place}; with it found first the answer is right"
        return "retrieval", reason, given
    if rank == 0:
        return "retrieval", f"the gold passage {place}", given
    if attempt.answer.kind == "abstain":
        return "abstention", "it was declined with the answer at hand", given
    if verdict.gold_cited is not None and verdict.gold_cited < 1:
        return "selection", "other sentences were cited than the gold", given
    if verdict.references is not None and verdict.references < 1:
        return "citation", "a reference wanted is not with the sources", given
    return "selection", "the text lacks a fact or holds what it must not", given


def _try_rewrite(
    case: QuestionCase, gold: Sequence[Sequence[Span]], subject: Subject
) -> bool | None:
    if case.rewrite is None or (not case.history and case.rewrite == case.question):
        return None
    return judge(case, subject.ask(case.rewrite), gold).right


def _try_gold(case: QuestionCase, gold: Sequence[Sequence[Span]], subject: Subject) -> bool | None:
    passages = [
        Hit(span.article_id, passage, 1.0)
        for spans in gold
        for span in spans
        if not span.is_whole
        for passage in subject.entries[span.article_id].passages
        if passage.start < span.end and span.start < passage.end
    ]
    if not passages:
        return None
    return judge(case, subject.ask_given(case.question, case.history, passages), gold).right


def _find_rank(gold: Sequence[Sequence[Span]], hits: Sequence[Hit]) -> int | None:
    """Rank of the first passage that holds a gold sentence, 0 where none does.

    None where no passage could hold the gold.
    """
    spans = [span for group in gold for span in group if not span.is_whole]
    if not spans:
        return None
    for rank, hit in enumerate(hits, start=1):
        if any(_holds(hit, span) for span in spans):
            return rank
    return 0


def _holds(hit: Hit, span: Span) -> bool:
    passage = hit.passage
    return (
        hit.article_id == span.article_id and passage.start < span.end and span.start < passage.end
    )
