"""Data set → run: every case asked and judged, on the disk as it goes.

from eval.runner import run
summary = run(read_dataset("answers"), Product.open(settings), Path("runs/today"))
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from typing import TYPE_CHECKING, Any

from eval.gold import GoldFinder, check_library
from eval.manifest import make_manifest
from eval.meta import measure_parts
from eval.run_folder import appending, finish_run, start_run
from eval.scoring import score_case
from eval.summary import score_variants, summarise
from index.progress import silent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from eval.cases import Case
    from eval.dataset import Dataset
    from eval.estimating import Prices
    from eval.judging import Judge
    from eval.meta.measuring import Parts
    from eval.results import CaseResult
    from eval.subject import Subject
    from index.progress import OnProgress


def run(
    dataset: Dataset,
    subject: Subject,
    out: Path,
    *,
    workers: int = 1,
    fresh: bool = False,
    prices: Prices | None = None,
    parts: Parts | None = None,
    judge: Judge | None = None,
    on_progress: OnProgress = silent,
) -> dict[str, Any]:
    """Runs a data set and writes the run's folder; goes on where an unfinished run stopped.

    Args:
        dataset: the cases.
        subject: what answers them.
        out: the run's folder.
        workers: cases asked at the same time; latencies are only comparable with 1.
        fresh: whether to start over, whatever the folder holds.
        prices: of a chat model, where one is asked.
        parts: those that judge, to be judged themselves for the report.
        judge: what scores the answers, too.
        on_progress: told how many cases are done.

    Returns:
        The summary, as in `summary.json`.

    Raises:
        DatasetError: the library holds none of the gold sentences.
        RunError: the folder holds another run, or cannot be written.
    """
    finder = GoldFinder(subject.entries)
    check_library(dataset, finder)
    manifest = make_manifest(dataset, subject, judge)
    results = start_run(out, manifest, fresh=fresh)
    remaining = [case for case in dataset.cases if case.id not in results]
    with appending(out) as append:
        score = partial(score_case, subject=subject, finder=finder, judge=judge)
        for result in _score_all(remaining, score, workers):
            append(result)
            results[result.id] = result
            on_progress("Asking", len(results), len(dataset.cases))
    ordered = score_variants([results[case.id] for case in dataset.cases])
    summary = summarise(ordered, prices)
    summary["meta"] = measure_parts(parts) if parts else None
    return finish_run(out, manifest, ordered, summary)


def _score_all(
    cases: Sequence[Case], score: Callable[[Case], CaseResult], workers: int
) -> Iterator[CaseResult]:
    if workers == 1:
        yield from map(score, cases)
        return
    with ThreadPoolExecutor(workers) as pool:
        waiting = [pool.submit(score, case) for case in cases]
        try:
            yield from (future.result() for future in as_completed(waiting))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
