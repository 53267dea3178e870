"""`python -m index.sync`: a sync told in JSON lines, for the process that started it."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 - typer reads it when the command runs
from typing import Annotated

import typer

from index.settings import load_settings
from index.sync.following import tell_sync


def main(
    home: Annotated[Path, typer.Option()], *, dry_run: bool = False, accept_losses: bool = False
) -> None:
    """Syncs a home."""

    def tell(line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    settings = load_settings(home)
    if not tell_sync(settings, tell, dry_run=dry_run, accept_losses=accept_losses):
        raise typer.Exit(2)


if __name__ == "__main__":
    typer.run(main)
