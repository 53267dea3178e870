"""The answer: one record for the terminal, the page, the HTTP API and the eval harness.

Its JSON form (`Answer.to_dict`) is fixed by the contract in docs/contract.md.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["answer", "abstain", "smalltalk", "guidance"]
Urgency = Literal["none", "urgent", "emergency", "crisis"]
Mode = Literal["extractive", "generative"]


@dataclass(frozen=True, slots=True)
class CitedReference:
    """An entry of the article's own reference list that stands behind the quoted sentence."""

    number: int
    text: str
    pmid: str | None
    doi: str | None
    url: str | None
    check: str = "unchecked"
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A cited sentence with all that a reader needs to judge it.

    Attributes:
        n: its number in the answer's markers; None for related reading, which is not cited.
        quote: the exact sentence, list item or table row: a slice of the canonical text.
        start: offset of the quote in the canonical text.
        end: offset behind the quote.
        page: the page that the quote's block begins on, where the article has pages, as a PDF does.
        passage: the passage around the quote, to be shown with the quote highlighted.
        passage_start: offset of the passage in the canonical text.
        link: URL that opens the article at the quote, where the article has a URL.
        evidence: strongest kind of study behind it, where its references or its words say so.
        commercial: whether the article's publisher sells what it writes about.
    """

    n: int | None
    article_id: str
    title: str
    url: str | None
    publisher: str | None
    author: str | None
    published: str | None
    modified: str | None
    section: tuple[str, ...]
    quote: str
    start: int
    end: int
    passage: str
    passage_start: int
    link: str | None
    references: tuple[CitedReference, ...]
    evidence: str | None
    commercial: bool
    language: str = "en"
    page: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence of the answer, its citations (numbers of sources) and how well they bear it."""

    text: str
    citations: tuple[int, ...]
    support: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says to one question.

    Attributes:
        text: plain text with inline markers `[n]`; list items start with "- ", one a line.
        confidence: calibrated probability that the articles answer the question, 0 to 1.
        notice: what the reader must know beside the answer.
        related: nearby reading of an abstention, never cited.
        tokens: sent to and received from a chat model for it.
        choices: clarifying questions to pick from, where the question was too vague.
    """

    question: str
    standalone_question: str
    kind: Kind
    urgency: Urgency
    text: str
    sentences: tuple[AnswerSentence, ...] = ()
    sources: tuple[Source, ...] = ()
    related: tuple[Source, ...] = ()
    follow_ups: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    notice: str | None = None
    topic: str | None = None
    mode: Mode = "extractive"
    model: str | None = None
    tokens: int = 0
    confidence: float = 0.0
    latency_ms: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """The answer as JSON-ready values, keys as in the contract."""
        record = asdict(self)
        for source in record["related"]:
            del source["n"]
        return record
