"""Benchmark → scores: indexes with the product's pipeline, asks the product's searcher.

A document's score is that of its best passage. The index stays under the output folder and is used
again while the corpus, the model, the way of cutting and the adapter are the same.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from eval.benchmarks.beir import ADAPTER_VERSION, Benchmark, read_articles
from eval.metrics.latency import Latency, summarise_latency
from eval.metrics.retrieval import score_ndcg, score_recall, score_reciprocal_rank
from eval.statistics.intervals import Interval, estimate_mean
from eval.writing import write_json, write_lines
from index.build import index_articles, open_embedder
from index.library import Library
from index.passages import CHUNKING_VERSION
from index.reading import Reading
from index.search import Searcher

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from index.embedding import Embedder
    from index.progress import OnProgress
    from index.search import Hit
    from index.settings import Settings

METRICS: Final = {
    "ndcg@10": (score_ndcg, 10),
    "mrr@10": (score_reciprocal_rank, 10),
    "recall@10": (score_recall, 10),
    "recall@100": (score_recall, 100),
}
PASSAGES_PER_QUERY: Final = 1000
"""More than the searcher ever fuses, so that 100 documents remain after folding."""

RANKING_KEPT: Final = 100
"""Documents kept of each ranking, in the files that are written."""


@dataclass(frozen=True, slots=True)
class QueryResult:
    """One query's ranking of documents, best first, and its scores by metric."""

    query: str
    ranking: tuple[str, ...]
    scores: dict[str, float]
    latency_ms: float


@dataclass(frozen=True, slots=True)
class BenchmarkResult:
    """A benchmark's mean scores with intervals, and its queries one by one."""

    means: dict[str, Interval]
    queries: tuple[QueryResult, ...]
    latency: Latency | None

    def to_dict(self) -> dict[str, float | int]:
        """The keys that the contract fixes."""
        return {
            "queries": len(self.queries),
            **{name: interval.value for name, interval in self.means.items()},
        }


def run_benchmark(
    benchmark: Benchmark, settings: Settings, out: Path, on_progress: OnProgress
) -> BenchmarkResult:
    """Indexes the corpus where that is not done yet, asks every query, writes rows and summary.

    Args:
        benchmark: what is asked and judged.
        settings: the home within `out`, and the model.
        out: folder for `queries.jsonl`, `run.trec` and `summary.json`.
        on_progress: told how far it is.
    """
    embedder = open_embedder(settings)
    prepare_index(benchmark, settings, embedder, on_progress)
    library = Library.open(settings)
    try:
        searcher = Searcher(library, embedder)
        rows = []
        for number, (query, text) in enumerate(benchmark.queries.items(), start=1):
            rows.append(_ask(searcher, query, text, benchmark.qrels[query]))
            on_progress("Searching", number, len(benchmark.queries))
    finally:
        library.close()
    means = {name: estimate_mean([row.scores[name] for row in rows]) for name in METRICS}
    result = BenchmarkResult(
        means, tuple(rows), summarise_latency([row.latency_ms for row in rows])
    )
    _write(result, benchmark, embedder, out)
    return result


def prepare_index(
    benchmark: Benchmark, settings: Settings, embedder: Embedder, on_progress: OnProgress
) -> None:
    """Makes the home hold the corpus; does nothing where it already does."""
    marker = settings.home / "benchmark.json"
    identity = {
        "corpus": benchmark.corpus_checksum,
        "model": embedder.checksum,
        "chunking": CHUNKING_VERSION,
        "adapter": ADAPTER_VERSION,
    }
    if marker.is_file() and json.loads(marker.read_text(encoding="utf-8")) == identity:
        return
    marker.unlink(missing_ok=True)
    articles = {article.id: article for article in read_articles(benchmark.corpus_path)}
    index_articles(
        settings,
        Reading(articles=articles),
        remove_others=True,
        on_progress=on_progress,
        embedder=embedder,
    )
    write_json(marker, identity)


def fold_passages(hits: Sequence[Hit]) -> list[str]:
    """Article ids in the order of their best passage, each once."""
    best: dict[str, float] = {}
    for hit in hits:
        best[hit.article_id] = max(hit.score, best.get(hit.article_id, hit.score))
    return sorted(best, key=lambda article_id: -best[article_id])


def _ask(searcher: Searcher, query: str, text: str, relevance: Mapping[str, int]) -> QueryResult:
    started = time.perf_counter()
    hits = searcher.search(text, limit=PASSAGES_PER_QUERY)
    elapsed_ms = (time.perf_counter() - started) * 1000
    ranking = fold_passages(hits)
    scores = {name: metric(ranking, relevance, k) for name, (metric, k) in METRICS.items()}
    return QueryResult(query, tuple(ranking[:RANKING_KEPT]), scores, elapsed_ms)


def _write(result: BenchmarkResult, benchmark: Benchmark, embedder: Embedder, out: Path) -> None:
    write_lines(
        out / "queries.jsonl",
        (
            json.dumps({"query": row.query, **row.scores, "ranking": row.ranking[:10]})
            for row in result.queries
        ),
    )
    # Scores fall strictly with the rank, so that any tool reads the order as it was given.
    write_lines(
        out / "run.trec",
        (
            f"{row.query} Q0 {document} {rank} {1 / rank:.9f} gutbrain"
            for row in result.queries
            for rank, document in enumerate(row.ranking, start=1)
        ),
    )
    summary = {
        **result.to_dict(),
        "intervals": {name: asdict(interval) for name, interval in result.means.items()},
        "corpus_sha256": benchmark.corpus_checksum,
        "model": embedder.name,
        "model_sha256": embedder.checksum,
        "chunking": CHUNKING_VERSION,
        "latency": asdict(result.latency) if result.latency else None,
    }
    write_json(out / "summary.json", summary)
