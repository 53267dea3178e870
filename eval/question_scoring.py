"""Question case → result: asks, searches, judges, scores."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from eval.blame import Attempt, find_blame
from eval.judging.scoring import score_by_judge
from eval.metering import metering
from eval.metrics.citation import CitedSentence, score_citations
from eval.metrics.overlap import score_token_f1
from eval.metrics.quotes import Quote, score_exactness
from eval.metrics.readability import measure_flesch_kincaid, measure_lix
from eval.metrics.retrieval import score_hit, score_ndcg, score_recall, score_reciprocal_rank
from eval.metrics.support import supports_by_words
from eval.results import CaseResult
from eval.slices import slices_of
from eval.verdict import judge as judge_answer
from eval.verdict import plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from assistant.answer import Answer
    from eval.cases import QuestionCase
    from eval.gold import GoldFinder, Span
    from eval.judging import Judge
    from eval.subject import Subject
    from eval.verdict import Verdict
    from index.search import Hit

DEPTH: Final = 10
"""Passages that count as found."""

RETRIEVAL: Final[Mapping[str, Callable[[Sequence[str], Mapping[str, int], int], float]]] = {
    "ndcg@10": score_ndcg,
    "mrr@10": score_reciprocal_rank,
    "recall@10": score_recall,
    "hit@10": score_hit,
}


def score_question(
    case: QuestionCase, subject: Subject, finder: GoldFinder, judge: Judge | None = None
) -> CaseResult:
    """How an answer, the passages found for it and its citations fare against the case."""
    gold = [finder.find(entry) for entry in case.gold]
    with metering() as meter:
        answer = subject.ask(case.question, case.history)
    started = time.perf_counter()
    hits = subject.search(answer.standalone_question, DEPTH)
    searched_ms = (time.perf_counter() - started) * 1000
    verdict = judge_answer(case, answer, gold)
    scores = {"right": float(verdict.right), **_score_kind(case, verdict)}
    missing: dict[str, str] = {}
    _take(scores, missing, _score_retrieval(hits, gold, subject))
    _take(scores, missing, _score_answer(answer, subject))
    if case.rewrite:
        scores["standalone_f1"] = score_token_f1(answer.standalone_question, case.rewrite)
    scores["confidence"] = answer.confidence
    _take(scores, missing, meter.score_tokens())
    if judge is not None:
        wanted = _list_facts(case, gold, subject)
        with metering() as judging:
            judged = score_by_judge(judge, answer, wanted, right=verdict.right)
        _take(scores, missing, {**judged, **judging.score_tokens("judge_")})
    attempt = Attempt(case, answer, verdict, gold, hits)
    blame = None if verdict.right else find_blame(attempt, subject)
    return CaseResult(
        id=case.id,
        kind="question",
        right=verdict.right,
        slices=slices_of(case),
        group=case.group or case.id,
        scores=scores,
        not_measured=missing,
        facts=_describe_question(case, answer, hits, gold, subject),
        blame=blame,
        latency_ms=meter.latency_ms({"retrieval": searched_ms}),
    )


def _list_facts(case: QuestionCase, gold: Sequence[Sequence[Span]], subject: Subject) -> list[str]:
    """What must be said, in words for a judge: the facts, or else the first gold sentence's."""
    facts = [fact if isinstance(fact, str) else " or ".join(fact) for fact in case.facts]
    quotes = [
        subject.entries[span.article_id].article.text[span.start : span.end]
        for spans in gold
        for span in spans[:1]
        if not span.is_whole
    ]
    return facts or (quotes if case.gold_mode == "all" else quotes[:1])


def _score_kind(case: QuestionCase, verdict: Verdict) -> dict[str, float]:
    named = {
        "right_answer": verdict.right if case.expected == "answer" else None,
        "right_abstention": verdict.right if case.expected == "abstain" else None,
        "right_smalltalk": verdict.right if case.expected == "smalltalk" else None,
        "right_guidance": verdict.right if case.expected == "guidance" else None,
        "gold_cited": verdict.gold_cited,
        "gold_precision": verdict.gold_precision,
        "gold_recall": verdict.gold_recall,
        "facts": verdict.facts,
        "references": verdict.references,
        "forbidden_free": not verdict.forbidden if case.forbidden else None,
        "urgency": verdict.urgency,
    }
    return {name: float(value) for name, value in named.items() if value is not None}


def _score_retrieval(
    hits: Sequence[Hit], gold: Sequence[Sequence[Span]], subject: Subject
) -> dict[str, float | str]:
    """Scores of the passages found, or why there are none."""
    relevance = find_gold_passages(gold, subject)
    if not gold:
        return {}
    if not relevance:
        reason = "no passage holds the gold: it is missing, or the article's own data"
        return dict.fromkeys(RETRIEVAL, reason)
    ranking = [name_passage(hit) for hit in hits]
    return {name: metric(ranking, relevance, DEPTH) for name, metric in RETRIEVAL.items()}


def find_gold_passages(gold: Sequence[Sequence[Span]], subject: Subject) -> dict[str, int]:
    """Names of the passages that hold a gold sentence, each with label 1."""
    return {
        f"{span.article_id}#{passage.number}": 1
        for spans in gold
        for span in spans
        if not span.is_whole
        for passage in subject.entries[span.article_id].passages
        if passage.start < span.end and span.start < passage.end
    }


def name_passage(hit: Hit) -> str:
    """Article id and number of a passage."""
    return f"{hit.article_id}#{hit.passage.number}"


def _score_answer(answer: Answer, subject: Subject) -> dict[str, float | str]:
    """Citations, quotes and readability of an answer, or why they were not measured."""
    if answer.kind != "answer":
        names = ("citation_recall", "citation_precision", "quotes_exact", "flesch_kincaid", "lix")
        return dict.fromkeys(names, "nothing was answered")
    quotes = {source.n: source.quote for source in answer.sources}
    cited = [
        CitedSentence(sentence.text, tuple(quotes.get(n) for n in sentence.citations))
        for sentence in answer.sentences
    ]
    citations = score_citations(cited, supports_by_words)
    texts = {key: entry.article.text for key, entry in subject.entries.items()}
    exact = score_exactness(
        [Quote(s.article_id, s.quote, s.start, s.end) for s in answer.sources], texts
    )
    text = plain_text(answer)
    grade, lix = measure_flesch_kincaid(text), measure_lix(text)
    return {
        "citation_recall": citations.recall,
        "citation_precision": citations.precision,
        "quotes_exact": "nothing was quoted" if exact is None else exact,
        "flesch_kincaid": "the answer holds no words" if grade is None else grade,
        "lix": "the answer holds no words" if lix is None else lix,
    }


def _take(
    scores: dict[str, float], missing: dict[str, str], found: Mapping[str, float | str]
) -> None:
    for name, value in found.items():
        if isinstance(value, str):
            missing[name] = value
        else:
            scores[name] = float(value)


def _describe_question(
    case: QuestionCase,
    answer: Answer,
    hits: Sequence[Hit],
    gold: Sequence[Sequence[Span]],
    subject: Subject,
) -> dict[str, Any]:
    relevant = find_gold_passages(gold, subject)
    entries = subject.entries
    said = answer.to_dict()
    del said["latency_ms"]
    return {
        "case": case.model_dump(mode="json", exclude_defaults=True),
        "answer": said,
        "gold": [
            [entries[s.article_id].article.text[s.start : s.end] for s in spans] for spans in gold
        ],
        "retrieved": [
            {
                "passage": name_passage(hit),
                "score": round(hit.score, 6),
                "gold": name_passage(hit) in relevant,
                "text": entries[hit.article_id].article.text[hit.passage.start : hit.passage.end],
            }
            for hit in hits
        ],
    }
