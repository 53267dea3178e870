"""The name, meaning and source of every metric that a report shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Group = Literal[
    "answers",
    "abstention",
    "citations",
    "retrieval",
    "safety",
    "privacy",
    "language",
    "judge",
    "cost",
]


@dataclass(frozen=True, slots=True)
class Metric:
    """How a metric is named and read.

    Attributes:
        name: key in every file.
        title: words for people.
        description: what it counts, over which cases.
        source: where its definition comes from.
        better: which way is good; `neither` where it only describes.
        unit: `share` is shown in per cent.
    """

    name: str
    title: str
    group: Group
    description: str
    source: str = "this project"
    better: Literal["higher", "lower", "neither"] = "higher"
    unit: Literal["share", "score", "grade", "count"] = "share"


ALCE: Final = "Gao et al. 2023, arXiv 2305.14627"
RAGAS: Final = "Es et al. 2023, arXiv 2309.15217"
TREC_EVAL: Final = "trec_eval; ir_measures"

METRICS: Final[tuple[Metric, ...]] = (
    Metric("right", "Right", "answers", "Questions with all that the case asks for"),
    Metric(
        "right_answer", "Right answers", "answers", "Answerable questions that are answered rightly"
    ),
    Metric(
        "right_abstention",
        "Right abstentions",
        "abstention",
        "Unanswerable questions that are declined",
    ),
    Metric("right_smalltalk", "Right small talk", "answers", "Small talk met with small talk"),
    Metric("right_guidance", "Right guidance", "safety", "Questions met with urgent guidance"),
    Metric("gold_cited", "Gold cited", "answers", "Share of the gold needed that is cited"),
    Metric("facts", "Facts", "answers", "Share of the facts that stand in the text"),
    Metric("references", "References", "answers", "Share of references wanted that are carried"),
    Metric(
        "forbidden_free",
        "Nothing forbidden",
        "answers",
        "Texts without the words that are barred",
    ),
    Metric(
        "same_citation",
        "Same sentence over variants",
        "answers",
        "Wordings of one need whose answer cites the sentence that most of their answers cite",
    ),
    Metric(
        "gold_precision",
        "Citations that are gold",
        "citations",
        "Share of an answer's citations that are gold sentences",
    ),
    Metric(
        "gold_recall",
        "Sentences that cite gold",
        "citations",
        "Share of an answer's sentences that cite a gold sentence",
    ),
    Metric(
        "citation_recall",
        "Citation recall",
        "citations",
        "Share of an answer's sentences that their quotes support, by words, numbers and negation",
        ALCE,
    ),
    Metric(
        "citation_precision",
        "Citation precision",
        "citations",
        "Share of an answer's citations that are needed for that support",
        ALCE,
    ),
    Metric(
        "quotes_exact",
        "Exact quotes",
        "citations",
        "Share of quotes that are the slice of the article they name",
    ),
    Metric(
        "risk_area",
        "Area under risk–coverage",
        "abstention",
        "Mean share of wrong answers over all shares answered; a declined question counts as wrong "
        "if it were answered",
        "El-Yaniv and Wiener 2010; Geifman et al. 2019",
        "lower",
        "score",
    ),
    Metric(
        "auroc",
        "AUROC of the confidence",
        "abstention",
        "Probability that an answerable question has more confidence than an unanswerable one",
        "Hanley and McNeil 1982",
        unit="score",
    ),
    Metric(
        "auroc_near_miss",
        "AUROC on near misses",
        "abstention",
        "The same against unanswerable questions tagged near-miss",
        "Hanley and McNeil 1982",
        unit="score",
    ),
    Metric(
        "auroc_off_topic",
        "AUROC on off-topic questions",
        "abstention",
        "The same against unanswerable questions tagged off-topic",
        "Hanley and McNeil 1982",
        unit="score",
    ),
    Metric(
        "calibration_error",
        "Expected calibration error",
        "abstention",
        "Mean gap between confidence and share of answerable questions, over ten bins",
        "Naeini et al. 2015; Guo et al. 2017",
        "lower",
        "score",
    ),
    Metric(
        "brier",
        "Brier score",
        "abstention",
        "Mean squared distance of the confidence from whether the question is answerable",
        "Brier 1950",
        "lower",
        "score",
    ),
    Metric(
        "ndcg@10",
        "nDCG@10 of passages",
        "retrieval",
        "Gold passages near the top of the ten found, for the question as it was understood",
        TREC_EVAL,
        unit="score",
    ),
    Metric(
        "mrr@10",
        "MRR@10 of passages",
        "retrieval",
        "One over the rank of the first gold passage",
        TREC_EVAL,
        unit="score",
    ),
    Metric(
        "recall@10", "Recall@10 of passages", "retrieval", "Share of gold passages found", TREC_EVAL
    ),
    Metric("hit@10", "Hit rate@10", "retrieval", "Questions with a gold passage found", TREC_EVAL),
    Metric(
        "standalone_f1",
        "Question understood (token F1)",
        "language",
        "Overlap of the question as understood with the one that a person wrote",
        "Rajpurkar et al. 2016, arXiv 1606.05250",
        unit="score",
    ),
    Metric("urgency", "Urgency right", "safety", "Messages and questions given the urgency wanted"),
    Metric("caught", "Urgent messages caught", "safety", "Urgent messages that raise any alarm"),
    Metric("recall_urgent", "Recall: urgent", "safety", "Messages of this level given it"),
    Metric("recall_emergency", "Recall: emergency", "safety", "Messages of this level given it"),
    Metric("recall_crisis", "Recall: crisis", "safety", "Messages of this level given it"),
    Metric(
        "false_alarm",
        "False alarms",
        "safety",
        "Ordinary messages that raise an alarm",
        better="lower",
    ),
    Metric(
        "redaction_leaks",
        "Personal data left",
        "privacy",
        "Share of a message's identifiers that redaction leaves",
        better="lower",
    ),
    Metric(
        "redaction_lost",
        "Harmless words lost",
        "privacy",
        "Share of the words to keep that redaction takes",
        better="lower",
    ),
    Metric(
        "flesch_kincaid",
        "Flesch–Kincaid grade",
        "language",
        "School years needed to read an answer",
        "Kincaid et al. 1975",
        "neither",
        "grade",
    ),
    Metric(
        "lix",
        "LIX",
        "language",
        "Words a sentence plus percentage of long words; 40 is ordinary prose",
        "Björnsson 1968",
        "neither",
        "grade",
    ),
    Metric(
        "judge_support",
        "Support, by the judge",
        "judge",
        "A chat model's grade of whether the quotes state what the answer states",
        "TREC RAG 2024, arXiv 2504.15205",
        unit="score",
    ),
    Metric(
        "judge_completeness",
        "Completeness, by the judge",
        "judge",
        "A chat model's grade of whether what must be said is said, in whatever words",
        "TREC RAG 2024, arXiv 2504.15205",
        unit="score",
    ),
    Metric(
        "judge_tone",
        "Tone, by the judge",
        "judge",
        "A chat model's grade of whether the answer is calm, plain and without promises",
        unit="score",
    ),
    Metric(
        "judge_spread",
        "Spread of the judge",
        "judge",
        "Widest difference between the grades that the judge gave to the same question",
        better="lower",
        unit="score",
    ),
    Metric(
        "judge_agreement",
        "Judge agrees with labels",
        "judge",
        "Answers that the judge calls complete, or not, as the labels do",
    ),
    Metric(
        "ragas_faithfulness",
        "Faithfulness, by Ragas",
        "judge",
        "Share of an answer's statements that a chat model infers from the quotes",
        RAGAS,
        unit="score",
    ),
    Metric(
        "ragas_factual_correctness",
        "Factual correctness, by Ragas",
        "judge",
        "F1 of an answer's statements against what must be said, by a chat model",
        RAGAS,
        unit="score",
    ),
    Metric(
        "deepeval_faithfulness",
        "Faithfulness, by DeepEval",
        "judge",
        "Share of an answer's claims that do not contradict the quotes, by a chat model",
        "DeepEval",
        unit="score",
    ),
    Metric(
        "deepeval_relevancy",
        "Relevancy, by DeepEval",
        "judge",
        "Share of an answer's statements that bear on the question, by a chat model",
        "DeepEval",
        unit="score",
    ),
    Metric(
        "judge_input_tokens",
        "Tokens sent to the judge",
        "cost",
        "Tokens sent to the judge for an answer, all repeats together",
        "LangChain's usage metadata",
        "lower",
        "count",
    ),
    Metric(
        "judge_output_tokens",
        "Tokens written by the judge",
        "cost",
        "Tokens that the judge wrote for an answer, all repeats together",
        "LangChain's usage metadata",
        "lower",
        "count",
    ),
    Metric(
        "input_tokens",
        "Tokens sent",
        "cost",
        "Tokens sent to chat models for a question, as the models count them",
        "LangChain's usage metadata",
        "lower",
        "count",
    ),
    Metric(
        "output_tokens",
        "Tokens written",
        "cost",
        "Tokens that chat models wrote for a question, as the models count them",
        "LangChain's usage metadata",
        "lower",
        "count",
    ),
)

BY_NAME: Final[dict[str, Metric]] = {metric.name: metric for metric in METRICS}
