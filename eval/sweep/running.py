"""Runs every combination of a grid, each in a folder of its own, and writes the leaderboard.

A sweep that was broken off goes on: finished runs are read, an unfinished one is continued.
"""

from __future__ import annotations

import hashlib
import json
import time
from typing import TYPE_CHECKING, Any, Final

from eval.estimating import Estimate, Prices, estimate_run
from eval.manifest import make_manifest
from eval.run_folder import read_fingerprint, read_run
from eval.runner import run
from eval.sweep.leaderboard import make_leaderboard
from eval.writing import write_json, write_text
from index.progress import silent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from eval.dataset import Dataset
    from eval.product import Product
    from eval.run_folder import Run
    from eval.sweep.grid import Variant
    from eval.sweep.opening import Opener
    from index.progress import OnProgress

SAMPLED_TEXTS: Final = 8


def estimate_sweep(
    dataset: Dataset, grid: Sequence[Variant], opener: Opener, prices: Prices | None = None
) -> Estimate:
    """What all combinations will take, those libraries included that have to be made for them."""
    product = opener.open(grid[0].variable)
    estimate = estimate_run(dataset, product, prices=prices).times(len(grid))
    libraries = opener.count_libraries([variant.variable for variant in grid])
    seconds = libraries * _estimate_library(product) if libraries else 0.0
    return Estimate(
        estimate.cases,
        estimate.seconds + seconds,
        estimate.input_tokens,
        estimate.output_tokens,
        estimate.cost,
    )


def _estimate_library(product: Product) -> float:
    """Seconds that embedding the product's library once takes, from a few of its passages."""
    texts = [
        entry.article.text[passage.start : passage.end]
        for entry in product.entries.values()
        for passage in entry.passages
    ]
    started = time.perf_counter()
    product.embed(texts[:SAMPLED_TEXTS])
    each = (time.perf_counter() - started) / len(texts[:SAMPLED_TEXTS])
    # Its sentences hold the same words once more: about as much work again (docs/log.md).
    return 2 * each * len(texts)


def run_sweep(
    dataset: Dataset,
    grid: Sequence[Variant],
    opener: Opener,
    out: Path,
    *,
    metric: str,
    on_progress: OnProgress = silent,
) -> dict[str, Any]:
    """Runs a grid and writes `sweep.json` and `sweep.html`.

    Args:
        dataset: the cases.
        grid: the product as it is, then the combinations.
        opener: opens the product with a combination.
        out: the sweep's folder.
        metric: what the leaderboard ranks by.
        on_progress: told how far it is.

    Returns:
        The content of `sweep.json`.
    """
    from eval.report.sweep_page import make_page

    runs = []
    for number, variant in enumerate(grid, start=1):
        folder = out / "runs" / name_folder(variant)
        product = opener.open(variant.variable, on_progress)
        runs.append((variant, folder.name, _run_or_read(dataset, product, folder, on_progress)))
        on_progress("Combining", number, len(grid))
    sweep = {
        "schema": 1,
        "dataset": runs[0][2].manifest["dataset"],
        "metric": metric,
        "rows": make_leaderboard(runs, metric),
    }
    write_json(out / "sweep.json", sweep)
    write_text(out / "sweep.html", make_page(sweep))
    return sweep


def name_folder(variant: Variant) -> str:
    """A short name for a combination's folder, the same each time."""
    content = json.dumps(dict(variant.values), sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:12] if variant.values else "as-it-is"


def _run_or_read(dataset: Dataset, product: Product, folder: Path, on_progress: OnProgress) -> Run:
    """The run of a combination, read where it is there already.

    One worker, since latencies are compared.
    """
    is_same = read_fingerprint(folder) == make_manifest(dataset, product)["fingerprint"]
    if not (is_same and (folder / "summary.json").is_file()):
        run(dataset, product, folder, fresh=not is_same, on_progress=on_progress)
    return read_run(folder)
