"""The commands of `python -m eval`: results on standard output, all else on standard error."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from index.errors import GutbrainError

app = typer.Typer(
    help="Measures the assistant: how good it is, whether B is better than A, may it be released.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
Out = Annotated[Path, typer.Option(help="Folder that the results are written to.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


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
    limit: Annotated[int | None, typer.Option(min=1, help="Ask the first N queries only.")] = None,
    *,
    as_json: Json = False,
) -> None:
    """Scores the product's own retriever on a public benchmark."""
    from eval.benchmarks.beir import read_benchmark

    found = read_benchmark(beir_dir, queries, limit)
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
