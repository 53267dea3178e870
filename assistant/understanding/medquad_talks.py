"""Conversations made of MedQuAD's questions on one subject, which later ones leave unsaid.

MedQuAD (Ben Abacha and Demner-Fushman 2019, CC BY 4.0) asks several questions on each subject.
Asked one after the other, later ones say "it", "they" or nothing where people would; the question
with its subject is what they mean. Every second conversation then turns to another subject.
"""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

FOLDER = Path("../shared/data/medquad")
PLURAL = re.compile(r"(?<![siu])s$")
SAID = ("it", "it", "it", "this", "")


def make_talks(count: int, seed: int = 0) -> list[list[dict[str, Any]]]:
    """Conversations in the form of CANARD's.

    Args:
        count: how many.
        seed: of the random choices.
    """
    chance = random.Random(seed)  # noqa: S311 - training data, not secrets
    subjects = [s for s in _read_subjects() if len(s[1]) > 2]
    talks = []
    for _ in range(count):
        talk: list[dict[str, Any]] = []
        for subject, questions in chance.sample(subjects, chance.choice((1, 2))):
            name = subject if chance.random() < 0.3 else subject.lower()
            picked = questions[:1] + chance.sample(questions[1:], 2)
            for position, (question, answer) in enumerate(picked):
                whole = question.replace(subject, name)
                asked = whole if position == 0 else _leave_out(whole, name, chance)
                talk.append(_turn(asked, whole, answer, talk))
        talks.append(talk)
    return talks


def _leave_out(question: str, subject: str, chance: random.Random) -> str:
    """A question that means its subject without naming it."""
    said = chance.choice(SAID)
    if said and PLURAL.search(subject):
        said = "they" if re.search(rf"\b(?:do|are) {re.escape(subject)}", question) else "them"
    if said:
        return question.replace(subject, said)
    without = re.sub(rf" (?:of|for) {re.escape(subject)}", "", question)
    return without if subject not in without else question.replace(subject, "it")


def _turn(asked: str, whole: str, answer: str, talk: list[dict[str, Any]]) -> dict[str, Any]:
    history = [*talk[-1]["history"], talk[-1]["question"], talk[-1]["answer"]] if talk else []
    return {
        "topic": ("", ""),
        "history": history,
        "question": asked,
        "rewrite": whole,
        "changed": asked != whole,
        "answer": answer,
    }


def _read_subjects() -> list[tuple[str, list[tuple[str, str]]]]:
    """Each subject with its questions and the beginnings of their answers."""
    answers = {}
    for line in (FOLDER / "corpus.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        answers[record["_id"]] = record["text"]
    found: dict[str, list[tuple[str, str]]] = {}
    for line in (FOLDER / "queries.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        subject = re.sub(r"\s*\(.*?\)", "", record["metadata"]["focus"] or "").strip()
        text = re.sub(r"\s*\(.*?\)", "", record["text"]).replace(" ?", "?").replace("??", "?")
        answer = answers.get(record["_id"].removeprefix("q_"), "")
        if subject and subject in text and answer:
            sentences = re.split(r"(?<=[.!?])\s+", answer)
            found.setdefault(subject, []).append((text, " ".join(sentences[:2])[:300]))
    return list(found.items())
