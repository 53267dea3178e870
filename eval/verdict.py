"""Case + answer → verdict: right or not, with each reason. Pure.

An answer is right when its kind is the one wanted, a gold sentence is cited (all of them where the
case says so), every fact and reference is there, nothing forbidden is, and the urgency fits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eval.gold import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.answer import Answer, Source
    from eval.cases import QuestionCase

_MARKER: Final = re.compile(r"\s?\[\d+\]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was right and what was not; None where the case asks for nothing of the sort.

    Attributes:
        right: whether everything asked for holds.
        kind: the answer's kind is the one wanted.
        gold_cited: share of the gold needed that is cited.
        gold_precision: share of the citations that are gold.
        gold_recall: share of the answer's sentences that cite gold.
        facts: share of the facts in the text.
        references: share of the references that the sources carry.
        forbidden: forbidden words found in the text.
        urgency: the urgency is the one wanted.
    """

    right: bool
    kind: bool
    gold_cited: float | None
    gold_precision: float | None
    gold_recall: float | None
    facts: float | None
    references: float | None
    forbidden: tuple[str, ...]
    urgency: bool | None


def judge(case: QuestionCase, answer: Answer, gold: Sequence[Sequence[Span]]) -> Verdict:
    """Judges an answer.

    Args:
        case: what was wanted.
        answer: what came.
        gold: for each of the case's gold entries, the spans in the library that it means.
    """
    is_kind = answer.kind == case.expected or _asks_back(case, answer)
    answered = answer.kind == "answer"
    text = plain_text(answer)
    cited = [span_of(source) for source in answer.sources] if answered else []
    facts = [holds_any(text, fact) for fact in case.facts]
    references = [_carries(answer.sources, wanted) for wanted in case.references]
    forbidden = tuple(words for words in case.forbidden if _holds(text, words))
    urgency = None if case.urgency is None else answer.urgency == case.urgency
    gold_cited = _share_cited(case, gold, cited)
    needed = (_share(facts), _share(references), gold_cited)
    return Verdict(
        right=is_kind
        and not forbidden
        and urgency is not False
        and all(share in {None, 1.0} for share in needed),
        kind=is_kind,
        gold_cited=gold_cited,
        gold_precision=_share([_is_gold(span, gold) for span in cited]) if case.gold else None,
        gold_recall=_share(_cite_gold(answer, gold)) if case.gold and answered else None,
        facts=_share(facts),
        references=_share(references),
        forbidden=forbidden,
        urgency=urgency,
    )


def plain_text(answer: Answer) -> str:
    """The answer's text without its markers."""
    return _MARKER.sub("", answer.text)


def span_of(source: Source) -> Span:
    """Where a source's quote stands."""
    return Span(source.article_id, source.start, source.end)


def _asks_back(case: QuestionCase, answer: Answer) -> bool:
    """Whether a question that is too vague is met by asking back, under whatever kind."""
    is_vague = "vague" in case.tags and case.expected == "abstain" and not case.history
    return is_vague and not answer.sources and bool(answer.choices)


def _share_cited(
    case: QuestionCase, gold: Sequence[Sequence[Span]], cited: Sequence[Span]
) -> float | None:
    if not case.gold:
        return None
    found = [any(span.is_same(c) for span in spans for c in cited) for spans in gold]
    return sum(found) / len(found) if case.gold_mode == "all" else float(any(found))


def _cite_gold(answer: Answer, gold: Sequence[Sequence[Span]]) -> list[bool]:
    """For each sentence of the answer, whether it cites gold."""
    golden = {source.n for source in answer.sources if _is_gold(span_of(source), gold)}
    return [not golden.isdisjoint(sentence.citations) for sentence in answer.sentences]


def _is_gold(span: Span, gold: Sequence[Sequence[Span]]) -> bool:
    return any(span.is_same(other) for spans in gold for other in spans)


def _share(found: Sequence[bool]) -> float | None:
    return sum(found) / len(found) if found else None


def holds_any(text: str, fact: str | tuple[str, ...]) -> bool:
    """Whether a text holds one of a fact's wordings, each as whole words."""
    choices = fact.split("|") if isinstance(fact, str) else fact
    return any(_holds(text, words) for words in choices)


def _holds(text: str, words: str) -> bool:
    """Whether the words stand in the text as words: "7" is not in "72"."""
    flat, wanted = (" ".join(part.casefold().split()) for part in (text, words))
    before = r"(?<!\w)(?<!\d[.,])" if wanted[0].isalnum() else ""
    after = r"(?!\w)(?![.,]\d)" if wanted[-1].isalnum() else ""
    return re.search(before + re.escape(wanted) + after, flat) is not None


def _carries(sources: Sequence[Source], wanted: str) -> bool:
    return any(
        wanted in {str(reference.number), reference.pmid, reference.doi}
        for source in sources
        for reference in source.references
    )
