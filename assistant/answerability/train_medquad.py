"""MedQuAD (CC BY 4.0) → patients' questions with answering and near-miss sentences.

An answer's first sentences are taken to answer its question. Near misses are sentences on the same
focus that answer another type of question, and of the same type on another focus. The data set's
questions follow a few templates, so each type is also asked in other words.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answerability.train_sources import Example, Task, split_sentences

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
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
HEADINGS = {
    "symptoms": "Symptoms",
    "treatment": "Treatment",
    "causes": "Causes",
    "outlook": "Outlook",
    "exams and tests": "Diagnosis",
    "prevention": "Prevention",
    "frequency": "How common it is",
    "inheritance": "Inheritance",
    "susceptibility": "Who is at risk",
    "considerations": "Diet",
    "research": "Research",
    "complications": "Complications",
    "information": "Overview",
}
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


def read_medquad(answers: list[Answered], rng: random.Random, limit: int) -> Iterator[Task]:
    """Questions of each type, asked as in the data set or in other words."""
    by_focus: dict[str, list[Answered]] = defaultdict(list)
    by_type: dict[str, list[Answered]] = defaultdict(list)
    for answer in answers:
        by_focus[answer.focus].append(answer)
        by_type[answer.qtype].append(answer)
    near_names = _foci_by_word(answers)
    # several answers on one focus make the near misses that matter
    rich = [a for a in answers if len(by_focus[a.focus]) > 2]
    rng.shuffle(rich)
    per_type: dict[str, int] = defaultdict(int)
    for answer in rich:
        per_type[answer.qtype] += 1
        if per_type[answer.qtype] > limit // 10:
            continue
        others = [a for a in by_focus[answer.focus] if _is_near_miss(answer.qtype, a.qtype)]
        rng.shuffle(others)
        negatives = [
            Example(_context(a, 0 if a.qtype == "information" else n, rng), s, 0)
            for a in others[:3]
            for n, s in [_pick(a, rng)]
        ]
        other = _other_focus(answer, by_focus, by_type, near_names, rng)
        if other:
            negatives.append(Example(other.focus, other.sentences[0], 0))
        positives = [
            Example(_context(answer, n, rng), s, 1) for n, s in enumerate(answer.sentences[:2])
        ]
        yield Task("medquad", answer.focus, _ask(answer, rng), (*positives, *negatives))


def _ask(answer: Answered, rng: random.Random) -> str:
    phrases = PARAPHRASES.get(answer.qtype)
    if not phrases or rng.random() < 0.35:
        return answer.question
    focus = answer.focus if rng.random() < 0.5 else answer.focus.lower()
    return rng.choice(phrases).format(focus)


def _is_near_miss(asked: str, given: str) -> bool:
    """The sentence's type differs, and its answers do not answer what is asked."""
    return asked != given and not is_kin(asked, given)


def is_kin(one: str, other: str) -> bool:
    """Whether answers of one type may answer questions of the other."""
    return any(one in kin and other in kin for kin in KIN)


def _pick(answer: Answered, rng: random.Random) -> tuple[int, str]:
    """One of the first sentences; of general information the defining one only."""
    number = 0 if answer.qtype == "information" else rng.randrange(min(4, len(answer.sentences)))
    return number, answer.sentences[number]


def _context(answer: Answered, number: int, rng: random.Random) -> str:
    parts = [answer.focus]
    if rng.random() < 0.35 and answer.qtype in HEADINGS:
        parts.append(HEADINGS[answer.qtype])
    if number and rng.random() < 0.5:
        parts.append(answer.sentences[number - 1])
    return ". ".join(part.rstrip(".") for part in parts)


def _foci_by_word(answers: list[Answered]) -> dict[str, list[str]]:
    foci: dict[str, set[str]] = defaultdict(set)
    for answer in answers:
        for word in re.findall(r"[a-z]{4,}", answer.focus.lower()):
            foci[word].add(answer.focus)
    return {word: sorted(names) for word, names in foci.items()}


def _other_focus(
    answer: Answered,
    by_focus: dict[str, list[Answered]],
    by_type: dict[str, list[Answered]],
    near_names: dict[str, list[str]],
    rng: random.Random,
) -> Answered | None:
    """The same type of answer on another focus, half the time one with a like name."""
    names = [
        name
        for word in re.findall(r"[a-z]{4,}", answer.focus.lower())
        for name in near_names[word]
        if answer.focus.lower() not in name.lower() and name.lower() not in answer.focus.lower()
    ]
    if names and rng.random() < 0.6:
        same = [a for a in by_focus[rng.choice(names)] if a.qtype == answer.qtype]
        if same:
            return same[0]
    other = rng.choice(by_type[answer.qtype])
    return other if other.focus != answer.focus else None
