from dataclasses import replace

import pytest

from assistant.answer import Answer, AnswerSentence, CitedReference, Source

PASSAGE = (
    "Magnesium is a mineral. It helps because it:\n\ncalms the stress axis\n\n"
    "supports sleep\n\nMost people get enough from food."
)
QUOTE = "calms the stress axis"
PASSAGE_START = 40


@pytest.fixture
def source() -> Source:
    start = PASSAGE_START + PASSAGE.index(QUOTE)
    return Source(
        n=1,
        article_id="magnesium",
        title="Magnesium & sleep",
        url="https://clinic.dk/magnesium",
        publisher="Sample Clinic",
        author="A. Writer",
        published="2026-06",
        modified=None,
        section=("Minerals", "Magnesium"),
        quote=QUOTE,
        start=start,
        end=start + len(QUOTE),
        passage=PASSAGE,
        passage_start=PASSAGE_START,
        link="https://clinic.dk/magnesium#:~:text=calms",
        references=(CitedReference(5, "A trial.", "12345678", "10.1000/a<b>", None),),
        evidence="meta-analysis",
        commercial=True,
    )


@pytest.fixture
def answer(source) -> Answer:
    return Answer(
        question="How does magnesium help?",
        standalone_question="How does magnesium help?",
        kind="answer",
        urgency="none",
        text="It helps because it:\n- calms the stress axis [1]",
        sentences=(AnswerSentence("calms the stress axis", (1,), 1.0),),
        sources=(source,),
        follow_ups=("What is magnesium?",),
        notice="Talk to your doctor first.",
    )


@pytest.fixture
def abstention(answer, source) -> Answer:
    return replace(
        answer,
        kind="abstain",
        text="Our articles do not answer this.",
        sentences=(),
        sources=(),
        related=(replace(source, n=None),),
        notice=None,
    )


@pytest.fixture
def emergency(answer) -> Answer:
    return replace(
        answer,
        kind="guidance",
        urgency="emergency",
        text="Call 112 now.\n\n- Sit down.",
        sentences=(),
        sources=(),
        follow_ups=(),
        notice=None,
    )
