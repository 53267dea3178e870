"""Public question sets → questions with sentences in their context, for the reader to start from.

SQuAD 2.0 (half of its development set, CC BY-SA 4.0), MedQuAD (CC BY 4.0), BioASQ (CC BY 2.5) and
SelQA (Apache 2.0). Sentences are read within the passage they stand in, as the index keeps them.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answerability.train_medquad import PARAPHRASES, Answered, is_kin, read_answers
from assistant.answerability.train_squad import read_squad, split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

MEDQUAD_TOPICS = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and sentences that may answer it.

    Attributes:
        question: as it stands in the set.
        sentences: passage, where the sentence begins and ends in it, and 1 where it answers,
            0 where it does not, -1 where the set does not tell.
    """

    question: str
    sentences: tuple[tuple[str, int, int, int], ...]


def read_near_misses(folder: Path) -> list[Asked]:
    """Questions with and without an answer: SQuAD 2.0 and MedQuAD."""
    return [*_squad(folder), *_medquad(folder, random.Random(7))]


def read_answered(folder: Path) -> list[Asked]:
    """Questions that are all answered: BioASQ and SelQA."""
    return [*_bioasq(folder), *_selqa(folder)]


def _squad(folder: Path) -> Iterator[Asked]:
    for task in read_squad(folder):
        texts = [example.sentence for example in task.examples]
        labels = [example.answers for example in task.examples]
        yield Asked(task.question, tuple(_place(task.group.replace("_", " "), texts, labels)))


def _medquad(folder: Path, chance: random.Random) -> Iterator[Asked]:
    """Each type of question on a topic; half of them once more with the answer taken away."""
    topics: dict[str, dict[str, Answered]] = defaultdict(dict)
    for answer in read_answers(folder):
        topics[answer.focus].setdefault(answer.qtype, answer)
    chosen = sorted(topic for topic, answers in topics.items() if len(answers) >= 3)
    chance.shuffle(chosen)
    for topic in chosen[:MEDQUAD_TOPICS]:
        placed = {
            kind: list(_place(f"{topic}\n{topic}", answer.sentences[:6], [-1] * 6))
            for kind, answer in topics[topic].items()
        }
        for kind in topics[topic]:
            if kind not in PARAPHRASES:
                continue
            own = [(*row[:3], 1 if n < 2 else -1) for n, row in enumerate(placed[kind])]
            other = [
                (*row[:3], 0)
                for other_kind, rows in placed.items()
                if other_kind != kind and not is_kin(kind, other_kind)
                for row in rows
            ]
            chance.shuffle(other)
            yield Asked(chance.choice(PARAPHRASES[kind]).format(topic), (*own, *other[:10]))
            if other and chance.random() < 0.5:
                question = chance.choice(PARAPHRASES[kind]).format(topic)
                yield Asked(question, tuple(other[:12]))


def _bioasq(folder: Path) -> Iterator[Asked]:
    root = folder / "bioasq_train"
    documents = {row["_id"]: row for row in _rows(root / "corpus.jsonl")}
    snippets: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(root / "snippets.jsonl"):
        snippets[row["qid"]][row["doc"]].append(row["text"])
    for row in _rows(root / "queries.jsonl"):
        sentences: list[tuple[str, int, int, int]] = []
        for key in [key for key in snippets[row["_id"]] if key in documents][:2]:
            gold = " ".join(snippets[row["_id"]][key])
            texts = split_sentences(documents[key]["text"][:1100])
            inside = [text.strip(". ") in gold for text in texts]
            unsure = len(gold) > 900  # whole abstracts were marked
            labels = [(-1 if unsure else 1) if found else 0 for found in inside]
            sentences += _place(documents[key]["title"], texts, labels)
        if any(label == 1 for *_, label in sentences):
            yield Asked(row["text"], tuple(sentences))


def _selqa(folder: Path) -> Iterator[Asked]:
    questions: dict[str, list[tuple[str, int]]] = defaultdict(list)
    path = folder / "selqa_dev" / "selqa-ass-dev.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        question, sentence, label = line.split("\t")
        questions[_untokenise(question)].append((_untokenise(sentence), int(label)))
    for question, rows in questions.items():
        sentences: list[tuple[str, int, int, int]] = []
        for start in range(0, min(len(rows), 24), 6):
            some = rows[start : start + 6]
            sentences += _place("", [text for text, _ in some], [label for _, label in some])
        if any(label == 1 for *_, label in sentences):
            yield Asked(question, tuple(sentences))


def _place(
    heading: str, texts: Sequence[str], labels: Iterable[int]
) -> Iterator[tuple[str, int, int, int]]:
    """Sentences within the passage that they make together, below a heading."""
    passage = "\n".join(part for part in (heading, " ".join(texts)) if part)
    position = len(heading) + 1 if heading else 0
    for text, label in zip(texts, labels, strict=False):
        yield passage, position, position + len(text), label
        position += len(text) + 1


def _untokenise(text: str) -> str:
    return re.sub(r"\s+([.,;:!?')\]])", r"\1", text.replace(" '", "'").replace("( ", "("))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)
