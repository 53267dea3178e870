"""What the commands share: options, settings, and how results are printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from index.settings import Settings

Home = Annotated[
    Path | None, typer.Option(help="Folder with all state. [default: GUTBRAIN_HOME or ./.gutbrain]")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Sources = Annotated[
    list[str], typer.Argument(help="Files, folders, a WordPress site's URL or a page's URL.")
]


def settings_of(home: Path | None) -> Settings:
    """The settings of the environment, for a home where one is named."""
    from index.settings import load_settings

    return load_settings(home)


def print_json(record: object) -> None:
    """Writes a record as people and programs read it."""
    typer.echo(json.dumps(record, ensure_ascii=False, indent=2))
