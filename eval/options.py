"""Arguments and options that several commands of `python -m eval` take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eval.judging.opening import Asking

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
JudgeGiven = Annotated[
    str | None,
    typer.Option("--judge", help="Chat model that also grades answers, as provider:name."),
]
JudgeUrl = Annotated[
    str | None, typer.Option(help="Server of the judge. [default: GUTBRAIN_CHAT_BASE_URL]")
]
JudgeBy = Annotated[
    Asking,
    typer.Option(help="Whose questions the judge is asked: the project's own, or an extra's."),
]
JudgeRepeats = Annotated[int, typer.Option(min=1, help="How often each question is put to it.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
