"""The commands of `python -m eval`: results on standard output, all else on standard error."""

from __future__ import annotations

import json
import sys
from pathlib import Path  # noqa: TC003 - typer reads it
from typing import Annotated

import typer

from eval.datasets_cli import import_cases, review
from eval.options import (  # noqa: TC001 - typer reads them
    Dataset,
    Home,
    Json,
    JudgeBy,
    JudgeGiven,
    JudgeRepeats,
    JudgeUrl,
    Limit,
    Out,
    PricesGiven,
    Run,
    Split,
    Tags,
)
from eval.sweep_cli import sweep
from index.errors import GutbrainError

app = typer.Typer(
    help="Measures the assistant: how good it is, whether B is better than A, may it be released.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command(name="import")(import_cases)
app.command()(review)
app.command()(sweep)


def run() -> None:
    """Runs the commands; an error that a person can act on is one line and exit status 2."""
    try:
        app()
    except GutbrainError as error:
        typer.echo(f"Error: {error}", err=True)
        sys.exit(2)


@app.callback()
def main() -> None:
    """Data sets → runs → reports."""


@app.command()
def benchmark(
    beir_dir: Annotated[Path, typer.Argument(help="Folder in the format of BEIR.")],
    out: Out,
    queries: Annotated[
        Path | None, typer.Option(help="Other wordings of the queries, with the same ids.")
    ] = None,
    limit: Limit = None,
    *,
    as_json: Json = False,
) -> None:
    """Scores the product's own retriever on a public benchmark."""
    from eval.benchmarks.beir import read_benchmark

    found = read_benchmark(beir_dir, queries, limit)
    typer.echo(f"{len(found.queries)} judged queries", err=True)
    from eval.benchmarks.running import run_benchmark
    from index.settings import load_settings
    from index.terminal import showing_progress

    # A server named in the environment holds somebody's library: never the benchmark's place.
    changes = {"home": out / "home", "chroma_url": None}
    settings = load_settings().model_copy(update=changes)
    with showing_progress() as on_progress:
        result = run_benchmark(found, settings, out, on_progress)
    if as_json:
        typer.echo(json.dumps(result.to_dict()))
        return
    for name, mean in result.means.items():
        typer.echo(f"{name:<11} {mean.value:.4f}  [{mean.low:.4f}, {mean.high:.4f}]")


@app.command(name="run")
def run_dataset(
    dataset: Dataset,
    out: Out,
    home: Home = None,
    *,
    split: Split = None,
    tag: Tags = None,
    limit: Limit = None,
    workers: Annotated[int, typer.Option(min=1, help="Cases asked at the same time.")] = 1,
    prices: PricesGiven = None,
    judge: JudgeGiven = None,
    judge_url: JudgeUrl = None,
    judge_by: JudgeBy = "own",
    judge_repeats: JudgeRepeats = 3,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start over in --out.")] = False,
    as_json: Json = False,
) -> None:
    """Runs a data set and writes the report; continues a run that was broken off."""
    from eval.dataset import read_dataset
    from eval.estimating import estimate_run, read_prices

    priced = read_prices(prices)
    cases = read_dataset(dataset, split=split, tags=tag or (), limit=limit)
    from assistant.settings import load_settings
    from eval.judging import open_judge
    from eval.product import Product
    from eval.runner import run as run_cases
    from eval.terminal import show_summary
    from index.terminal import showing_progress

    settings = load_settings(home)
    judging = (
        open_judge(settings, judge, url=judge_url, asking=judge_by, repeats=judge_repeats)
        if judge
        else None
    )
    product = Product.open(settings)
    estimate = estimate_run(cases, product, workers, priced, judging)
    typer.echo(str(estimate), err=True)
    with showing_progress() as on_progress:
        summary = run_cases(
            cases,
            product,
            out,
            workers=workers,
            fresh=fresh,
            prices=priced,
            parts=product.parts,
            judge=judging,
            on_progress=on_progress,
        )
    typer.echo(json.dumps(summary, ensure_ascii=False) if as_json else show_summary(summary))
    typer.echo(f"Report: {out / 'report.html'}", err=True)
    if summary["errors"]:
        typer.echo(f"{summary['errors']} cases failed: see {out / 'results.jsonl'}", err=True)
        raise typer.Exit(1)


@app.command()
def compare(
    run_a: Annotated[Path, typer.Argument(help="Folder of the earlier run.")],
    run_b: Annotated[Path, typer.Argument(help="Folder of the later run.")],
    page: Annotated[Path | None, typer.Option(help="Also write an HTML page to this file.")] = None,
    *,
    as_json: Json = False,
) -> None:
    """What differs between two runs of the same cases, and how surely."""
    from eval.comparing import compare_runs
    from eval.run_folder import read_run
    from eval.terminal import show_comparison

    first, second = read_run(run_a), read_run(run_b)
    comparison = compare_runs(first, second)
    if page is not None:
        from eval.report.compare_page import make_page
        from eval.writing import write_text

        write_text(page, make_page(first, second, comparison))
    show = json.dumps(comparison, ensure_ascii=False) if as_json else show_comparison(comparison)
    typer.echo(show)


@app.command()
def gate(
    run_folder: Run,
    config: Annotated[Path, typer.Option(help="TOML file with bounds and allowed falls.")],
    baseline: Annotated[Path | None, typer.Option(help="Run that falls are measured from.")] = None,
    junit: Annotated[Path | None, typer.Option(help="Also write JUnit XML to this file.")] = None,
    *,
    as_json: Json = False,
) -> None:
    """Checks a run against bounds; exit status 1 when one does not hold."""
    from dataclasses import asdict

    from eval.exports import checks_to_junit
    from eval.gating import check_gate, read_gate
    from eval.run_folder import read_run
    from eval.writing import write_text

    conditions = read_gate(config)
    before = read_run(baseline) if baseline else None
    checks = check_gate(conditions, read_run(run_folder), before)
    if junit is not None:
        write_text(junit, checks_to_junit(checks))
    if as_json:
        typer.echo(json.dumps([asdict(check) for check in checks], ensure_ascii=False))
    else:
        for check in checks:
            typer.echo(f"{'pass' if check.passed else 'FAIL'}  {check.name}: {check.message}")
    if not all(check.passed for check in checks):
        raise typer.Exit(1)


@app.command()
def report(run_folder: Run) -> None:
    """Writes a run's page anew, with this version of the program."""
    from eval.report.run_page import make_page
    from eval.run_folder import read_run
    from eval.writing import write_text

    write_text(run_folder / "report.html", make_page(read_run(run_folder)))
    typer.echo(str(run_folder / "report.html"))
