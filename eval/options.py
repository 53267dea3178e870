"""Arguments and options that several commands of `python -m eval` take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Dataset = Annotated[
    str, typer.Argument(help="A .jsonl file, a folder of them, or the name of a built-in set.")
]
Run = Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a run.")]
Home = Annotated[
    Path | None, typer.Option(help="Folder with all state. [default: GUTBRAIN_HOME or ./.gutbrain]")
]
Out = Annotated[Path, typer.Option(help="Folder that the results are written to.")]
Split = Annotated[str | None, typer.Option(help="Only this split: tune or held_out.")]
Tags = Annotated[list[str] | None, typer.Option("--tag", help="Only cases with this tag.")]
Limit = Annotated[int | None, typer.Option(min=1, help="Only the first N.")]
PricesGiven = Annotated[
    str | None,
    typer.Option("--prices", help="Price of a million tokens sent, and written: 0.15,0.6."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
