"""A folder in BEIR's format: queries, and documents that answer them.

A judgement names a document and no sentence, so any source of the document is right. For search
alone use `python -m eval benchmark`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eval.benchmarks.beir import read_articles, read_benchmark
from eval.importing.imported import Imported, name_article

if TYPE_CHECKING:
    from pathlib import Path


def import_beir(folder: Path, limit: int | None = None) -> Imported:
    """The judged queries of a folder, and every document of its corpus.

    Args:
        folder: `corpus.jsonl`, `queries.jsonl` and the judgements.
        limit: how many queries, from the first on.

    Raises:
        BenchmarkError: a file is missing or malformed.
    """
    benchmark = read_benchmark(folder, limit=limit)
    imported = Imported()
    for query, text in benchmark.queries.items():
        gold = [name for name, label in benchmark.qrels[query].items() if label > 0]
        if not gold:
            imported.skipped["no document is judged relevant"] += 1
            continue
        imported.cases.append(
            {
                "id": query,
                "question": text,
                "expected": "answer",
                "gold": [{"article": name_article(name), "anywhere": True} for name in gold],
                "labelled_by": f"the judges of {folder.name}",
            }
        )
    for article in read_articles(benchmark.corpus_path):
        words = tuple(
            article.text[block.start : block.end]
            for block in article.blocks
            if block.kind != "heading"
        )
        imported.articles[name_article(article.id)] = (article.title or article.id, words)
    return imported
