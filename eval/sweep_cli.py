"""The command `sweep` of `python -m eval`."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from eval.options import (  # noqa: TC001 - typer reads them
    Dataset,
    Home,
    Json,
    Limit,
    Out,
    PricesGiven,
    Split,
    Tags,
)


def sweep(
    dataset: Dataset,
    out: Out,
    vary: Annotated[
        list[str],
        typer.Option(
            help="NAME=VALUE,VALUE…, once for each setting: passages, passage_tokens, "
            "meaning_weight, words_weight, sentences_weight, fusion_constant, answer_threshold, "
            "embedding_model."
        ),
    ],
    *,
    home: Home = None,
    metric: Annotated[str, typer.Option(help="What the leaderboard ranks by.")] = "right",
    split: Split = None,
    tag: Tags = None,
    limit: Limit = None,
    prices: PricesGiven = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it takes.")] = False,
    as_json: Json = False,
) -> None:
    """Runs every combination of settings: leaderboard, and quality against time."""
    from eval.dataset import read_dataset
    from eval.estimating import read_prices
    from eval.sweep.grid import check_metric, make_grid

    grid, priced = make_grid(vary), read_prices(prices)
    check_metric(metric)
    cases = read_dataset(dataset, split=split, tags=tag or (), limit=limit)
    from assistant.settings import load_settings
    from eval.sweep.opening import Opener
    from eval.sweep.running import estimate_sweep, run_sweep
    from index.terminal import showing_progress

    opener = Opener(load_settings(home), out / "homes")
    estimate = estimate_sweep(cases, grid, opener, priced)
    typer.echo(f"{len(grid)} combinations: {estimate}", err=True)
    if dry_run:
        return
    with showing_progress() as on_progress:
        result = run_sweep(cases, grid, opener, out, metric=metric, on_progress=on_progress)
    typer.echo(json.dumps(result, ensure_ascii=False) if as_json else _show(result))
    typer.echo(f"Page: {out / 'sweep.html'}", err=True)


def _show(result: dict[str, Any]) -> str:
    lines = [f"{result['metric']:>7}  95 % interval      p50 ms  on front  settings"]
    for row in result["rows"]:
        measure = row["measure"]
        figures = (
            f"{measure['value']:7.3f}  [{measure['low']:.3f}, {measure['high']:.3f}]"
            if measure["state"] == "measured"
            else f"not measured: {measure['reason']}"
        )
        took = f"{row['p50_ms']:9.1f}" if row["p50_ms"] else f"{'–':>9}"
        front = "yes" if row["on_front"] else ""
        lines.append(f"{figures:<27}{took}  {front:<8}  {row['name']}")
    return "\n".join(lines)
