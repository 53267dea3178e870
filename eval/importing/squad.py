"""SQuAD 1.1 and 2.0 (Rajpurkar et al. 2016 and 2018): questions, some without answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from eval.errors import DatasetError
from eval.importing.imported import Imported, name_article
from index.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LABELLED_BY = "SQuAD's crowd workers"


def import_squad(path: Path, limit: int | None = None) -> Imported:
    """A SQuAD file's questions, the sentence around each answer as gold.

    Args:
        path: the JSON file.
        limit: how many questions, from the first on.

    Raises:
        DatasetError: it is no SQuAD file.
    """
    imported = Imported()
    try:
        articles = json.loads(path.read_text(encoding="utf-8"))["data"]
        for article in articles:
            name = name_article(article["title"])
            for context, question in _questions(article):
                if limit is not None and len(imported.cases) >= limit:
                    return imported
                imported.cases.append(_make_case(name, context, question))
                title = article["title"].replace("_", " ")
                contexts = tuple(part["context"] for part in article["paragraphs"])
                imported.articles[name] = (title, contexts)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DatasetError(
            f"{path} is no file of SQuAD ({type(error).__name__}): needed is JSON with data, "
            "paragraphs, qas and answers."
        ) from error
    return imported


def _questions(article: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for paragraph in article["paragraphs"]:
        for question in paragraph["qas"]:
            yield paragraph["context"], question


def _make_case(name: str, context: str, question: dict[str, Any]) -> dict[str, Any]:
    case = {
        "id": str(question["id"]),
        "question": question["question"].strip(),
        "labelled_by": LABELLED_BY,
    }
    if question.get("is_impossible") or not question["answers"]:
        return {**case, "expected": "abstain", "tags": ["near_miss"]}
    sentences = dict.fromkeys(
        _sentence_at(context, answer["answer_start"]) for answer in question["answers"]
    )
    texts = list(dict.fromkeys(answer["text"].strip() for answer in question["answers"]))
    return {
        **case,
        "expected": "answer",
        "gold": [{"article": name, "contains": sentence} for sentence in sentences],
        "facts": [texts],
    }


def _sentence_at(context: str, position: int) -> str:
    for start, end in split_sentences(context):
        if start <= position < end:
            return context[start:end]
    return context.strip()
