"""MedQuAD (CC BY 4.0): its answers, and other words for its questions.

The data set's questions follow a few templates, so each type is also asked as patients would.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answerability.train_squad import split_sentences

if TYPE_CHECKING:
    from pathlib import Path

PARAPHRASES = {
    "information": ("what is {}", "what does {} mean?", "Can you explain {}?", "tell me about {}"),
    "symptoms": (
        "how do I know if I have {}?",
        "What does {} feel like?",
        "signs of {}",
        "what are the symptoms of {}?",
        "how does {} show itself?",
    ),
    "treatment": (
        "how is {} treated?",
        "what helps against {}?",
        "is there a cure for {}",
        "What can I do about {}?",
        "how do you get rid of {}?",
        "which medicines are used for {}?",
    ),
    "inheritance": (
        "does {} run in families?",
        "Is {} hereditary?",
        "can I pass {} on to my children?",
    ),
    "frequency": ("how common is {}?", "How many people have {}?", "is {} rare?"),
    "genetic changes": ("which genes are involved in {}?", "What mutation causes {}?"),
    "causes": ("why do people get {}?", "what causes {}?", "What leads to {}?", "why did I get {}"),
    "exams and tests": (
        "how is {} diagnosed?",
        "which test shows {}?",
        "How do doctors find out if it is {}?",
        "what tests are there for {}",
    ),
    "outlook": ("how long do people with {} live?", "does {} go away?", "What happens with {}?"),
    "susceptibility": ("who gets {}?", "Am I at risk of {}?", "what are the risk factors for {}?"),
    "prevention": ("how can I prevent {}?", "how do I avoid {}?", "can {} be prevented?"),
    "considerations": ("what should I eat with {}?", "What diet is good for {}?"),
    "stages": ("what are the stages of {}?",),
    "complications": ("is {} dangerous?", "What can {} lead to?"),
    "research": ("what research is being done on {}?", "are there new studies on {}?"),
}
# types whose answers may answer each other's questions: no near miss between them
KIN = (
    {"causes", "genetic changes", "inheritance", "susceptibility"},
    {"treatment", "considerations", "outlook", "prevention", "research"},
    {"outlook", "complications", "stages", "symptoms"},
    {"exams and tests", "stages"},
)
BOILERPLATE = re.compile(
    r"resources (address|listed)|Human Phenotype Ontology|Genetics Home Reference|Key Points|"
    r"clinical trials|Genetic Testing Registry|http|www|check with|click",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of MedQuAD, its sentences without boilerplate."""

    focus: str
    qtype: str
    question: str
    sentences: tuple[str, ...]


def read_answers(folder: Path) -> list[Answered]:
    """All answers with at least one usable sentence."""
    root = folder / "medquad"
    with (root / "corpus.jsonl").open(encoding="utf-8") as file:
        texts = {row["_id"]: row["text"] for row in map(json.loads, file)}
    answers = []
    with (root / "queries.jsonl").open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            text = texts.get(row["_id"].removeprefix("q_"))
            if text is None:
                continue
            sentences = tuple(s for s in split_sentences(text)[:12] if is_usable(s))
            if sentences:
                data = row["metadata"]
                data["focus"] = re.sub(r"^What I need to know about ", "", data["focus"])
                question = re.sub(r"\s*\?[\s?]*$", "?", row["text"]).replace("is (are)", "is")
                answers.append(Answered(data["focus"], data["qtype"], question, sentences))
    return answers


def is_usable(sentence: str) -> bool:
    """A statement of bearable length, no question and no boilerplate."""
    return (
        30 < len(sentence) < 400
        and len(sentence.split()) > 5
        and sentence.rstrip().endswith((".", "!"))
        and not BOILERPLATE.search(sentence)
    )


def is_kin(one: str, other: str) -> bool:
    """Whether answers of one type may answer questions of the other."""
    return any(one in kin and other in kin for kin in KIN)
