"""Public data sets → questions with candidate sentences that answer them, or only come near.

Sources (`../shared/data`): MedQuAD (CC BY 4.0), BioASQ (CC BY 2.5), SelQA (Apache 2.0), CANARD with
its QuAC answers (CC BY-SA 4.0), half of SQuAD 2.0's development set (CC BY-SA 4.0).
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path

SENTENCE_BOUNDARY = re.compile(r"(?<=[.!?])\s+(?=[\"'(\[]?[A-Z0-9])|\s+-\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate sentence for a question.

    Attributes:
        context: title, heading or neighbouring sentence, as the product gives them.
        answers: 1 where the sentence answers the question, else 0.
        span: the answer's place in the sentence in characters, where the data set says so.
    """

    context: str
    sentence: str
    answers: int
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A question with its candidates; `group` keeps what belongs together in one fold."""

    source: str
    group: str
    question: str
    examples: tuple[Example, ...] = field(default=())


def split_sentences(text: str) -> list[str]:
    """Sentences and list items of running text; good enough for training data."""
    parts = (part.strip() for part in SENTENCE_BOUNDARY.split(text))
    return [part for part in parts if len(part) > 12]


def read_squad(folder: Path) -> Iterator[Task]:
    """SQuAD 2.0: every sentence of the paragraph; where unanswerable, none answers."""
    for row in _rows(folder / "squad2_half" / "questions.jsonl"):
        title = row["title"].replace("_", " ")
        sentences = split_sentences(row["context"])
        if len(sentences) < 1:
            continue
        examples = []
        for number, sentence in enumerate(sentences):
            before = sentences[number - 1] if number else ""
            span = _find_answer(row["answers"], sentence)
            examples.append(Example(_join(title, before), sentence, int(span is not None), span))
        if row["answerable"] and not any(example.answers for example in examples):
            continue
        yield Task("squad", row["title"], row["question"], _one_answer(row, examples))


def read_bioasq(folder: Path, rng: random.Random) -> Iterator[Task]:
    """BioASQ: sentences of gold snippets against other sentences of the same documents."""
    root = folder / "bioasq_train"
    corpus = {row["_id"]: row["text"] for row in _rows(root / "corpus.jsonl")}
    snippets: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in _rows(root / "snippets.jsonl"):
        snippets[row["qid"]].append((row["doc"], row["text"]))
    questions = {row["_id"]: row["text"] for row in _rows(root / "queries.jsonl")}
    nearest = _nearest_questions(questions)
    for row in _rows(root / "queries.jsonl"):
        gold = snippets[row["_id"]]
        exact = _flatten(row["metadata"].get("exact_answer"))
        positives, negatives = [], []
        for document, text in gold[:8]:
            found = split_sentences(text)
            title = split_sentences(corpus.get(document, ""))[:1]
            context = title[0] if title and title[0] not in text else ""
            if len(found) <= 2:
                positives += [_positive(context, s, exact) for s in found[:1]]
        golden = " ".join(text for _, text in gold)
        for document in {document for document, _ in gold}:
            negatives += [
                Example("", sentence, 0)
                for sentence in split_sentences(corpus.get(document, ""))
                if sentence[:40] not in golden and not _find_answer(exact, sentence)
            ]
        rng.shuffle(negatives)
        negatives = [*negatives[:4], *_snippets_of(nearest[row["_id"]], snippets, exact)]
        yield Task("bioasq", row["_id"], row["text"], (*positives[:5], *negatives))


def read_selqa(folder: Path, rng: random.Random) -> Iterator[Task]:
    """SelQA: which sentence of a section answers."""
    tasks: dict[str, list[Example]] = defaultdict(list)
    for line in (folder / "selqa_dev" / "selqa-ass-dev.tsv").open(encoding="utf-8"):
        question, sentence, label = line.rstrip("\n").split("\t")
        tasks[question].append(Example("", _untokenise(sentence), int(label)))
    for question, examples in tasks.items():
        chosen = [e for e in examples if e.answers]
        others = [e for e in examples if not e.answers]
        rng.shuffle(others)
        yield Task("selqa", question, _untokenise(question), (*chosen, *others[:7]))


def read_canard(folder: Path, rng: random.Random) -> Iterator[Task]:
    """CANARD: the rewritten question and QuAC's answer against the conversation's other answers."""
    turns: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _rows(folder / "canard_dev" / "conv.jsonl"):
        turns[row["dialog_id"]].append(row)
    for dialog, rows in turns.items():
        rows.sort(key=lambda row: row["turn"])
        answers = {row["turn"] - 1: row["history"][-1] for row in rows if row["history"]}
        for row in rows:
            answer = answers.get(row["turn"])
            if answer is None or answer.startswith(("Yes", "No")):
                continue
            context = _join(*row["topic"])
            known = "CANNOTANSWER" not in answer and "I don't know" not in answer
            positive = [Example(context, answer, 1)] if known else []
            others = [
                Example(context, text, 0)
                for turn, text in answers.items()
                if turn != row["turn"]
                and "CANNOTANSWER" not in text
                and text != answer
                and "don't know" not in text
                and len(text) > 12
            ]
            rng.shuffle(others)
            yield Task("canard", dialog, row["rewrite"], (*positive, *others[:3]))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _join(*parts: str) -> str:
    return ". ".join(part.strip().rstrip(".") for part in parts if part.strip())


def _find_answer(answers: list[str], sentence: str) -> tuple[int, int] | None:
    for answer in answers:
        pattern = r"(?<!\w)" + re.escape(answer.strip()) + r"(?!\w)"
        match = re.search(pattern, sentence, re.IGNORECASE) if answer.strip() else None
        if match:
            return match.span()
    return None


def _one_answer(row: dict[str, Any], examples: list[Example]) -> tuple[Example, ...]:
    """Where the answer's words stand in several sentences, the one nearest to the question."""
    found = [example for example in examples if example.answers]
    if len(found) < 2:
        return tuple(examples)
    words = set(re.findall(r"\w+", row["question"].lower()))
    best = max(found, key=lambda e: len(words & set(re.findall(r"\w+", e.sentence.lower()))))
    return tuple(example for example in examples if not example.answers or example is best)


def _positive(context: str, sentence: str, exact: list[str]) -> Example:
    return Example(context, sentence, 1, _find_answer(exact, sentence))


def _nearest_questions(questions: dict[str, str]) -> dict[str, list[str]]:
    """For each question the three others that share most of its rarer words."""
    words = {key: set(re.findall(r"\w{4,}", text.lower())) for key, text in questions.items()}
    counts = Counter(word for found in words.values() for word in found)
    nearest = {}
    for key, found in words.items():
        scores = {
            other: sum(1 / counts[word] for word in found & theirs)
            for other, theirs in words.items()
            if other != key
        }
        nearest[key] = sorted(scores, key=lambda other: -scores[other])[:3]
    return nearest


def _snippets_of(
    keys: list[str], snippets: dict[str, list[tuple[str, str]]], exact: list[str]
) -> list[Example]:
    """The first evidence sentence of other questions, unless it names this one's answer."""
    first = [split_sentences(snippets[key][0][1])[:1] for key in keys if snippets[key]]
    return [Example("", s, 0) for found in first for s in found if not _find_answer(exact, s)]


def _flatten(value: object) -> list[str]:
    if isinstance(value, str):
        return [] if value in {"yes", "no"} else [value]
    if isinstance(value, list):
        return [text for item in value for text in _flatten(item)]
    return []


def _untokenise(text: str) -> str:
    text = re.sub(r"\s+([.,;:?!%)\]])", r"\1", text)
    text = re.sub(r"([(\[$])\s+", r"\1", text)
    return re.sub(r"\s+('s|'re|n't)\b", r"\1", re.sub(r"\s+-\s+", "-", text))
