"""The stages of answering, in their order: each takes and gives plain records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.citing import cite
from assistant.composition import compose
from assistant.evidence import gather_candidates
from assistant.function_words import content_stems
from assistant.selection import select

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.conversation import Conversation
    from assistant.evidence import Candidate
    from assistant.knowledge import Knowledge
    from assistant.settings import Settings

PASSAGES = 8
RELATED = 2


def answer_question(conversation: Conversation, knowledge: Knowledge, settings: Settings) -> Answer:
    """Answers a question, or says that the library does not."""
    question = conversation.question.strip()
    vector = knowledge.embedder.encode([question])[0]
    hits = knowledge.searcher.search(question, PASSAGES, vector)
    candidates = gather_candidates(
        content_stems(question), vector, hits, knowledge.library, knowledge.weights
    )
    confidence = estimate_confidence(candidates)
    if confidence < settings.answer_threshold:
        return abstain(question, candidates, confidence)
    composition = compose(select(candidates))
    return Answer(
        question=conversation.question,
        standalone_question=question,
        kind="answer",
        urgency="none",
        text=composition.text,
        sentences=composition.sentences,
        sources=composition.sources,
        confidence=round(confidence, 4),
    )


def estimate_confidence(candidates: Sequence[Candidate]) -> float:
    """How likely the best candidate answers."""
    return max(0.0, min(1.0, candidates[0].relevance)) if candidates else 0.0


def abstain(question: str, candidates: Sequence[Candidate], confidence: float) -> Answer:
    """Says that the articles do not answer, with the nearest reading beside it."""
    return Answer(
        question=question,
        standalone_question=question,
        kind="abstain",
        urgency="none",
        text="The articles don't say.",
        related=tuple(cite(c.entry, c.sentence) for c in candidates[:RELATED]),
        confidence=round(confidence, 4),
    )
